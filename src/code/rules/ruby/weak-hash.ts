import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'ruby/weak-hash',
  languages: ['ruby'],
  cwe: ['CWE-327', 'CWE-328', 'CWE-916'],
  title: 'Uses a hash that is broken',
  needs: ['MD5', 'SHA1', 'md5', 'sha1', 'MD4', 'crypt'],
  call: {
    name: /(?:^|::)(?:Digest::)?(?:MD5|SHA1|MD4|RMD160)\.\w+$|^OpenSSL::Digest(?:::Digest)?\.new$|^OpenSSL::HMAC\.\w+$/,
    weak: ({ name, args }, piece) =>
      /(?:MD[45]|SHA1|RMD160)/.test(name) ||
      /^(?:md[45]|sha-?1)$/i.test(fixedText(args[0], piece) ?? '') ||
      /MD5|SHA1\b|['"](?:md5|sha1)['"]/i.test(shortly(args[0])),
  },
  vulnerable: ['h = Digest::MD5.hexdigest(password)', "d = OpenSSL::Digest.new('SHA1')"],
  fixed: ['h = Digest::SHA256.hexdigest(text)', 'h = BCrypt::Password.create(password)'],
})
