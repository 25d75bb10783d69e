import { isConstant, isInput } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/code-from-text',
  languages: ['java'],
  cwe: ['CWE-94', 'CWE-95', 'CWE-917', 'CWE-470'],
  title: 'Runs a text as code or as the name of a class',
  needs: [
    'eval',
    'parseExpression',
    'Class.forName',
    'createValueExpression',
    'GroovyShell',
    'evaluate',
    'MVEL',
    'Ognl',
    'loadClass',
  ],
  call: {
    name: /(?:engine|Engine|shell|GroovyShell\(?\)?|js|interpreter|bsh)\.(?:eval|evaluate|parse)$|\.(?:parseExpression|createValueExpression)$|^(?:MVEL\.eval|Ognl\.getValue|Class\.forName|Velocity\.evaluate)$|\.loadClass$/,
    weak: ({ name, args }, piece) =>
      args[0] !== undefined && (/forName|loadClass/.test(name) ? isInput(args[0], piece) : !isConstant(args[0], piece)),
  },
  vulnerable: [
    'class A { Object f(String s) throws Exception { return engine.eval(s); } }',
    'class A { void f(HttpServletRequest request) throws Exception { Class.forName(request.getParameter("c")); } }',
  ],
  fixed: ['class A { Object f() throws Exception { return engine.eval("1 + 1"); } }'],
})
