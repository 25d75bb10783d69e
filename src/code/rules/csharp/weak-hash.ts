import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/weak-hash',
  cwe: ['CWE-327', 'CWE-328', 'CWE-916'],
  languages: ['csharp'],
  title: 'A digest for which two messages of the same value can be made',
  needs: ['MD5', 'SHA1', 'Md5', 'Sha1', 'RIPEMD160', 'MD4', 'md5', 'sha1', 'SHA-1'],
  call: {
    name: /(?:^|[.\s])(?:HMAC)?(?:MD[245]|SHA1|RIPEMD160)(?:CryptoServiceProvider|Managed|Cng)?(?:\.(?:Create|HashData|TryHashData|HashDataAsync))?$|(?:HashAlgorithm|CryptoConfig|KeyedHashAlgorithm|HMAC)\.Create\w*$|HashPasswordForStoringInConfigFile$|^new (?:Md5|Sha1)Digest$/,
    weak: ({ name, args }) =>
      !/(?:Algorithm|Config|HMAC)\.Create|HashPassword/.test(name) ||
      args.some(a => /^"(?:MD5|SHA-?1|md5|sha1|System\.Security\.Cryptography\.(?:MD5|SHA1))"$/.test(shortly(a))),
  },
  where: piece =>
    piece.all('member_access_expression').filter(n => /^HashAlgorithmName\.(?:MD5|SHA1)$/.test(shortly(n, 40))),
  vulnerable: [
    'public string Digest(byte[] data) {\n  using (var md5 = MD5.Create()) return Convert.ToHexString(md5.ComputeHash(data));\n}\n',
    'var sha = new SHA1CryptoServiceProvider();\n',
  ],
  fixed: [
    'public string Digest(byte[] data) {\n  using (var sha = SHA256.Create()) return Convert.ToHexString(sha.ComputeHash(data));\n}\n',
  ],
})
