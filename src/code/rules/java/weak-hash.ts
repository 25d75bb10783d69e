import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'java/weak-hash',
  languages: ['java'],
  cwe: ['CWE-327', 'CWE-328', 'CWE-916'],
  title: 'Uses a hash that is broken',
  needs: ['MD5', 'md5', 'SHA1', 'SHA-1', 'sha1', 'MD2', 'md2', 'Md5', 'Sha1', 'MD4', 'Sha'],
  call: {
    name: /(?:MessageDigest|Mac|Signature)\.getInstance$|(?:^|\.)(?:md[245]|sha1?|get(?:Md[245]|Sha1?)Digest|(?:md[245]|sha1?)(?:Hex|Base64|Crypt)|md5DigestAsHex|new(?:Md5|Sha1)\w*)$|^new (?:Md5PasswordEncoder|ShaPasswordEncoder|Md5Hash|Sha1Hash|HMac|MD[245]Digest|SHA1Digest|DigestUtils)$/,
    weak: ({ name, args }, piece) =>
      /getInstance$/.test(name)
        ? /^(?:hmac)?(?:md[245]|sha-?1?$|md[245]with|sha1with)/i.test(fixedText(args[0], piece) ?? '')
        : /^new (?:HMac|DigestUtils)$/.test(name)
          ? /md5|sha-?1\b/i.test(shortly(args[0]))
          : true,
  },
  vulnerable: [
    'class A { void f() throws Exception { MessageDigest.getInstance("MD5"); } }',
    'class A { String f(String s) { return DigestUtils.sha1Hex(s); } }',
    'class A { Object f() { return Hashing.md5(); } }',
  ],
  fixed: [
    'class A { void f() throws Exception { MessageDigest.getInstance("SHA-256"); } }',
    'class A { String f(String s) { return DigestUtils.sha256Hex(s); } }',
  ],
})
