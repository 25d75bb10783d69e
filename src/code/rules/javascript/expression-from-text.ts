import { shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/expression-from-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-1333', 'CWE-185', 'CWE-400'],
  title: 'Builds a regular expression from values that are not fixed',
  needs: ['RegExp'],
  call: {
    name: /^(?:new )?(?:window\.|global\.)?RegExp$/,
    weak: ({ args }, piece) =>
      !!args[0] && !isConstant(args[0], piece) && !/\.source\b|[eE]scape\w*\(|\\\\?\$&/.test(shortly(args[0])),
  },
  vulnerable: [
    "app.get('/s', (req, res) => { const re = new RegExp(req.query.q) })",
    "function f(word) { return RegExp('^' + word, 'g') }",
  ],
  fixed: ["const re = new RegExp('^a+$')", 'function f(word) { return new RegExp(escapeRegExp(word)) }'],
})
