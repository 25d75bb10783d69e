import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../core/index.ts'
import { type PickleRun, runPickle } from './index.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const run = (text: string): PickleRun => runPickle(memoryBytes(bytes(text)), 0, { steps: 1e6 })
const acts = (text: string): string[] =>
  run(text).program.acts.map(({ kind, module, name, by, count }) =>
    [kind, module ? `${module}.${name}` : name, by, ...(count > 1 ? [`×${count}`] : [])].join(' '),
  )
/** SHORT_BINUNICODE. */
const text = (value: string) => `\x8c${String.fromCharCode(value.length)}${value}`
const named = (module: string, name: string) => `${text(module)}${text(name)}\x93`

describe('what a pickle does', () => {
  it('says each call with the opcode that makes it, also when the result is thrown away', () => {
    expect(acts("cos\nsystem\n(S'true'\ntR0N.")).toEqual(['import os.system GLOBAL', 'call os.system REDUCE'])
    expect(acts("(S'true'\nios\nsystem\n.")).toEqual(['import os.system INST', 'call os.system INST'])
    expect(acts("(cos\nsystem\nS'true'\no0N.")).toEqual(['import os.system GLOBAL', 'call os.system OBJ'])
    expect(acts(`\x80\x04${named('m', 'C')})\x81.`)).toEqual(['import m.C STACK_GLOBAL', 'call m.C NEWOBJ'])
    expect(acts(`\x80\x04${named('m', 'C')})}\x92.`)).toEqual(['import m.C STACK_GLOBAL', 'call m.C NEWOBJ_EX'])
  })

  it('gives the arguments of a call, and its keywords', () => {
    expect(run("cos\nsystem\n(S'true'\nI7\ncm\nn\ntR.").program.acts.at(-1)!.args).toEqual([
      { kind: 'constant', value: 'true' },
      { kind: 'constant', value: 7 },
      { kind: 'global', module: 'm', name: 'n' },
    ])
    expect(run(`${named('m', 'C')})}${text('k')}K\x01s\x92.`).program.acts.at(-1)!.args).toMatchObject([
      { kind: 'list', size: 2, items: [{ value: 'k' }, { value: 1 }] },
    ])
  })

  it('keeps names as they are, dots included', () => {
    expect(acts(`\x80\x04${named('a.b', 'c.d.e')}.`)).toEqual(['import a.b.c.d.e STACK_GLOBAL'])
    expect(run(`${named('a.b', 'c.d.e')}.`).program.acts[0]).toMatchObject({ module: 'a.b', name: 'c.d.e' })
  })

  it('finds the operands of STACK_GLOBAL through memo, copies, marks and drops', () => {
    const wanted = 'import os.system STACK_GLOBAL'
    expect(acts(`${text('os')}\x94${text('system')}\x9400h\x00h\x01\x93.`)).toEqual([wanted])
    expect(acts(`${text('os')}${text('x')}0${text('system')}20\x93.`)).toEqual([wanted])
    expect(acts(`${text('os')}(NN1${text('system')}\x93.`)).toEqual([wanted])
    expect(acts(`${text('os')}p5\n${text('system')}r\xff\xff\xff\x7f00g5\nj\xff\xff\xff\x7f\x93.`)).toEqual([wanted])
    expect(acts("U\x02osS'sys\\x74em'\n\x93.")).toEqual([wanted])
    expect(acts('Vo\\u0073\nVsystem\n\x93.')).toEqual([wanted])
  })

  it('calls a global unresolved when only the run knows its name', () => {
    expect(acts(`${named('m', 'f')})R${text('x')}\x93)R.`)).toEqual([
      'import m.f STACK_GLOBAL',
      'call m.f REDUCE',
      'unresolved x STACK_GLOBAL',
      'unresolved  REDUCE',
    ])
    expect(acts('\x82\x05)R.')).toEqual(['unresolved extension 5 EXT1', 'unresolved  REDUCE'])
    expect(acts('\x84\xff\xff\xff\xff.')).toEqual(['unresolved extension -1 EXT4'])
  })

  it('tells the call of a result from the call of the function', () => {
    expect(acts('coperator\nattrgetter\n)R)R)R.').slice(1)).toEqual([
      'call operator.attrgetter REDUCE',
      'call operator.attrgetter() REDUCE',
      'call operator.attrgetter()() REDUCE',
    ])
  })

  it('says what is set on what is no fresh container', () => {
    expect(acts(`cm\nC\n)\x81}b]}\x86b0N.`).slice(2)).toEqual(['set m.C BUILD ×2'])
    expect(acts(`cos\nenviron\nS'A'\nS'b'\ns(S'C'\nNu.`).slice(1)).toEqual([
      'set os.environ SETITEM',
      'set os.environ SETITEMS',
    ])
    expect(acts(`cm\nl\nNa(NNe.`).slice(1)).toEqual(['set m.l APPEND', 'set m.l APPENDS'])
    expect(acts(`cm\nl\n(NN\x90.`).slice(1)).toEqual(['set m.l ADDITEMS'])
    expect(acts(']Na(NNe}NNs(NNu\x8f(NN\x90.')).toEqual([])
  })

  it('gives the target of what is set first: a global there is a write to the program itself', () => {
    const [, direct] = run("csys\nmodules\nS'os'\nNs.").program.acts
    expect(direct!.args.slice(0, 2)).toEqual([
      { kind: 'global', module: 'sys', name: 'modules' },
      { kind: 'constant', value: 'os' },
    ])
    const instance = run('cm\nC\n)\x81}b.').program.acts.at(-1)!
    expect(instance.args[0]).toEqual({ kind: 'call', module: 'm', name: 'C', args: [] })
  })

  it('says what the loader is asked for by id', () => {
    expect(acts('Pkey\n.')).toEqual(['persist  PERSID'])
    expect(run('Pkey\n.').program.acts[0]!.args).toEqual([{ kind: 'constant', value: 'key' }])
    expect(run("(S'storage'\ncm\nS\ntQ.").program.acts[1]!.args).toMatchObject([{ kind: 'list', size: 2 }])
  })

  it('counts equal acts, and keeps the first place', () => {
    const [, call] = run('cm\nf\n)R0cm\nf\n)R0cm\nf\n)R.').program.acts
    expect(call).toMatchObject({ kind: 'call', count: 3, offset: 6 })
  })
})

