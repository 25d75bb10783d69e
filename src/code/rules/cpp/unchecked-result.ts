import { named, placeOf } from '../../c.ts'
import { nextUse, restOfBlock, written } from '../../c-uses.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

/** Reads or writes through the pointer: by `->` or `[`. */
const through = (place: string, code: string): boolean => new RegExp(`^${written(place)}\\s*(?:->|\\[)`).test(code)

/** The name that a call's result is kept under. */
function keptIn(node: Tree): string | null {
  let at = node.parent()
  for (let step = 0; at && step < 4; step++, at = at.parent()) {
    if (at.kind() === 'init_declarator') return placeOf(at.field('declarator') ?? undefined)
    if (at.kind() === 'assignment_expression') {
      const left = at.field('left') ?? undefined
      if (at.parent()?.kind() !== 'expression_statement' || /[[*]/.test(shortly(left))) return null
      return placeOf(left)
    }
    if (at.kind() !== 'cast_expression' && at.kind() !== 'parenthesized_expression') return null
  }
  return null
}

const reads =
  'strcpy|strncpy|strcat|memcpy|memset|memmove|sprintf|snprintf|fgets|fread|fwrite|fprintf|fscanf|fputs|strlen|fseek|getc|fgetc|fputc|feof|atoi'

function unchecked(node: Tree, piece: Piece): boolean {
  const place = keptIn(node)
  if (place === null) return false
  const rest = restOfBlock(piece, node)
  const { use, code } = nextUse(place, rest)
  if (use !== 'used') return false
  const before = rest.slice(Math.max(0, rest.length - code.length - 60), rest.length - code.length)
  if (through(place, code)) return true
  return /\*\s*$/.test(before) ? !/\w\s*\*\s*$/.test(before) : new RegExp(`\\b(?:${reads})\\s*\\([^;()]*$`).test(before)
}

export default rule({
  id: 'cpp/unchecked-result',
  cwe: ['CWE-476', 'CWE-690', 'CWE-252'],
  languages: ['cpp'],
  title: 'A pointer that may be null is used unseen',
  needs: ['alloc', 'fopen', 'strchr', 'strstr', 'strdup', 'getenv', 'popen', 'opendir'],
  call: {
    name: named(
      'malloc|calloc|realloc|kmalloc|kzalloc|strdup|strndup|fopen|fdopen|popen|opendir|strchr|strrchr|strstr|strpbrk|getenv|av_malloc\\w*',
    ),
    weak: ({ node }, piece) => unchecked(node, piece),
  },
  vulnerable: [
    'char *copy(size_t n) {\n  char *p = malloc(n);\n  p[0] = 0;\n  return p;\n}\n',
    'void first(const char *path) {\n  FILE *f = fopen(path, "r");\n  char line[80];\n  fgets(line, sizeof line, f);\n}\n',
  ],
  fixed: [
    'char *copy(size_t n) {\n  char *p = malloc(n);\n  if (!p) return NULL;\n  p[0] = 0;\n  return p;\n}\n',
    'char *copy(size_t n) {\n  char *p = (char *)malloc(n);\n  if (p == NULL) return NULL;\n  memset(p, 0, n);\n  return p;\n}\n',
  ],
})
