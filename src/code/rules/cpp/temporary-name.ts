import { named } from '../../c.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/temporary-name',
  cwe: ['CWE-377', 'CWE-379', 'CWE-367'],
  languages: ['cpp'],
  title: 'A temporary file whose name others can take first',
  needs: ['tmpnam', 'tempnam', 'mktemp', 'GetTempFileName'],
  call: { name: named('tmpnam|tmpnam_r|_?w?tempnam|_tempnam|mktemp|_mktemp|_wtmpnam') },
  vulnerable: ['FILE *scratch(void) {\n  char name[L_tmpnam];\n  tmpnam(name);\n  return fopen(name, "w");\n}\n'],
  fixed: ['int scratch(void) {\n  char name[] = "/tmp/workXXXXXX";\n  return mkstemp(name);\n}\n'],
})
