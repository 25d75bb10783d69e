import { rule } from '../../rule.ts'

export default rule({
  id: 'python/weak-cipher',
  cwe: ['CWE-327', 'CWE-326'],
  languages: ['python'],
  title: 'Encrypts with a broken cipher',
  needs: ['DES', 'ARC', 'RC4', 'RC2', 'Blowfish', 'CAST', 'IDEA', 'SEED', 'des', 'XOR'],
  call: {
    name: /(?:^|\.)(?:DES3?|ARC[24]|RC[24]|Blowfish|CAST|XOR)\.new$|(?:^|\.)(?:algorithms\.|decrepit\.\w+\.)(?:ARC4|RC2|Blowfish|TripleDES|IDEA|CAST5|SEED)$|^(?:pyDes\.)?(?:des|triple_des)$|^(?:ARC4|TripleDES)$/,
  },
  vulnerable: [
    'from Crypto.Cipher import DES\ncipher = DES.new(key, DES.MODE_CBC, iv)\n',
    'from cryptography.hazmat.primitives.ciphers import Cipher, algorithms\nc = Cipher(algorithms.ARC4(key), mode=None)\n',
    'import pyDes\nk = pyDes.des(secret)\n',
  ],
  fixed: [
    'from Crypto.Cipher import AES\ncipher = AES.new(key, AES.MODE_GCM, nonce=nonce)\n',
    'from cryptography.hazmat.primitives.ciphers import Cipher, algorithms\nc = Cipher(algorithms.ChaCha20(key, nonce), mode=None)\n',
  ],
})
