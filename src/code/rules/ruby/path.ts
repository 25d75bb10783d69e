import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks } from '../../web.ts'

export default rule({
  id: 'ruby/path',
  languages: ['ruby'],
  cwe: ['CWE-22', 'CWE-73'],
  title: 'Opens a path that was handed in and not checked',
  needs: ['File', 'IO', 'send_file', 'Dir', 'FileUtils', 'Pathname', 'render'],
  call: {
    name: /^(?:File|IO)\.(?:open|read|readlines|new|write|delete|unlink|binread|foreach)$|^(?:send_file|FileUtils\.\w+|Dir\.(?:glob|entries|children|mkdir)|Pathname\.new)$/,
    weak: ({ args }, piece) => {
      const { origin, built } = flowOf(args[0], piece)
      const joined = /File\.join|Rails\.root\.join|Pathname/.test(args[0] ? before(args[0], piece).slice(-400) : '')
      return (
        (origin === 'input' || (origin === 'parameter' && (built || joined))) &&
        !checks.test(before(args[0]!, piece).slice(-1200))
      )
    },
  },
  vulnerable: [
    'def show\n  send_file "files/#{params[:name]}"\nend',
    'def load(name)\n  File.read("data/#{name}")\nend',
  ],
  fixed: ['def show\n  send_file "files/#{File.basename(params[:name])}"\nend', "File.read('a.txt')"],
})
