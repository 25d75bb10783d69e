import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'php/query-language',
  languages: ['php'],
  cwe: ['CWE-90', 'CWE-643', 'CWE-943'],
  title: 'Builds a query of LDAP, XPath or documents from what was sent',
  needs: ['ldap_', 'xpath', 'find', 'evaluate'],
  call: {
    name: /^\\?ldap_(?:search|list|read|bind)$|->(?:xpath|evaluate)$|->(?:query)$|->(?:find|findOne|deleteMany|updateOne)$/,
    weak: ({ name, args }, piece) =>
      args.some(arg => {
        const { built, origin, text } = flowOf(arg, piece)
        if (/->(?:find|findOne|deleteMany|updateOne)$/.test(name))
          return origin === 'input' && /collection|mongo/i.test(piece.code) && !/\(string\)|strval/.test(shortly(arg))
        return (
          built &&
          (/ldap/.test(name) ? /[(=]/.test(text) : /^\/|\[/.test(text)) &&
          !/ldap_escape/.test(before(arg, piece))
        )
      }),
  },
  vulnerable: [
    '<?php ldap_search($l, $base, "(uid=" . $_GET["u"] . ")");',
    '<?php $x->xpath("//user[name=\'" . $_POST["n"] . "\']");',
  ],
  fixed: ['<?php ldap_search($l, $base, "(uid=" . ldap_escape($_GET["u"], "", LDAP_ESCAPE_FILTER) . ")");'],
})
