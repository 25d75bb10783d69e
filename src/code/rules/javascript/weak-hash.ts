import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/weak-hash',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-327', 'CWE-328', 'CWE-916'],
  title: 'Uses a hash that is broken',
  needs: ['md5', 'MD5', 'sha1', 'SHA1', 'sha-1', 'SHA-1', 'md4', 'ripemd'],
  call: {
    name: /(?:^|\.)(?:createHash|createHmac|md5|MD5|sha1|SHA1|HmacMD5|HmacSHA1|digest|hash)$|^new (?:Md5|MD5|Sha1|jsSHA)$/,
    weak: ({ name, args }, piece) =>
      /(?:md5|sha1)$/i.test(name)
        ? args.length > 0
        : /^(?:md[245]|sha-?1|ripemd|rmd160)/i.test(fixedText(args[0], piece) ?? ''),
  },
  vulnerable: [
    "const h = crypto.createHash('md5').update(password).digest('hex')",
    'const h = md5(password)',
    'CryptoJS.SHA1(text)',
  ],
  fixed: [
    "const h = crypto.createHash('sha256').update(text).digest('hex')",
    'const h = await bcrypt.hash(password, 12)',
  ],
})
