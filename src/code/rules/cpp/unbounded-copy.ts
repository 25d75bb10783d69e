import { checked, fits, lastName, named, placeOf } from '../../c.ts'
import { rule } from '../../rule.ts'

const names =
  'strcpy|stpcpy|strcat|wcscpy|wcscat|lstrcpyA?|lstrcatA?|_tcscpy|_tcscat|_mbscpy|_mbscat|StrCpy[AW]|StrCat[AW]|strecpy'

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
    weak: ({ node, name, args: [to, from] }, piece) => {
      if (!/cat\w?$/i.test(lastName(name)) && fits(to, from, piece, node)) return false
      return !checked(placeOf(from), piece, node)
    },
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
