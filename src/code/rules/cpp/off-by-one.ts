import { localArray, named, placeOf, scopeOf } from '../../c.ts'
import { shortly } from '../../calls.ts'
import type { Piece } from '../../piece.ts'
import { rule } from '../../rule.ts'
import type { Tree } from '../../tree.ts'

const plain = (text: string): string => text.replace(/\s+/g, '')

/** `for (i = 0; i <= n; ...)` that looks at `a[i]` of an array with n elements. */
function oneTooFar(loop: Tree, piece: Piece): boolean {
  const condition = plain(shortly(loop.field('condition'), 200))
  const [, index, end] = /^(\w+)<=(.+)$/.exec(condition) ?? []
  const body = loop.field('body')
  if (!index || !end || !body) return false
  const { start, end: stop } = body.range()
  const inside = piece.code.slice(start.index, Math.min(stop.index, start.index + 2000))
  for (const [, array] of inside.matchAll(new RegExp(`\\b(\\w+)\\s*\\[\\s*${index}\\s*\\]`, 'g'))) {
    const size = localArray(array!, piece, body)
    if (size !== null && size !== '' && plain(size) === end) return true
    if (end === `sizeof(${array})` || end === `sizeof(${array})/sizeof(${array}[0])` || end === `strlen(${array})+1`)
      return true
  }
  return false
}

/** The element behind the last one. */
function behind(node: Tree, piece: Piece): boolean {
  const name = placeOf(node.field('argument') ?? undefined)
  const index = plain(shortly(node.field('indices') ?? node.field('index'), 100)).replace(/^\[|\]$/g, '')
  if (name === null || !/^\w+$/.test(name)) return false
  if (index === `sizeof(${name})` || index === `sizeof${name}`) return true
  if (!/^(?:\d+|[A-Z_][A-Z0-9_]*)$/.test(index)) return false
  const size = localArray(name, piece, node)
  return size !== null && plain(size) === index && !/^\s*(?:static\s+)?\w+\s+\w*$/.test(shortly(node.parent(), 40))
}

/** `malloc(strlen(s))` has no room for the end of the text. */
const noEnd = (args: readonly Tree[], node: Tree, piece: Piece): boolean => {
  const size = plain(shortly(args[0], 120))
  const text = /^(?:sizeof\(char\)\*)?strlen\((\w+)\)(?:\*sizeof\(char\))?$/.exec(size)?.[1]
  if (!text) return false
  const { code, start } = scopeOf(piece, node)
  return new RegExp(`\\bstr(?:cpy|cat)\\s*\\([^;]{0,80},\\s*${text}\\b`).test(
    code.slice(node.range().end.index - start).slice(0, 1500),
  )
}

export default rule({
  id: 'cpp/off-by-one',
  cwe: ['CWE-193', 'CWE-787', 'CWE-125', 'CWE-131', 'CWE-119'],
  languages: ['cpp'],
  title: 'Reaches one element too far',
  needs: ['<=', 'sizeof', '[', 'strlen'],
  where: function* (piece) {
    for (const loop of piece.all('for_statement')) if (oneTooFar(loop, piece)) yield loop
    for (const node of piece.all('subscript_expression')) if (behind(node, piece)) yield node
    for (const { node, name, args } of piece.calls)
      if (named('malloc').test(name) && noEnd(args, node, piece)) yield node
  },
  vulnerable: [
    'int sum(void) {\n  int a[10] = {0}, s = 0;\n  for (int i = 0; i <= 10; i++) s += a[i];\n  return s;\n}\n',
    'void end(void) {\n  char b[32];\n  fill(b);\n  b[sizeof(b)] = 0;\n}\n',
    'char *copy(const char *s) {\n  char *t = malloc(strlen(s));\n  if (t) strcpy(t, s);\n  return t;\n}\n',
  ],
  fixed: [
    'int sum(void) {\n  int a[10] = {0}, s = 0;\n  for (int i = 0; i < 10; i++) s += a[i];\n  return s;\n}\n',
    'void end(void) {\n  char b[32];\n  fill(b);\n  b[sizeof(b) - 1] = 0;\n}\n',
  ],
})
