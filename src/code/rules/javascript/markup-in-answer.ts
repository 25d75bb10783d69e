import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { html } from '../../web.ts'

const quoted = /escape|sanit|encode|JSON\.stringify|he\./i

export default rule({
  id: 'javascript/markup-in-answer',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-79', 'CWE-80'],
  title: 'Answers a request with mark-up that holds what was sent',
  needs: ['res', 'ctx', 'reply', 'response'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (!/(?:^|\.)(?:res|response|reply)(?:\.status\(\)|\.type\(\))?\.(?:send|write|end)$/.test(name)) continue
      const { origin, built, text } = flowOf(args[0], piece)
      if (
        origin === 'input' &&
        !quoted.test(shortly(args[0], 2000)) &&
        (built ? html.test(text) || text !== '' : !/^\{|\.json/.test(shortly(args[0])))
      )
        yield node
    }
    for (const node of piece.all('assignment_expression')) {
      if (!/^ctx\.(?:response\.)?body$/.test(shortly(node.field('left'), 80))) continue
      const { origin, built } = flowOf(node.field('right'), piece)
      if (origin === 'input' && built && !quoted.test(shortly(node, 2000))) yield node
    }
  },
  vulnerable: [
    "app.get('/', (req, res) => { res.send('<h1>Hello ' + req.query.name + '</h1>') })",
    "app.get('/', (req, res) => { res.send(`Hello ${req.query.name}`) })",
  ],
  fixed: [
    "app.get('/', (req, res) => { res.send('<h1>Hello ' + escapeHtml(req.query.name) + '</h1>') })",
    "app.get('/', (req, res) => { res.json({ name: req.query.name }) })",
  ],
})
