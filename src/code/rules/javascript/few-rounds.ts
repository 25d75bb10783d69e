import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { around, numberOf } from '../../web.ts'

export default rule({
  id: 'javascript/few-rounds',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-916'],
  title: 'Derives a key or a hash of a password in too few rounds',
  needs: ['pbkdf2', 'PBKDF2', 'bcrypt', 'genSalt', 'iterations'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      const rounds = /(?:^|\.)pbkdf2(?:Sync)?$/.test(name) ? numberOf(args[2], piece) : null
      if (rounds !== null && rounds < 10_000) yield node
      const cost = /(?:^|\.)(?:bcrypt|bcryptjs)\.(?:hash|hashSync)$/.test(name)
        ? numberOf(args[1], piece)
        : /(?:^|\.)genSalt(?:Sync)?$/.test(name)
          ? numberOf(args[0], piece)
          : null
      if (cost !== null && cost < 8) yield node
    }
    for (const node of piece.all('pair')) {
      const count = /^['"]?iterations['"]?\s*:\s*([\d_]+)$/.exec(shortly(node))?.[1]
      if (count && Number(count.replace(/_/g, '')) < 10_000 && /pbkdf2/i.test(around(node, piece))) yield node
    }
  },
  vulnerable: ["crypto.pbkdf2Sync(password, salt, 100, 32, 'sha256')", 'bcrypt.hash(password, 4)'],
  fixed: ["crypto.pbkdf2Sync(password, salt, 310000, 32, 'sha256')", 'bcrypt.hash(password, 12)'],
})
