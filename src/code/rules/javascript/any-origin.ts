import { shortly } from '../../calls.ts'
import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/any-origin',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-942', 'CWE-346'],
  title: 'Lets scripts of every site read the answers',
  needs: ['cors', 'Access-Control-Allow-Origin', 'origin'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/^(?:cors|require\(\))$/.test(name) && (name === 'cors' || /require\(['"]cors['"]\)/.test(shortly(node)))) {
        const text = shortly(args[0], 2000)
        if (
          args.length === 0 ||
          /\borigin['"]?\s*:\s*(?:['"`]\*|true\b|\(\s*\w+\s*,\s*\w+\s*\)\s*=>\s*\w+\(\s*null\s*,\s*true)/.test(text)
        )
          yield node
      } else if (
        /\.(?:setHeader|header|set|append)$/.test(name) &&
        /^access-control-allow-origin$/i.test(fixedText(args[0], piece) ?? '') &&
        (fixedText(args[1], piece) === '*' ||
          (isInput(args[1], piece) &&
            !/includes\(|\.has\(|indexOf|\.test\(|=== ?['"]/.test(before(node, piece).slice(-600))))
      )
        yield node
    }
    for (const node of piece.all('pair'))
      if (/^['"`]access-control-allow-origin['"`]\s*:\s*['"`]\*/i.test(shortly(node))) yield node
  },
  vulnerable: [
    'app.use(cors())',
    "res.setHeader('Access-Control-Allow-Origin', '*')",
    "app.use(cors({ origin: '*', credentials: true }))",
  ],
  fixed: [
    "app.use(cors({ origin: 'https://app.example.org' }))",
    "res.setHeader('Access-Control-Allow-Origin', 'https://app.example.org')",
  ],
})
