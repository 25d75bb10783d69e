import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { before } from '../../web.ts'

export default rule({
  id: 'java/plain-hash-of-password',
  languages: ['java'],
  cwe: ['CWE-916', 'CWE-759'],
  title: 'Keeps a password under a fast hash',
  needs: ['MessageDigest', 'DigestUtils', 'NoOpPasswordEncoder', 'Hashing'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/NoOpPasswordEncoder\.getInstance$/.test(name)) yield node
      else if (
        /(?:digest|update|sha(?:256|512)(?:Hex)?|hashString|hashBytes)$/i.test(name) &&
        /passw|pwd/i.test(shortly(args[0], 200)) &&
        !/PBKDF2|bcrypt/i.test(before(node, piece))
      )
        yield node
    }
  },
  vulnerable: [
    'class A { byte[] f(String password) throws Exception { MessageDigest d = MessageDigest.getInstance("SHA-256"); return d.digest(password.getBytes()); } }',
  ],
  fixed: ['class A { String f(String password) { return new BCryptPasswordEncoder().encode(password); } }'],
})
