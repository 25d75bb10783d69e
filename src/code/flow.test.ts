import { describe, expect, it } from 'vitest'
import type { CodeLanguage } from '../core/index.ts'
import { flowOf } from './flow.ts'
import { judgeCode } from './judge.ts'
import { parsedAs } from './parsed.ts'
import { Piece } from './piece.ts'

/** What is known of the first argument of `sink(…)`. */
function flow(code: string, language: CodeLanguage = 'python') {
  const { code: parsed, root } = parsedAs(code, language)!
  const piece = new Piece(parsed, language, root)
  const { origin, built } = flowOf(piece.calls.find(c => /sink$/.test(c.name))!.args[0], piece)
  return `${origin}${built ? ', built' : ''}`
}

describe('where a value comes from', () => {
  it.each([
    ["sink('a' + 'b')", 'constant'],
    ["NAME = 'a'\ndef f():\n    sink('x' + NAME)", 'constant'],
    ["def f(a):\n    sink('x' + a)", 'parameter, built'],
    ["def f(a):\n    q = 'x %s' % a\n    sink(q)", 'parameter, built'],
    ["def f(a):\n    q = 'x'\n    q += a\n    sink(q)", 'parameter, built'],
    ["def f(a):\n    sink('x {}'.format(int(a)))", 'constant'],
    ["def f(a):\n    sink([a, 'x' + a])", 'parameter'],
    ["def f():\n    a = request.args.get('a')\n    sink(f'x {a}')", 'input, built'],
    ['def f():\n    sink(load())', 'unknown'],
    ['def f(a):\n    def g(b):\n        sink(a)', 'parameter'],
    ['def f(a):\n    a = a\n    sink(a)', 'parameter'],
    ["def f(a):\n    sink('y' if a == 'x' else 'z')", 'constant'],
    ["marks = ','.join('?' * len(rows))\nsink('IN (' + marks + ')')", 'constant'],
  ])('Python: %s', (code, known) => {
    expect(flow(code)).toBe(known)
  })
  it.each([
    ['javascript', 'function f(req) { const a = "x " + req.query.a; sink(a) }', 'input, built'],
    ['typescript', "function f(a: string) { sink('x' + a) }", 'parameter, built'],
    ['java', 'class A { void f(String a) { String q = "x" + a; sink(q); } }', 'parameter, built'],
    ['go', 'package m\nfunc f(a string) { q := fmt.Sprintf("x %s", a); sink(q) }', 'parameter, built'],
    ['php', '<?php function f() { $q = "x {$_GET[\'a\']}"; sink($q); }', 'input, built'],
    ['cpp', 'void f(char *a) { char b[9]; sprintf(b, "x %s", a); sink(b); }', 'parameter, built'],
    ['csharp', 'class A { void F(string a) { var q = $"x {a}"; sink(q); } }', 'parameter, built'],
    ['ruby', 'def f\n  q = "x #{params[:a]}"\n  sink(q)\nend', 'input, built'],
  ] as const)('%s', (language, code, known) => {
    expect(flow(code, language)).toBe(known)
  })
})

describe('pieces that do not parse alone', () => {
  const lines = (code: string, language: CodeLanguage) => judgeCode(code, language).findings.map(f => f.line)
  it('keep their lines in a frame', () => {
    expect(lines('    def f(self, x):\n        return eval(x)\n', 'python')).toEqual([2])
    expect(lines('of it all.\n"""\ndef f(x):\n    return eval(x)\n', 'python')).toEqual([4])
  })
  it('are completed when they were cut off, and called incomplete', () => {
    const judged = judgeCode('def f(x):\n    y = 1\n    return eval(x', 'python')
    expect([judged.parsed, judged.findings.map(f => f.line)]).toEqual(['partly', [3]])
    expect(judgeCode('x = eval(y)\n', 'python').parsed).toBe('whole')
  })
})
