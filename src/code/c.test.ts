import { describe, expect, it } from 'vitest'
import { checked, localArray, placesIn } from './c.ts'
import { nextUse, restOfBlock } from './c-uses.ts'
import { parsedAs } from './parsed.ts'
import { Piece } from './piece.ts'

/** The piece and its call of `use`. */
function at(code: string) {
  const parsed = parsedAs(code, 'cpp')
  if (!parsed) throw new Error('no grammar')
  const piece = new Piece(parsed.code, 'cpp', parsed.root)
  return { piece, node: piece.calls.find(call => call.name === 'use')!.node }
}

describe('checks in C', () => {
  it.each([
    ['a length compared before', 'void f(int n) { if (n > 10) return; use(n); }', true],
    ['a field compared before', 'void f(struct s *p) { if (p->n > MOST) return; use(p->n); }', true],
    ['the smaller of two', 'void f(int n) { n = MIN(n, 10); use(n); }', true],
    ['a length compared later', 'void f(int n) { use(n); if (n > 10) return; }', false],
    ['more than nothing', 'void f(int n) { if (n > 0) use(n); }', false],
    ['the end of a loop', 'void f(int n) { for (int i = 0; i < n; i++) use(n); }', false],
    ['a comparison in a remark', 'void f(int n) { /* n < 10 */ use(n); }', false],
    ['a comparison in another function', 'void g(int n) { if (n > 10) return; } void f(int n) { use(n); }', false],
    ['a shift', 'void f(int n) { int k = n << 2; use(n); }', false],
  ])('%s', (_, code, expected) => {
    const { piece, node } = at(code)
    expect(checked(placesIn(code.includes('use(p->n)') ? 'p->n' : 'n')[0]!, piece, node)).toBe(expected)
  })

  it('knows arrays of the function by their size, and no parameters or fields', () => {
    const { piece, node } = at('void f(char p[4]) { struct s { char q[8]; }; char a[16]; use(a); }')
    expect(['a', 'p', 'q', 'none'].map(name => localArray(name, piece, node))).toEqual(['16', null, null, null])
  })
})

describe('what becomes of a variable', () => {
  const becomes = (rest: string) => {
    const { piece, node } = at(`void f(struct s *p) { if (p) { use(p); ${rest} } p->n = 1; }`)
    return nextUse('p', restOfBlock(piece, node)).use
  }
  it.each([
    ['p = next(q);', 'set'],
    ['take(&p);', 'set'],
    ['if (!p) return;', 'tested'],
    ['if (p == NULL) return;', 'tested'],
    ['print(p->name);', 'used'],
    ['*p = zero;', 'used'],
    ['return; print(p->name);', 'none'],
    ['other(pp, x->p);', 'none'],
  ])('%s', (rest, use) => {
    expect(becomes(rest)).toBe(use)
  })
})
