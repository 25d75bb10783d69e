import { isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before, checks, fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/header-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-113', 'CWE-644'],
  title: 'Writes what was sent into a header of the answer',
  needs: ['setHeader', 'header', 'writeHead', '.set('],
  call: {
    name: /(?:^|\.)(?:res|response|reply)\.(?:setHeader|header|set|append)$/,
    weak: ({ args }, piece) =>
      args.slice(0, 2).some(arg => isInput(arg, piece)) &&
      !/location|access-control/i.test(fixedText(args[0], piece) ?? '') &&
      !checks.test(before(args[0]!, piece).slice(-600)),
  },
  vulnerable: ["app.get('/', (req, res) => { res.setHeader('X-Name', req.query.name) })"],
  fixed: ["app.get('/', (req, res) => { res.setHeader('X-Name', encodeURIComponent(req.query.name)) })"],
})
