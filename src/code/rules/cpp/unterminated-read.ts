import { lastName, named, scopeOf } from '../../c.ts'
import { type Call, shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

/** `n = read(fd, b, sizeof b); b[n] = 0` writes behind the array when it is full. */
function full({ node, name, args }: Call, piece: Piece): boolean {
  const [at, sized] = /^(?:fread)$/.test(lastName(name)) ? [0, 2] : [1, 2]
  const to = shortly(args[at], 60)
  const size = shortly(args[sized], 80).replace(/\s+/g, '')
  if (!/^\w+$/.test(to) || (size !== `sizeof(${to})` && size !== `sizeof${to}`)) return false
  const count = /(\w+)\s*=\s*(?:\([^()]*\)\s*)?$/.exec(
    piece.code.slice(Math.max(0, node.range().start.index - 60), node.range().start.index),
  )?.[1]
  if (!count) return false
  const { code, start } = scopeOf(piece, node)
  const rest = code.slice(node.range().end.index - start).slice(0, 1500)
  const use = new RegExp(`\\b${to}\\s*\\[\\s*${count}\\s*\\]\\s*=`).exec(rest)
  return (
    use !== null &&
    !new RegExp(
      `\\b${count}\\s*(?:>=?|==)\\s*(?:\\(\\w+\\)\\s*)?sizeof|sizeof[^;]{0,20}<=?\\s*\\(?\\w*\\)?\\s*${count}\\b`,
    ).test(rest.slice(0, use.index))
  )
}

export default rule({
  id: 'cpp/unterminated-read',
  cwe: ['CWE-787', 'CWE-193', 'CWE-170', 'CWE-121'],
  languages: ['cpp'],
  title: 'No room is left for the end of a text that was read',
  needs: ['read', 'recv'],
  call: { name: named('read|recv|recvfrom|readlink|fread|SSL_read'), weak: full },
  vulnerable: [
    'void take(int fd) {\n  char b[256];\n  ssize_t n = read(fd, b, sizeof(b));\n  b[n] = 0;\n  puts(b);\n}\n',
  ],
  fixed: [
    'void take(int fd) {\n  char b[256];\n  ssize_t n = read(fd, b, sizeof(b) - 1);\n  if (n < 0) return;\n  b[n] = 0;\n  puts(b);\n}\n',
  ],
})
