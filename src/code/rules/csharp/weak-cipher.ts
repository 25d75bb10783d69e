import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/weak-cipher',
  cwe: ['CWE-327', 'CWE-326'],
  languages: ['csharp'],
  title: 'A broken or worn-out cipher',
  needs: ['DES', 'RC2', 'RC4', 'Blowfish', 'DesEngine', 'DesEde'],
  call: {
    name: /(?:^|[.\s])(?:DES|TripleDES|RC2)(?:CryptoServiceProvider|Cng)?(?:\.Create)?$|^new (?:[\w.]+\.)?(?:DesEngine|DesEdeEngine|RC4Engine|RC2Engine|BlowfishEngine|RC4\w*)$|SymmetricAlgorithm\.Create$/,
    weak: ({ name, args }) =>
      !/SymmetricAlgorithm/.test(name) || args.some(a => /^"(?:DES|TripleDES|3DES|RC2)"$/.test(shortly(a))),
  },
  vulnerable: [
    'public byte[] Cover(byte[] data, byte[] key) {\n  var des = new DESCryptoServiceProvider { Key = key };\n  return Run(des.CreateEncryptor(), data);\n}\n',
    'using var cipher = TripleDES.Create();\n',
  ],
  fixed: [
    'public byte[] Cover(byte[] data, byte[] key) {\n  using var aes = Aes.Create();\n  aes.Key = key;\n  return Run(aes.CreateEncryptor(), data);\n}\n',
  ],
})
