import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'csharp/block-mode',
  cwe: ['CWE-327', 'CWE-326', 'CWE-329'],
  languages: ['csharp'],
  title: 'Encrypts equal blocks alike, or without any check that nothing was changed',
  needs: ['CipherMode', 'ECB', 'Ecb'],
  where: piece => [
    ...piece
      .all('member_access_expression')
      .filter(n => /(?:^|\.)CipherMode\.(?:ECB|OFB|CFB|CTS)$/.test(shortly(n, 60))),
    ...piece.calls.filter(({ name }) => /\.(?:Encrypt|Decrypt)Ecb$/.test(name)).map(c => c.node),
  ],
  vulnerable: ['public void Set(Aes aes) { aes.Mode = CipherMode.ECB; }\n'],
  fixed: [
    'public byte[] Seal(byte[] key, byte[] nonce, byte[] data) {\n  using var aes = new AesGcm(key);\n  aes.Encrypt(nonce, data, output, tag);\n  return output;\n}\n',
  ],
})
