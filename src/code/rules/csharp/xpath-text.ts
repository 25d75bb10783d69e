import { flowOf } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/xpath-text',
  cwe: ['CWE-643', 'CWE-91'],
  languages: ['csharp'],
  title: 'A question to an XML document is put together from values',
  needs: ['SelectSingleNode', 'SelectNodes', 'XPath', 'Evaluate'],
  call: {
    name: /\.(?:SelectSingleNode|SelectNodes|XPathSelectElements?|XPathEvaluate)$|XPathExpression\.Compile$|[Nn]av\w*\.(?:Select|Evaluate|Compile)$/,
    weak: ({ args }, piece) => args.slice(0, 1).some(a => flowOf(a, piece).origin !== 'constant' && !guarded(a, piece)),
  },
  vulnerable: [
    'public XmlNode Find(string user) {\n  return doc.SelectSingleNode("//user[name=\'" + user + "\']");\n}\n',
  ],
  fixed: ['public XmlNode All() {\n  return doc.SelectSingleNode("//users");\n}\n'],
})
