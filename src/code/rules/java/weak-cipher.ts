import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'java/weak-cipher',
  languages: ['java'],
  cwe: ['CWE-327', 'CWE-326'],
  title: 'Encrypts with a cipher, a mode or a padding that is broken',
  needs: ['Cipher', 'KeyGenerator', 'SecretKeyFactory', 'DES', 'RC4', 'NullCipher'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/^new (?:javax\.crypto\.)?NullCipher$|^new DES(?:ede)?KeySpec$/.test(name)) yield node
      if (!/(?:Cipher|KeyGenerator|SecretKeyFactory)\.getInstance$/.test(name)) continue
      const text = flowOf(args[0], piece).text
      if (
        /^(?:3?DES|DESede|TripleDES|Blowfish|RC[245]|ARC(?:4|FOUR)|IDEA|Skipjack|PBEWith(?:MD5|SHA1?And(?:DES|RC|40|128BitRC)))/i.test(
          text,
        )
      )
        yield node
      else if (
        /Cipher\.getInstance$/.test(name) &&
        /^AES$|\/ECB\/(?!OAEP)|\/CBC\/PKCS[57]Padding|\/NoPadding$|^RSA$|RSA\/\w+\/(?:PKCS1Padding|NoPadding)/i.test(
          text,
        ) &&
        !/\/(?:GCM|CCM|Poly1305)\//i.test(text) &&
        !/^RSA\/ECB\/OAEP/i.test(text)
      )
        yield node
    }
  },
  vulnerable: [
    'class A { void f() throws Exception { Cipher.getInstance("DES/ECB/PKCS5Padding"); } }',
    'class A { void f() throws Exception { Cipher.getInstance("AES"); } }',
    'class A { void f() throws Exception { Cipher.getInstance("AES/CBC/PKCS5Padding"); } }',
  ],
  fixed: [
    'class A { void f() throws Exception { Cipher.getInstance("AES/GCM/NoPadding"); } }',
    'class A { void f() throws Exception { Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding"); } }',
  ],
})
