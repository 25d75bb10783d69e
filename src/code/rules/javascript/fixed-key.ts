import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { still } from '../../web.ts'

export default rule({
  id: 'javascript/fixed-key',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-321', 'CWE-798'],
  title: 'Signs or encrypts with a key that stands in the code',
  needs: ['sign', 'verify', 'ipheriv', 'Hmac', 'secret', 'encrypt'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /(?:^|\.)(?:jwt|jsonwebtoken|JWT)\.(?:sign|verify)$|^create(?:Dec|C)ipheriv$|\.create(?:(?:Dec|C)ipheriv|Hmac)$|^CryptoJS\.\w+\.(?:en|de)crypt$/.test(
          name,
        ) &&
        /sign|verify|ipheriv|Hmac|crypt/.test(name) &&
        still(args[1], piece)
      )
        yield node
      if (
        /^(?:session|cookieSession|expressSession|expressjwt|jwt)$/.test(name) &&
        /\b(?:secret|keys)\s*:\s*\[?\s*['"`][^'"`]+['"`]/.test(shortly(args[0], 2000))
      )
        yield node
    }
  },
  vulnerable: [
    "const t = jwt.sign({ id }, 'my-secret')",
    "const key = 'abcdefghabcdefgh'\nconst c = crypto.createCipheriv('aes-128-cbc', key, iv)",
    "app.use(session({ secret: 'keyboard cat' }))",
  ],
  fixed: ['const t = jwt.sign({ id }, process.env.JWT_SECRET)', 'app.use(session({ secret: process.env.SECRET }))'],
})
