import { rule } from '../../rule.ts'

export default rule({
  id: 'python/ecb-mode',
  cwe: ['CWE-327', 'CWE-326'],
  languages: ['python'],
  title: 'Encrypts each block by itself',
  needs: ['ECB', '.new('],
  call: {
    name: /(?:^|\.)(?:AES|Blowfish|DES3?|CAST)\.new$|(?:^|\.)modes\.ECB$|^ECB$/,
    weak({ name, args, named }) {
      if (name.endsWith('ECB')) return true
      const mode = args[1] ?? named.get('mode')
      return mode === undefined ? args.length === 1 : /MODE_ECB$/.test(mode.text().slice(0, 80))
    },
  },
  vulnerable: [
    'from Crypto.Cipher import AES\ncipher = AES.new(key, AES.MODE_ECB)\n',
    'from Crypto.Cipher import AES\ncipher = AES.new(key)\n',
    'cipher = Cipher(algorithms.AES(key), modes.ECB())\n',
  ],
  fixed: [
    'from Crypto.Cipher import AES\ncipher = AES.new(key, AES.MODE_EAX)\n',
    'cipher = Cipher(algorithms.AES(key), modes.GCM(nonce))\n',
  ],
})
