import { localArray, named, placeOf, scopeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** An array of pointers may hold memory; the array itself is none to free. */
const pointers = (name: string, piece: Piece, node: Tree): boolean =>
  new RegExp(`\\*\\s*${name}\\s*\\[`).test(scopeOf(piece, node).code)

export default rule({
  id: 'cpp/free-of-array',
  cwe: ['CWE-590', 'CWE-762', 'CWE-763'],
  languages: ['cpp'],
  title: 'Frees memory that was never allocated',
  needs: ['free'],
  call: {
    name: named('free|kfree|g_free'),
    weak: ({ node, args: [to] }, piece) => {
      const text = shortly(to, 80)
      if (/^&\s*\w+$/.test(text)) return true
      if (!/^\w+$/.test(text) || localArray(placeOf(to), piece, node) === null) return false
      return !pointers(text, piece, node)
    },
  },
  vulnerable: ['void f(void) {\n  char line[80];\n  fill(line);\n  free(line);\n}\n'],
  fixed: ['void f(void) {\n  char *line = malloc(80);\n  fill(line);\n  free(line);\n}\n'],
})
