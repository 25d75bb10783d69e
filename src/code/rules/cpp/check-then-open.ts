import { named, scopeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { rule } from '../../rule.ts'

const opens = ['open(', 'unlink(', 'remove(', 'chmod(', 'chown(', 'rename(', 'creat(']
const ahead = 4000

export default rule({
  id: 'cpp/check-then-open',
  cwe: ['CWE-367', 'CWE-362', 'CWE-363'],
  languages: ['cpp'],
  title: 'Asks about a file and opens it later by name',
  needs: ['access', 'stat'],
  call: {
    name: named('access|_access|stat|lstat|_stat'),
    weak: ({ node, args }, piece) => {
      const path = shortly(args[0], 80)
      if (!/^[\w.>[\]()-]+$/.test(path)) return false
      const { code, start } = scopeOf(piece, node)
      const from = node.range().end.index - start
      const rest = code.slice(from, from + ahead).replace(/\s+/g, '')
      return opens.some(name => rest.includes(`${name}${path},`) || rest.includes(`${name}${path})`))
    },
  },
  vulnerable: [
    'int put(const char *path) {\n  if (access(path, W_OK) != 0) return -1;\n  int fd = open(path, O_WRONLY);\n  return fd;\n}\n',
  ],
  fixed: [
    'int put(const char *path) {\n  int fd = open(path, O_WRONLY | O_NOFOLLOW);\n  struct stat s;\n  if (fd < 0 || fstat(fd, &s) != 0) return -1;\n  return fd;\n}\n',
  ],
})
