import { rule } from '../../rule.ts'
import { fixedText, still } from '../../web.ts'

export default rule({
  id: 'php/fixed-key',
  languages: ['php'],
  cwe: ['CWE-321', 'CWE-798'],
  title: 'Encrypts or signs with a key that stands in the code',
  needs: ['crypt', 'hmac', 'JWT'],
  call: {
    name: /^\\?(?:openssl_(?:en|de)crypt|mcrypt_(?:en|de)crypt|hash_hmac|sodium_crypto_secretbox)$|JWT::(?:encode|decode)$/,
    weak: ({ name, args }, piece) => {
      const key = args[/openssl|hmac|sodium/.test(name) ? 2 : 1]
      return !!key && still(key, piece) && (fixedText(key, piece) ?? 'xxxx').length > 3
    },
  },
  vulnerable: [
    "<?php $c = openssl_encrypt($t, 'aes-256-cbc', 'my secret key', 0, $iv);",
    "<?php $t = JWT::encode($p, 'my-secret', 'HS256');",
  ],
  fixed: ["<?php $c = openssl_encrypt($t, 'aes-256-cbc', getenv('KEY'), 0, $iv);"],
})
