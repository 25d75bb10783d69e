import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { numberOf } from '../../web.ts'

export default rule({
  id: 'php/short-key',
  languages: ['php'],
  cwe: ['CWE-326', 'CWE-916'],
  title: 'Makes a key that is too short, or in too few rounds',
  needs: ['private_key_bits', 'pbkdf2', 'cost'],
  where: function* (piece) {
    for (const node of piece.all('array_element_initializer')) {
      const bits = /^['"]private_key_bits['"]\s*=>\s*(\d+)$/.exec(shortly(node))?.[1]
      if (bits && Number(bits) < 2048) yield node
    }
    for (const { node, name, args } of piece.calls) {
      if (!/^\\?(?:hash_pbkdf2|openssl_pbkdf2)$/.test(name)) continue
      const rounds = numberOf(args[3], piece)
      if (rounds !== null && rounds < 10_000) yield node
    }
  },
  vulnerable: [
    "<?php $k = openssl_pkey_new(['private_key_bits' => 1024]);",
    "<?php $k = hash_pbkdf2('sha256', $p, $s, 1000);",
  ],
  fixed: [
    "<?php $k = openssl_pkey_new(['private_key_bits' => 4096]);",
    "<?php $k = hash_pbkdf2('sha256', $p, $s, 310000);",
  ],
})
