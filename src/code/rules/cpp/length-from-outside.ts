import { checked, lastName, named, placeOf, scopeOf } from '../../c.ts'
import { written } from '../../c-uses.ts'
import { type Call, shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const foreign =
  /\b(?:ntoh[sl]|be(?:16|32|64)toh|le(?:16|32|64)toh|(?:be|le)(?:16|32|64)_to_cpup?|get_unaligned_\w+|atoi|atol|strto(?:u?l|u?ll|umax)|getc|fgetc|get_bits\w*|(?:AV_R|avio_r|bytestream2?_get_)[BL]\w*|read_u?int\w*|r_read_\w+|EXTRACT_\w+|stoi|stoul|Stream_Read_\w+)\s*\(/

/** What a place was last set to before a node. */
function origin(place: string, piece: Piece, node: Tree): string {
  const { code, start } = scopeOf(piece, node)
  const before = code.slice(0, node.range().start.index - start)
  let last = ''
  for (const match of before.matchAll(new RegExp(`(?<![\\w.>])${written(place)}\\s*=(?!=)([^;]{0,200});`, 'g')))
    last = match[1]!
  return last
}

const unseen = (value: Tree | undefined, piece: Piece, node: Tree): boolean => {
  const place = placeOf(value)
  return place !== null && foreign.test(origin(place, piece, node)) && !checked(place, piece, node)
}

const sized = ({ name, args }: Call): Tree | undefined =>
  args[/^(?:f?read|recv|recvfrom)$/.test(lastName(name)) ? (lastName(name) === 'fread' ? 1 : 2) : 2]

export default rule({
  id: 'cpp/length-from-outside',
  cwe: ['CWE-125', 'CWE-787', 'CWE-130', 'CWE-129', 'CWE-120'],
  languages: ['cpp'],
  title: 'A length or place read from a message is believed',
  needs: [
    'ntoh',
    'toh',
    '_to_cpu',
    'get_unaligned',
    'ato',
    'strto',
    'getc',
    'get_bits',
    'AV_R',
    'avio_r',
    'bytestream',
    'read_',
    'EXTRACT_',
    'sto',
    'Stream_Read',
  ],
  call: {
    name: named('memcpy|memmove|memcmp|strncpy|read|recv|bcopy'),
    weak: (call, piece) => unseen(sized(call), piece, call.node),
  },
  where: piece =>
    piece.all('subscript_expression').filter(node => {
      const index = node.field('indices')?.namedChildren()[0] ?? node.field('index') ?? undefined
      return index !== undefined && shortly(index, 80) !== '' && unseen(index, piece, node)
    }),
  vulnerable: [
    'void answer(unsigned char *p, unsigned char *out) {\n  unsigned n = ntohs(*(unsigned short *)p);\n  memcpy(out, p + 2, n);\n}\n',
    'int pick(int *table, const char *text) {\n  int i = atoi(text);\n  return table[i];\n}\n',
  ],
  fixed: [
    'int answer(unsigned char *p, size_t have, unsigned char *out) {\n  unsigned n = ntohs(*(unsigned short *)p);\n  if (n + 2 > have) return -1;\n  memcpy(out, p + 2, n);\n  return 0;\n}\n',
    'int pick(int *table, const char *text) {\n  int i = atoi(text);\n  if (i < 0 || i >= 16) return -1;\n  return table[i];\n}\n',
  ],
})
