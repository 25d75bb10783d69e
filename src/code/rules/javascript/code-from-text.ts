import { isConstant } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/code-from-text',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-95', 'CWE-94'],
  title: 'Runs a text as code',
  needs: ['eval', 'Function', 'runIn', 'execScript', 'Script('],
  call: {
    name: /^(?:(?:window|global|globalThis|self|vm)\.)?(?:eval|execScript|(?:new )?Function|runIn(?:This|New)?Context|new (?:vm\.)?Script)$/,
    weak: ({ args }, piece) => args.some(arg => !isConstant(arg, piece)),
  },
  vulnerable: [
    'function run(code) { return eval(code) }',
    "const f = new Function('a', 'return ' + body)",
    'vm.runInNewContext(req.body.code, {})',
  ],
  fixed: ['function run(text) { return JSON.parse(text) }', "eval('1 + 1')", "const f = new Function('a', 'return a')"],
})
