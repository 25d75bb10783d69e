import { rule } from '../../rule.ts'
import { fixedText, numberOf } from '../../web.ts'

export default rule({
  id: 'ruby/weak-cipher',
  languages: ['ruby'],
  cwe: ['CWE-327', 'CWE-326'],
  title: 'Encrypts with a cipher or a mode that is broken, or a key that is too short',
  needs: ['Cipher', 'RSA'],
  where: function* (piece) {
    for (const { node, name, args } of piece.calls) {
      if (
        /OpenSSL::Cipher(?:::Cipher)?\.new$/.test(name) &&
        /^(?:des|rc[24]|bf|cast|idea|seed)|ecb/i.test(fixedText(args[0], piece) ?? '')
      )
        yield node
      if (/OpenSSL::Cipher::(?:DES|RC4|BF)\.new$/.test(name)) yield node
      const bits = /OpenSSL::PKey::(?:RSA|DSA)\.(?:new|generate)$/.test(name) ? numberOf(args[0], piece) : null
      if (bits !== null && bits < 2048) yield node
    }
  },
  vulnerable: ["c = OpenSSL::Cipher.new('des-ecb')", 'k = OpenSSL::PKey::RSA.new(1024)'],
  fixed: ["c = OpenSSL::Cipher.new('aes-256-gcm')", 'k = OpenSSL::PKey::RSA.new(3072)'],
})
