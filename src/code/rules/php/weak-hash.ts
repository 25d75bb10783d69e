import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'php/weak-hash',
  languages: ['php'],
  cwe: ['CWE-327', 'CWE-328', 'CWE-916'],
  title: 'Uses a hash that is broken',
  needs: ['md5', 'sha1', 'MD5', 'SHA1', 'crc32', 'hash', 'crypt'],
  call: {
    name: /^\\?(?:md5|sha1|md5_file|sha1_file|hash|hash_hmac|hash_file|hash_init|openssl_digest|mhash)$/i,
    weak: ({ name, args }, piece) => {
      if (/^\\?(?:md5|sha1)/i.test(name)) return true
      const text = `${fixedText(args[0], piece) ?? ''} ${/openssl_digest/.test(name) ? (fixedText(args[1], piece) ?? '') : ''} ${shortly(args[0], 40)}`
      return /\b(?:md[245]|sha-?1|crc32b?|adler32|MHASH_MD5|MHASH_SHA1)\b/i.test(text)
    },
  },
  vulnerable: ['<?php $h = md5($password);', "<?php $h = hash('sha1', $text);"],
  fixed: ['<?php $h = password_hash($password, PASSWORD_DEFAULT);', "<?php $h = hash('sha256', $text);"],
})
