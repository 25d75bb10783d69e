import { scopeOf } from '../../c.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const bytes =
  /\b(?:const\s+)?(?:unsigned\s+)?(?:char|uint8_t|u8|ut8|u_char|uchar|UChar|BYTE|UINT8|guint8|byte|u_int8_t|void)\s*\*\s*(?:const\s+)?(\w+)/g
const length =
  /\b(?:u?int(?:8|16|32|64)?(?:_t)?|long|size_t|ssize_t|long|u32|u16|ut32|ut64|unsigned|guint|DWORD|UINT32|unsigned\s+int)\s+(\w*(?:len|length|size|sz|avail|remaining|nbytes|count))\s*(?:,|\)|$)/gi

/** Bytes and how many there are: the function reads some and never asks. */
function ignored(f: Tree, piece: Piece): boolean {
  const { code, head, compared } = scopeOf(piece, f)
  const open = head.indexOf('(')
  const parameters = head.slice(Math.max(open, 0), open + 1000)
  const pointers = [...parameters.matchAll(bytes)].map(m => m[1]!)
  const lengths = [...parameters.matchAll(length)].map(m => m[1]!)
  if (pointers.length === 0 || lengths.length === 0) return false
  const body = code.slice(head.length, head.length + 20_000)
  // A loop that ends at the length, or a call that is told of it, minds it.
  const minded = lengths.some(name => compared.has(name) || new RegExp(`\\b${name}\\b`).test(body))
  if (minded) return false
  return pointers.some(name => new RegExp(`\\b${name}\\s*\\[|\\*\\s*\\(?${name}\\b\\s*(?:\\+|\\)|;|,)`).test(body))
}

export default rule({
  id: 'cpp/ignored-length',
  cwe: ['CWE-125', 'CWE-787', 'CWE-119', 'CWE-126'],
  languages: ['cpp'],
  title: 'Reads bytes and never asks how many there are',
  needs: ['len', 'size', 'sz', 'avail', 'remaining', 'nbytes', 'count', 'Len', 'Size'],
  where: piece => piece.all('function_definition').filter(f => ignored(f, piece)),
  vulnerable: ['int kind(const uint8_t *data, size_t len) {\n  return data[0] << 8 | data[1];\n}\n'],
  fixed: [
    'int kind(const uint8_t *data, size_t len) {\n  if (len < 2) return -1;\n  return data[0] << 8 | data[1];\n}\n',
  ],
})
