import { isBuilt } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'go/ldap-text',
  cwe: ['CWE-90'],
  languages: ['go'],
  title: 'A question to a directory is put together from values',
  needs: ['ldap.'],
  call: {
    name: /^ldap\.NewSearchRequest$/,
    weak: ({ args }, piece) => args.some(a => isBuilt(a, piece) && !guarded(a, piece)),
  },
  vulnerable: [
    'package main\n\nfunc find(user string) *ldap.SearchRequest {\n\treturn ldap.NewSearchRequest(base, 2, 0, 0, 0, false, fmt.Sprintf("(uid=%s)", user), nil, nil)\n}\n',
  ],
  fixed: [
    'package main\n\nfunc find(user string) *ldap.SearchRequest {\n\treturn ldap.NewSearchRequest(base, 2, 0, 0, 0, false, fmt.Sprintf("(uid=%s)", ldap.EscapeFilter(user)), nil, nil)\n}\n',
  ],
})
