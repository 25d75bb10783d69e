import { named } from '../../c.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/dropped-rights',
  cwe: ['CWE-252', 'CWE-273', 'CWE-250'],
  languages: ['cpp'],
  title: 'Nobody looks whether rights were given up',
  needs: ['setuid', 'setgid', 'seteuid', 'setegid', 'setresuid', 'setresgid', 'setgroups', 'chroot'],
  call: {
    name: named('setuid|setgid|seteuid|setegid|setresuid|setresgid|setreuid|setregid|setgroups|initgroups|chroot'),
    weak: ({ node }) => node.parent()?.kind() === 'expression_statement',
  },
  vulnerable: ['void drop(uid_t u) {\n  setuid(u);\n  serve();\n}\n'],
  fixed: ['void drop(uid_t u) {\n  if (setuid(u) != 0) abort();\n  serve();\n}\n'],
})
