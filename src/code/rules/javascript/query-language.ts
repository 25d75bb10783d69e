import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/query-language',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-643', 'CWE-90', 'CWE-74'],
  title: 'Builds a query of XPath or LDAP from values that are not fixed',
  needs: ['xpath', 'ldap', 'search', 'evaluate'],
  call: {
    name: /(?:^|\.)(?:xpath\.(?:select|select1|evaluate|parse)|document\.evaluate|\w*[lL]dap\w*\.(?:search|bind)|client\.search)$/,
    weak: ({ args }, piece) =>
      args
        .slice(0, 2)
        .flatMap(arg => (arg.kind() === 'object' ? arg.namedChildren().map(pair => pair.field('value')) : [arg]))
        .some(arg => flowOf(arg, piece).built && /[(/@[=]/.test(flowOf(arg, piece).text)),
  },
  vulnerable: [
    'function f(name) { return xpath.select("//user[name=\'" + name + "\']", doc) }',
    'function f(u) { ldapClient.search("dc=a", { filter: `(uid=${u})` }) }',
  ],
  fixed: ["const users = xpath.select('//user', doc)"],
})
