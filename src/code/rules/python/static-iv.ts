import { flowOf } from '../../flow.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'python/static-iv',
  cwe: ['CWE-329', 'CWE-1204'],
  languages: ['python'],
  title: 'Starts a cipher from a value that is always the same',
  needs: ['modes.', 'MODE_', 'nonce', 'iv'],
  call: {
    name: /(?:^|\.)(?:AES|DES3?|Blowfish|CAST|ChaCha20|Salsa20|ChaCha20_Poly1305)\.new$|(?:^|\.)modes\.(?:CBC|CTR|GCM|CFB8?|OFB)$/,
    weak({ name, args, named }, piece) {
      const iv =
        named.get('iv') ?? named.get('IV') ?? named.get('nonce') ?? (name.includes('modes.') ? args[0] : args[2])
      if (!iv) return false
      const { origin, text } = flowOf(iv, piece)
      return origin === 'constant' && text !== ''
    },
  },
  vulnerable: [
    "cipher = AES.new(key, AES.MODE_CBC, b'0123456789abcdef')\n",
    "def f(key):\n    start = b'x' * AES.block_size\n    return AES.new(key, AES.MODE_CBC, start)\n",
    "cipher = Cipher(algorithms.AES(key), modes.CBC(b'\\x00' * 16))\n",
  ],
  fixed: [
    'import os\niv = os.urandom(16)\ncipher = AES.new(key, AES.MODE_CBC, iv)\n',
    'cipher = Cipher(algorithms.AES(key), modes.CBC(secrets.token_bytes(16)))\n',
  ],
})