describe('many calls of one function', () => {
  const calls = (count: number, last: string) =>
    Array.from({ length: count }, (_, k) => `cm\nf\n(I${k}\nS'x'\ntR0`).join('') + `cm\nf\n(${last}tR0N.`

  it('are kept apart by their arguments while they are few', () => {
    expect(run(calls(20, "I1\nS'y'\n")).program.acts.filter(act => act.kind === 'call')).toHaveLength(21)
  })

  it('are put together when they are many; an argument that does not vary, and what is named, stays', () => {
    const many = run(calls(5000, "I1\nS'y'\n")).program.acts.filter(act => act.kind === 'call')
    expect(many.length).toBeLessThan(70)
    expect(many.reduce((sum, act) => sum + act.count, 0)).toBe(5001)
    expect(many.at(-1)!.args).toEqual([
      { kind: 'opaque', why: 'differs from call to call' },
      { kind: 'constant', value: 'y' },
    ])
    const hidden = run(calls(5000, 'cos\nsystem\nN')).program.acts.filter(act => act.kind === 'call')
    expect(hidden.at(-1)!.args[0]).toEqual({ kind: 'global', module: 'os', name: 'system' })
  })
})

describe('broken streams', () => {
  const payload = "cos\nsystem\n(S'true'\ntR"

  it('count up to where they break, and say where that is', () => {
    const broken = run(`${payload}\xff\xff.`)
    expect(broken).toMatchObject({ end: payload.length, root: null })
    expect(broken.damaged).toContain('0xff')
    expect(broken.program.incomplete).toBe(broken.damaged)
    expect(broken.program.acts.map(act => act.kind)).toEqual(['import', 'call'])
    expect(run(payload).damaged).toContain('without STOP')
    expect(run(`${payload}X\xff\xff\xff\x7f`).damaged).toContain('beyond the end')
  })

  it('say what no reader accepts, and read on', () => {
    expect(run('0N.').damaged).toContain('nothing on the stack')
    expect(run('h\x01.').damaged).toContain('memo')
    expect(run('t.').damaged).toContain('MARK')
    expect(run('Ixyz\n.').damaged).toContain('no number')
    expect(run('Sabc\n.').damaged).toContain('quotes')
    expect(acts(`0${payload}.`)).toContain('call os.system REDUCE')
  })
})
