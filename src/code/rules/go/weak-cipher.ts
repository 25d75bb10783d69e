import { rule } from '../../rule.ts'

export default rule({
  id: 'go/weak-cipher',
  cwe: ['CWE-327', 'CWE-326'],
  languages: ['go'],
  title: 'A broken or worn-out cipher, or blocks that are encrypted alike',
  needs: ['des.', 'rc4.', 'blowfish.', 'ecb', 'ECB', 'tea.', 'cast5.'],
  call: {
    name: /^(?:des\.New(?:TripleDES)?Cipher|rc4\.NewCipher|blowfish\.New\w*Cipher|tea\.NewCipher\w*|cast5\.NewCipher)$|(?:^|\.)New(?:ECB|Ecb)(?:En|De)crypter$/,
  },
  vulnerable: ['package main\n\nfunc block(key []byte) (cipher.Block, error) { return des.NewCipher(key) }\n'],
  fixed: ['package main\n\nfunc block(key []byte) (cipher.Block, error) { return aes.NewCipher(key) }\n'],
})
