import { lastName, named, scopeOf } from '../../c.ts'
import { type Call, shortly } from '../../calls.ts'
import { isConstant } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

/** Where the format stands among the arguments; first when not named here. */
const places: Readonly<Record<string, number>> = {
  fprintf: 1,
  sprintf: 1,
  dprintf: 1,
  syslog: 1,
  snprintf: 2,
  swprintf: 2,
  fwprintf: 1,
  asprintf: 1,
  errx: 1,
  err: 1,
}

/** A format alone, kept in a variable: whoever fills it reads and writes memory. */
function open({ node, name, args }: Call, piece: Piece): boolean {
  const at = places[lastName(name)] ?? 0
  const format = args[at]
  if (!format || args.length !== at + 1) return false
  const text = shortly(format)
  const kept = /^(?:identifier|subscript_expression|field_expression|pointer_expression)$/.test(String(format.kind()))
  if (!(kept || /c_str\(\)$/.test(text)) || /^[A-Z_][A-Z0-9_]*$/.test(text)) return false
  // A format that the head hands on together with its values is the caller's matter.
  return !isConstant(format, piece) && !/\.\.\.\s*\)|va_list/.test(scopeOf(piece, node).head)
}

export default rule({
  id: 'cpp/format-string',
  cwe: ['CWE-134'],
  languages: ['cpp'],
  title: 'A text from elsewhere is the format',
  needs: ['printf', 'syslog', 'warn', 'err'],
  call: {
    name: named('[fsd]?printf|snprintf|asprintf|syslog|[fs]?wprintf|warnx?|errx?|printk|g_print|g_printerr'),
    weak: open,
  },
  vulnerable: [
    'void say(const char *message) { printf(message); }\n',
    'void note(char *line) { fprintf(stderr, line); }\n',
  ],
  fixed: [
    'void say(const char *message) { printf("%s", message); }\n',
    'void say(void) {\n  const char *message = "ready\\n";\n  printf(message);\n}\n',
  ],
})
