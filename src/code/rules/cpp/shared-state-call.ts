import { named } from '../../c.ts'
import { rule } from '../../rule.ts'

export default rule({
  id: 'cpp/shared-state-call',
  cwe: ['CWE-676', 'CWE-663', 'CWE-362'],
  languages: ['cpp'],
  title: 'A function that keeps its state for all threads',
  needs: ['strtok', 'asctime', 'gethostbyname'],
  call: { name: named('strtok|wcstok|_tcstok|asctime|gethostbyname') },
  vulnerable: ['char *first(char *line) { return strtok(line, ","); }\n'],
  fixed: ['char *first(char *line, char **rest) { return strtok_r(line, ",", rest); }\n'],
})
