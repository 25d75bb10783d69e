import { lastName, named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/unbounded-scan',
  cwe: ['CWE-119', 'CWE-120', 'CWE-787', 'CWE-676'],
  languages: ['cpp'],
  title: 'Reads a word of any length',
  needs: ['scanf'],
  call: {
    name: named('scanf|fscanf|sscanf|vscanf|vfscanf|vsscanf|wscanf|fwscanf|swscanf'),
    weak: ({ name, args }) => {
      const format = args[/^v?(scanf|wscanf)$/.test(lastName(name)) ? 0 : 1]
      return /%[lh]*(s|\[)/.test(shortly(format))
    },
  },
  vulnerable: ['int main(void) {\n  char name[20];\n  scanf("%s", name);\n  puts(name);\n}\n'],
  fixed: [
    'int main(void) {\n  char name[20];\n  if (scanf("%19s", name) != 1) return 1;\n  puts(name);\n}\n',
    'int main(void) {\n  int n;\n  if (scanf("%d %*s", &n) != 1) return 1;\n  return n;\n}\n',
  ],
})
