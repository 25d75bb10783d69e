import { fits, named } from '../../c.ts'
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
    weak: ({ node, args }, piece) => {
      const [to, format] = args
      return args.length > 2 || /%/.test(shortly(format)) || !fits(to, format, piece, node)
    },
  },
  vulnerable: [
    'void show(const char *user) {\n  char line[80];\n  sprintf(line, "user=%s", user);\n  puts(line);\n}\n',
    'void log_it(char *out, const char *format, va_list ap) { vsprintf(out, format, ap); }\n',
  ],
  fixed: [
    'void show(const char *user) {\n  char line[80];\n  snprintf(line, sizeof(line), "user=%s", user);\n  puts(line);\n}\n',
    'void mark(void) {\n  char out[16];\n  sprintf(out, "ready");\n  puts(out);\n}\n',
  ],
})
