import { checked, localArray, named, placeOf } from '../../c.ts'
import type { Call } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

const names =
  'strcpy|stpcpy|strcat|wcscpy|wcscat|lstrcpyA?|lstrcatA?|_tcscpy|_tcscat|_mbscpy|_mbscat|StrCpy|StrCat|strecpy'

/** A fixed text that is shorter than the array it is copied to. */
function fits({ node, name, args: [to, from] }: Call, piece: Piece): boolean {
  if (from?.kind() !== 'string_literal') return false
  const size = Number(localArray(placeOf(to), piece, node))
  return size > 0 && from.text().length - 2 < size && !/cat\w?$/i.test(name)
}

export default rule({
  id: 'cpp/unbounded-copy',
  cwe: ['CWE-120', 'CWE-787', 'CWE-119', 'CWE-676'],
  languages: ['cpp'],
  title: 'Copies a text without a limit',
  needs: [
    'strcpy',
    'stpcpy',
    'strcat',
    'wcscpy',
    'wcscat',
    '_tcscpy',
    '_tcscat',
    '_mbscpy',
    '_mbscat',
    'StrCpy',
    'StrCat',
    'strecpy',
  ],
  call: {
    name: named(names),
    weak: (call, piece) => !fits(call, piece) && !checked(placeOf(call.args[1]), piece, call.node),
  },
  vulnerable: [
    'void greet(const char *name) {\n  char line[64];\n  strcpy(line, "Hello ");\n  strcat(line, name);\n  puts(line);\n}\n',
    'void keep(struct user *u, const char *name) { strcpy(u->name, name); }\n',
  ],
  fixed: [
    'void greet(const char *name) {\n  char line[64];\n  snprintf(line, sizeof(line), "Hello %s", name);\n  puts(line);\n}\n',
    'int keep(struct user *u, const char *name) {\n  if (strlen(name) >= sizeof(u->name)) return -1;\n  strcpy(u->name, name);\n  return 0;\n}\n',
    'void label(void) {\n  char line[8];\n  strcpy(line, "ready");\n  puts(line);\n}\n',
  ],
})
