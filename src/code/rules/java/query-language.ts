import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'java/query-language',
  languages: ['java'],
  cwe: ['CWE-643', 'CWE-90', 'CWE-74'],
  title: 'Builds a query of XPath or LDAP from values that are not fixed',
  needs: ['search', 'xpath', 'XPath', 'evaluate', 'compile'],
  call: {
    name: /(?:[cC]tx|[cC]ontext|[lL]dap\w*)\.(?:search|lookup)$|\w*[xX][pP]ath\w*(?:\(\))?\.(?:evaluate|compile)$/,
    weak: ({ args }, piece) =>
      args.some(arg => flowOf(arg, piece).built) && !/encode|escape|Filter\.eq/i.test(before(args[0]!, piece)),
  },
  vulnerable: [
    'class A { void f(String u) throws Exception { ctx.search("dc=a", "(uid=" + u + ")", c); } }',
    'class A { void f(String u) throws Exception { xpath.evaluate("//user[@name=\'" + u + "\']", doc); } }',
  ],
  fixed: ['class A { void f(String u) throws Exception { ctx.search("dc=a", "(uid={0})", new Object[] { u }, c); } }'],
})
