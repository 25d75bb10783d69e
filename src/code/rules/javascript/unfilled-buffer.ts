import { rule } from '../../rule.ts'

export default rule({
  id: 'javascript/unfilled-buffer',
  languages: ['javascript', 'typescript'],
  cwe: ['CWE-908', 'CWE-200'],
  title: 'Takes memory that still holds what was there before',
  needs: ['allocUnsafe'],
  call: { name: /(?:^|\.)allocUnsafe(?:Slow)?$/ },
  vulnerable: ['const b = Buffer.allocUnsafe(n)'],
  fixed: ['const b = Buffer.alloc(n)'],
})
