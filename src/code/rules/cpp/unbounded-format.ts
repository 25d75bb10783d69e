import { named } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/unbounded-format',
  cwe: ['CWE-120', 'CWE-787', 'CWE-119', 'CWE-676'],
  languages: ['cpp'],
  title: 'Writes formatted text without a limit',
  needs: ['sprintf'],
  call: {
    name: named('sprintf|vsprintf|wsprintf[AW]?|_stprintf|_vstprintf'),
    // A text without a conversion is as long as it stands there.
    weak: ({ name, args }) => args.length > 2 || /v/.test(name) || /%/.test(shortly(args[1])),
  },
  vulnerable: [
    'void show(const char *user) {\n  char line[80];\n  sprintf(line, "user=%s", user);\n  puts(line);\n}\n',
    'void log_it(char *out, const char *format, va_list ap) { vsprintf(out, format, ap); }\n',
  ],
  fixed: [
    'void show(const char *user) {\n  char line[80];\n  snprintf(line, sizeof(line), "user=%s", user);\n  puts(line);\n}\n',
    'void mark(char *out) { sprintf(out, "ready"); }\n',
  ],
})
