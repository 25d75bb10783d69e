import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'
import { fixedText } from '../../web.ts'

export default rule({
  id: 'javascript/weak-cipher',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-327', 'CWE-326'],
  title: 'Encrypts with a cipher or a mode that is broken',
  needs: ['Cipher', 'DES', 'RC4', 'Rabbit', 'ECB', 'cipher'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (/(?:^|\.)create(?:Dec|C)ipher$/.test(name)) yield node
      else if (
        /(?:^|\.)create(?:Dec|C)ipheriv$/.test(name) &&
        /^(?:des|rc[24]|bf|blowfish|cast|idea|seed)|ecb/i.test(fixedText(args[0], piece) ?? '')
      )
        yield node
      else if (/^CryptoJS\.(?:DES|TripleDES|RC4|RC4Drop|Rabbit|RabbitLegacy)\.(?:en|de)crypt$/.test(name)) yield node
    }
    for (const node of piece.all('member_expression')) if (/^CryptoJS\.mode\.ECB$/.test(shortly(node, 40))) yield node
  },
  vulnerable: [
    "crypto.createCipheriv('des-ecb', key, null)",
    "crypto.createCipher('aes192', password)",
    'CryptoJS.DES.encrypt(a, k)',
    'CryptoJS.AES.encrypt(a, k, { mode: CryptoJS.mode.ECB })',
  ],
  fixed: ["crypto.createCipheriv('aes-256-gcm', key, iv)"],
})
