import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { numberOf } from '../../web.ts'

export default rule({
  id: 'ruby/plain-hash-of-password',
  languages: ['ruby'],
  cwe: ['CWE-916', 'CWE-759'],
  title: 'Keeps a password under a fast hash, or in too few rounds',
  needs: ['Digest', 'cost', 'pbkdf2', 'crypt', 'iterations'],
  where: function* (piece) {
    for (const { node, name, args, named } of piece.calls) {
      if (
        /Digest::SHA(?:2|256|384|512)\.(?:hexdigest|digest|base64digest)$/.test(name) &&
        /passw|pwd/i.test(shortly(args[0]))
      )
        yield node
      const rounds = /pbkdf2_hmac(?:_sha1)?$/.test(name)
        ? (numberOf(named.get('iterations'), piece) ?? numberOf(args[2], piece))
        : null
      if (rounds !== null && rounds < 10_000) yield node
      if (/BCrypt::Password\.create$/.test(name) && (numberOf(named.get('cost'), piece) ?? 12) < 8) yield node
    }
  },
  vulnerable: ['h = Digest::SHA256.hexdigest(password)', 'BCrypt::Password.create(p, cost: 4)'],
  fixed: ['h = BCrypt::Password.create(password)'],
})
