import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { still } from '../../web.ts'

export default rule({
  id: 'php/fixed-iv',
  languages: ['php'],
  cwe: ['CWE-329', 'CWE-1204', 'CWE-323'],
  title: 'Begins every encryption with the same vector',
  needs: ['openssl_encrypt', 'mcrypt_encrypt', 'sodium_crypto'],
  call: {
    name: /^\\?(?:openssl_encrypt|mcrypt_encrypt|sodium_crypto_secretbox)$/,
    weak: ({ name, args }, piece) => {
      const vector = args[/sodium/.test(name) ? 1 : 4]
      return !!vector && still(vector, piece) && shortly(vector, 4) !== "''"
    },
  },
  vulnerable: ["<?php $iv = '1234567890123456'; $c = openssl_encrypt($t, 'aes-256-cbc', $k, 0, $iv);"],
  fixed: ["<?php $iv = random_bytes(16); $c = openssl_encrypt($t, 'aes-256-cbc', $k, 0, $iv);"],
})
