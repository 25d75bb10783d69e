import { rule } from '../../rule.ts'

export default rule({
  id: 'python/eval-input',
  cwe: ['CWE-95', 'CWE-94'],
  languages: ['python'],
  title: 'Runs a text as code',
  needs: ['eval', 'exec'],
  pattern: { rule: { any: [{ pattern: 'eval($A)' }, { pattern: 'exec($A)' }] } },
  weak: node => node.getMatch('A')?.kind() !== 'string',
  vulnerable: ['def f(x):\n    return eval(x)\n'],
  fixed: ['import ast\ndef f(x):\n    return ast.literal_eval(x)\n', "eval('1 + 1')\n"],
})
