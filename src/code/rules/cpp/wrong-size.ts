import { lastName, localArray, named, placeOf } from '../../c.ts'
import { type Call, shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'

/** Where a function has its target and the size that it trusts. */
const places: readonly (readonly [names: string, to: number, size: number])[] = [
  ['fgets|snprintf|vsnprintf|strlcpy|strlcat|getcwd|gethostname|fgetws', 0, 1],
  ['memcpy|memmove|memset|strncpy|strncat|bcopy', 0, 2],
  ['read|recv|recvfrom|pread|readlink', 1, 2],
]

function more({ node, name, args }: Call, piece: Piece): boolean {
  const place = places.find(([names]) => new RegExp(`^(?:${names})$`).test(lastName(name)))
  if (!place) return false
  const to = placeOf(args[place[1]])
  const size = shortly(args[place[2]], 200)
  const held = to !== null && /^\w+$/.test(shortly(args[place[1]], 80)) ? localArray(to, piece, node) : null
  if (held !== null && /^\d+$/.test(held) && /^\d+$/.test(size))
    return Number(size) > Number(held) * (/\bchar\b/.test(piece.code) ? 1 : 8)
  // The size of what is read says nothing about the room there is.
  const from = placeOf(args[place[0].startsWith('memcpy') ? 1 : -1])
  if (from === null || !/^(?:memcpy|strncpy|strncat)$/.test(lastName(name))) return false
  return (
    new RegExp(`^strlen\\s*\\(\\s*${from.replace(/[^\w]/g, '\\W+')}\\s*\\)(?:\\s*\\+\\s*1)?$`).test(size) &&
    !allocated(to, from, piece)
  )
}

/** Room made by the length of the same text is enough. */
const allocated = (to: string | null, from: string, piece: Piece): boolean => {
  const last = from.split('.').at(-1)!.replace(/\W/g, '')
  return (
    to === null ||
    new RegExp(
      `alloc\\w*\\s*\\([^;]{0,120}(?:strlen\\s*\\([^;)]{0,60}\\b${last}\\b|len|size)|new\\s+char\\s*\\[[^;\\]]{0,80}(?:\\b${last}\\b|len|size)|strlen\\s*\\([^;)]{0,60}\\b${last}\\b[^;)]{0,20}\\)\\s*[<>]`,
    ).test(piece.code)
  )
}

export default rule({
  id: 'cpp/wrong-size',
  cwe: ['CWE-787', 'CWE-805', 'CWE-120', 'CWE-121', 'CWE-119'],
  languages: ['cpp'],
  title: 'The limit is not the size of the target',
  needs: ['gets', 'printf', 'strl', 'mem', 'strn', 'read', 'recv', 'getcwd', 'gethostname', 'bcopy'],
  call: { name: named(places.map(p => p[0]).join('|')), weak: more },
  vulnerable: [
    'int line(void) {\n  char buf[64];\n  if (!fgets(buf, 128, stdin)) return 1;\n  return puts(buf);\n}\n',
    'void name(struct user *u, const char *s) { strncpy(u->name, s, strlen(s)); }\n',
  ],
  fixed: [
    'int line(void) {\n  char buf[64];\n  if (!fgets(buf, 64, stdin)) return 1;\n  return puts(buf);\n}\n',
    'char *copy(const char *s) {\n  char *t = malloc(strlen(s) + 1);\n  if (!t) return 0;\n  memcpy(t, s, strlen(s) + 1);\n  return t;\n}\n',
  ],
})
