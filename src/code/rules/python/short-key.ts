import { rule } from '../../rule.ts'

const integer = (text: string | undefined): number => (text && /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN)

export default rule({
  id: 'python/short-key',
  cwe: ['CWE-326'],
  languages: ['python'],
  title: 'Makes a key that is too short',
  needs: ['generate', 'SECP', 'SECT', 'newkeys', 'dsa', 'GenerateKey'],
  call: {
    name: /(?:^|\.)(?:RSA|DSA|ElGamal|rsa|dsa)\.(?:generate|generate_private_key|newkeys)$|^generate_private_key$|(?:^|\.)(?:RSAKey|DSSKey)\.generate$|(?:^|\.)(?:SECP192R1|SECT163\w+|SECP160\w+)$/,
    weak({ name, args, named }) {
      if (/SEC[PT]\w+$/.test(name)) return true
      const sizes = [...args, named.get('key_size'), named.get('bits')].map(arg => integer(arg?.text().slice(0, 10)))
      return sizes.some(size => size >= 128 && size < 2048)
    },
  },
  vulnerable: [
    'from Crypto.PublicKey import RSA\nkey = RSA.generate(1024)\n',
    'key = rsa.generate_private_key(public_exponent=65537, key_size=512)\n',
    'key = ec.generate_private_key(ec.SECP192R1())\n',
  ],
  fixed: [
    'from Crypto.PublicKey import RSA\nkey = RSA.generate(3072)\n',
    'key = rsa.generate_private_key(public_exponent=65537, key_size=4096)\n',
  ],
})
