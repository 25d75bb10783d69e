import { rule } from '../../rule.ts'
import { before, fixedText, numberOf } from '../../web.ts'

export default rule({
  id: 'java/short-key',
  languages: ['java'],
  cwe: ['CWE-326'],
  title: 'Makes a key that is too short',
  needs: ['initialize', 'KeyGenerator', '.init(', 'RSAKeyGenParameterSpec', 'ECGenParameterSpec'],
  call: {
    name: /\.(?:initialize|init)$|^new (?:RSAKeyGenParameterSpec|ECGenParameterSpec)$/,
    weak: ({ name, args, node }, piece) => {
      const bits = numberOf(args[0], piece)
      if (/ECGen/.test(name)) return /^(?:secp1[1-9]|sect1|prime192)/.test(fixedText(args[0], piece) ?? '')
      if (bits === null || bits < 32) return false
      const text = before(node, piece)
      if (/initialize$|RSAKeyGen/.test(name)) return bits < (/"EC|ECDSA/.test(text) ? 224 : 2048)
      return /KeyGenerator/.test(text) && bits < 128
    },
  },
  vulnerable: [
    'class A { void f() throws Exception { KeyPairGenerator g = KeyPairGenerator.getInstance("RSA"); g.initialize(1024); } }',
  ],
  fixed: [
    'class A { void f() throws Exception { KeyPairGenerator g = KeyPairGenerator.getInstance("RSA"); g.initialize(3072); } }',
  ],
})
