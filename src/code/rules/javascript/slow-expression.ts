import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/slow-expression',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-1333', 'CWE-400'],
  title: 'A regular expression that some texts make very slow',
  where: function* (piece) {
    for (const node of piece.all('regex')) if (/\((?:\?:)?[^()|]*[^()|\\][+*]\)[+*]/.test(shortly(node))) yield node
  },
  vulnerable: ['const ok = /^(a+)+$/.test(text)', 'const ok = /^([a-zA-Z0-9]+)*$/.test(req.body.name)'],
  fixed: ['const ok = /^a+$/.test(text)', 'const ok = /^(ab)+$/.test(text)'],
})
