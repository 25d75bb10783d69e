import { isBuilt } from '../../flow.ts'
import { guarded } from '../../guards.ts'
import { rule } from '../../rule.ts'
import { lastPart, settingsOf } from '../../settings.ts'

export default rule({
  id: 'csharp/ldap-text',
  cwe: ['CWE-90'],
  languages: ['csharp'],
  title: 'A question to a directory is put together from values',
  needs: ['DirectorySearcher', 'SearchRequest', 'DirectoryEntry', 'Filter'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls)
      if (
        /^new (?:[\w.]+\.)?(?:DirectorySearcher|SearchRequest|DirectoryEntry)$/.test(name) &&
        args.some(a => isBuilt(a, piece) && !guarded(a, piece))
      )
        yield node
    if (!/DirectorySearcher|SearchRequest|Ldap/.test(piece.code)) return
    for (const { node, name, value } of settingsOf(piece))
      if (lastPart(name) === 'Filter' && isBuilt(value, piece) && !guarded(value, piece)) yield node
  },
  vulnerable: [
    'public void Find(string user) {\n  var searcher = new DirectorySearcher();\n  searcher.Filter = "(uid=" + user + ")";\n  searcher.FindOne();\n}\n',
  ],
  fixed: [
    'public void Find(string user) {\n  var searcher = new DirectorySearcher();\n  searcher.Filter = "(uid=" + Encoder.LdapFilterEncode(user) + ")";\n  searcher.FindOne();\n}\n',
  ],
})
