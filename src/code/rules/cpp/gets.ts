import { named } from '../../c.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/gets',
  cwe: ['CWE-242', 'CWE-120', 'CWE-787', 'CWE-119'],
  languages: ['cpp'],
  title: 'Reads a line without a limit',
  needs: ['gets', '_getts'],
  call: { name: named('gets|_getws|_getts') },
  vulnerable: ['int main(void) {\n  char line[80];\n  gets(line);\n  puts(line);\n}\n'],
  fixed: ['int main(void) {\n  char line[80];\n  if (!fgets(line, sizeof line, stdin)) return 1;\n  puts(line);\n}\n'],
})
