import { named, scopeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import { flowOf } from '../../flow.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Said anywhere in the function: the name was looked at. */
const looked =
  /\b(?:realpath|canonical|weakly_canonical|basename|strchr|strrchr|strpbrk|lexically_\w+|filename\(\)|\w*(?:valid|safe|sanit|allowed|correct|good|check)\w*)\b|\.find\(/i

function joined(node: Tree, path: Tree | undefined, piece: Piece): boolean {
  const { built, origin } = flowOf(path, piece)
  if (!built || origin === 'constant' || origin === 'unknown') return false
  const { code, start } = scopeOf(piece, node)
  const before = code.slice(0, node.range().start.index - start)
  return (
    !looked.test(before) &&
    !/strstr\s*\([^;]{0,80}$|"\.\."/.test(piece.code.slice(start, node.range().start.index)) &&
    shortly(path) !== ''
  )
}

export default rule({
  id: 'cpp/path-traversal',
  cwe: ['CWE-22', 'CWE-23', 'CWE-73'],
  languages: ['cpp'],
  title: 'A file is chosen by a name from elsewhere',
  needs: ['open', 'ifstream', 'ofstream', 'unlink', 'remove', 'stat'],
  call: {
    name: named('fopen|open|freopen|unlink|remove|ifstream|ofstream|fstream|opendir|rmdir|rename|CreateFile[AW]?'),
    weak: ({ node, args }, piece) => joined(node, args[0], piece),
  },
  where: piece =>
    piece.all('declaration').filter(node => {
      if (!/\b[io]?fstream$/.test(shortly(node.field('type'), 60))) return false
      const value = node.field('declarator')?.field('value')
      return value?.kind() === 'argument_list' && joined(node, value.namedChildren()[0], piece)
    }),
  vulnerable: [
    'std::string get(const std::string &name) {\n  std::ifstream in("docs/" + name);\n  return all(in);\n}\n',
    'FILE *get(const char *name) {\n  char path[256];\n  snprintf(path, sizeof path, "/srv/files/%s", name);\n  return fopen(path, "r");\n}\n',
  ],
  fixed: [
    'FILE *get(const char *name) {\n  char path[256];\n  if (strstr(name, "..")) return NULL;\n  snprintf(path, sizeof path, "/srv/files/%s", name);\n  return fopen(path, "r");\n}\n',
  ],
})
