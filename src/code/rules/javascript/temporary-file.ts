import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'javascript/temporary-file',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-377', 'CWE-379'],
  title: 'Writes to a temporary file whose name others can foresee',
  needs: ['/tmp', 'tmpdir'],
  call: {
    name: /(?:^|\.)(?:writeFile|appendFile|open)(?:Sync)?$|createWriteStream$/,
    weak: ({ args }, piece) => {
      const { text, origin } = flowOf(args[0], piece)
      const written = shortly(args[0])
      return (
        (/^\/(?:var\/)?tmp\//.test(text) || /tmpdir\(\)/.test(written)) &&
        (origin === 'constant' || !/random|uuid|mkdtemp/i.test(before(args[0]!, piece).slice(-800)))
      )
    },
  },
  vulnerable: ["fs.writeFileSync('/tmp/report.txt', data)", "fs.writeFileSync('/tmp/out-' + Date.now(), data)"],
  fixed: [
    "const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'))\nfs.writeFileSync(path.join(dir, 'report.txt'), data)",
  ],
})
