import { rule } from '../../rule.ts'

export default rule({
  id: 'go/weak-hash',
  cwe: ['CWE-328', 'CWE-327', 'CWE-916'],
  languages: ['go'],
  title: 'A digest for which two messages of the same value can be made',
  needs: ['md5', 'sha1', 'md4', 'ripemd160', 'MD5', 'SHA1'],
  call: { name: /^(?:md5|sha1|md4|ripemd160)\.(?:New|Sum)$|^crypto\.(?:MD5|SHA1)\.New$/ },
  where: piece =>
    piece
      .all('selector_expression')
      .filter(n => /^(?:md5|sha1|md4)\.New$/.test(n.text().slice(0, 20)) && n.parent()?.kind() === 'argument_list'),
  vulnerable: [
    'package main\n\nfunc digest(b []byte) [16]byte { return md5.Sum(b) }\n',
    'package main\n\nfunc mac(k []byte) hash.Hash { return hmac.New(sha1.New, k) }\n',
  ],
  fixed: ['package main\n\nfunc digest(b []byte) [32]byte { return sha256.Sum256(b) }\n'],
})
