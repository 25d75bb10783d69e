import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/auto-pointer',
  cwe: ['CWE-665', 'CWE-477'],
  languages: ['cpp'],
  title: 'An owner that loses what it owns when it is copied',
  needs: ['auto_ptr'],
  pattern: { rule: { kind: 'template_type' } },
  weak: node => shortly(node.field('name')) === 'auto_ptr',
  vulnerable: ['void f() {\n  std::auto_ptr<Alert> a;\n  a = next();\n}\n'],
  fixed: ['void f() {\n  std::unique_ptr<Alert> a;\n  a = next();\n}\n'],
})
