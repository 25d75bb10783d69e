import { rule } from '../../rule.ts'

export default rule({
  id: 'go/unsafe-pointer',
  cwe: ['CWE-242', 'CWE-119', 'CWE-787'],
  languages: ['go'],
  title: 'Reaches past the checks of the language',
  needs: ['unsafe.'],
  call: { name: /^unsafe\.(?:Pointer|Slice|String|Add)$/ },
  vulnerable: [
    'package main\n\nfunc at(b []byte, n int) byte {\n\treturn *(*byte)(unsafe.Pointer(uintptr(unsafe.Pointer(&b[0])) + uintptr(n)))\n}\n',
  ],
  fixed: ['package main\n\nfunc at(b []byte, n int) byte { return b[n] }\n'],
})
