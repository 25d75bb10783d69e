import { checked, named, scopeOf } from '../../c.ts'
import { type Call, shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

const ahead = 2000

/** The length that was wanted, not the length that was written, becomes a position. */
function used({ node }: Call, piece: Piece): boolean {
  const name = /^\s*(?:\w+\s+)?([A-Za-z_][\w.>-]{0,80}?)\s*\+?=/.exec(shortly(node.parent(), 1000))?.[1]
  if (!name) return false
  const { code, start } = scopeOf(piece, node)
  const from = node.range().end.index - start
  const rest = code.slice(from, from + ahead)
  const escaped = name.replace(/[^\w]/g, '\\$&')
  const use = new RegExp(`\\[\\s*${escaped}\\s*\\]\\s*=|\\w\\s*\\+\\s*${escaped}\\s*[,)]`).exec(rest)
  if (!use) return false
  const looked = new RegExp(`\\b${escaped}\\s*[<>]|[<>]=?\\s*(?:\\(\\w+\\)\\s*)?${escaped}\\b`)
  return !looked.test(rest.slice(0, use.index)) && !checked(name, piece, node)
}

export default rule({
  id: 'cpp/format-length',
  cwe: ['CWE-119', 'CWE-787', 'CWE-125'],
  languages: ['cpp'],
  title: 'The length that a text would have had is taken as a position',
  needs: ['snprintf', 'snwprintf', 'swprintf'],
  call: { name: named('v?snprintf|_snprintf|swprintf|g_snprintf|\\w*snprintf'), weak: used },
  vulnerable: [
    'void put(char *out, size_t size, const char *a) {\n  int n = snprintf(out, size, "%s", a);\n  out[n] = 0;\n}\n',
  ],
  fixed: [
    'void put(char *out, size_t size, const char *a) {\n  int n = snprintf(out, size, "%s", a);\n  if (n < 0 || (size_t)n >= size) return;\n  out[n] = 0;\n}\n',
  ],
})
