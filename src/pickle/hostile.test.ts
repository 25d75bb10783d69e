import { describe, expect, it } from 'vitest'
import { anyStream, mutated } from '../../bench/pickle-mutations.ts'
import { grownStream } from '../../bench/pickle-streams.ts'
import { type Act, type Bytes, memoryBytes, seeded } from '../core/index.ts'
import { looksLikePickle, type PickleItems, type PickleRun, runPickle } from './index.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const steps = 50_000_000
const run = (data: Uint8Array): PickleRun => runPickle(memoryBytes(data), 0, { steps })
const keys = (acts: readonly Act[]) =>
  acts.map(({ kind, module, name, by, offset }) => JSON.stringify([kind, module, name, by, offset]))
const payload = bytes("cos\nsystem\n(S'true'\ntR")
const padded = (start: string, times: number, piece: string, rest: Uint8Array = payload): Uint8Array => {
  const one = bytes(piece)
  const data = new Uint8Array(start.length + one.length * times + rest.length)
  data.set(bytes(start))
  for (let k = 0; k < times; k++) data.set(one, start.length + k * one.length)
  data.set(rest, data.length - rest.length)
  return data
}

describe('bombs', () => {
  it('of the memo grow nothing: each value is one however often it is held', () => {
    let laughs = '('
    for (let k = 0; k < 100; k++) laughs += `lp${k}\n${`g${k}\n`.repeat(9)}(`
    const { program, root } = run(bytes(`${laughs}t${'\x85'.repeat(50)}.`))
    expect([program.acts, root]).toMatchObject([[], { kind: 'tuple' }])
    expect(program.listing!(10).join('').length).toBeLessThan(2000)
  })

  it('of indexes and lengths take no memory for what they name', () => {
    expect(run(bytes('Nr\xff\xff\xff\xffj\xff\xff\xff\xff.')).damaged).toBeUndefined()
    expect(run(bytes(`Np${'9'.repeat(40)}\ng${'9'.repeat(40)}\n.`)).damaged).toBeUndefined()
    for (const cut of ['\x8e', '\x8d', '\x96'])
      expect(run(bytes(`${cut}\xff\xff\xff\xff\xff\xff\xff\x7fabc`)).damaged).toContain('beyond the end')
    expect(run(bytes('\x8b\xff\xff\xff\x7fabc')).damaged).toContain('beyond the end')
  })

  it('of marks, stacks and texts end, and are said', () => {
    const marks = run(padded('', 1_100_000, '('))
    expect(marks.damaged).toContain('open marks')
    const stack = run(padded('', 4_200_000, 'N'))
    expect(stack.damaged).toContain('on its stack')
    const names = run(
      padded('', 0, '', bytes(Array.from({ length: 30_000 }, (_, k) => `cm${k}\nf\n0`).join('') + 'N.')),
    )
    expect(names.damaged).toContain('different things')
    expect(names.program.acts.length).toBe(20_000)
    expect(run(bytes('N0'.repeat(400_000))).damaged).toContain('without STOP')
    expect(runPickle(memoryBytes(bytes('N0N0N0N.')), 0, { steps: 5 }).damaged).toContain('more than 5 opcodes')
  })

  it('of objects lose what they hold, never what is done to them', () => {
    const busy = run(padded('', 1_200_000, ')0', bytes("cos\nsystem\n(S'true'\ntR}bN\x85R.")))
    expect(busy.program.acts.map(act => `${act.kind} ${act.name}`)).toEqual([
      'import system',
      'call system',
      'set system',
      'unresolved ',
    ])
  })

  it('of long texts that are used again and again are read once', () => {
    const text = 'x'.repeat(8_000_000)
    const long = `X${String.fromCharCode(0, 0x12, 0x7a, 0)}${text}\x94`
    const named = run(padded(long, 20_000, 'h\0h\0\x930', bytes('N.')))
    expect(named.program.acts).toMatchObject([{ kind: 'unresolved', count: 20_000 }])
    const called = run(padded(`${long}cm\nf\n\x94`, 20_000, 'h\x01h\0\x85R0', bytes('h\0.')))
    expect(called.program.acts.at(-1)).toMatchObject({ kind: 'call', count: 20_000 })
    expect(called.root).toBe(text)
    const held = run(padded(`${long}(`, 20_000, 'h\0', bytes('t.'))).root as PickleItems
    expect(held.items[19_999]).toBe(text)
    const digits = run(padded(`I${'9'.repeat(8_000_000)}\n\x94cm\nf\n\x94`, 20_000, 'h\x01h\0\x85R0', bytes('N.')))
    expect(digits.program.acts.at(-1)).toMatchObject({ kind: 'call', count: 20_000 })
  })

  it('of memo entries that follow one another or stand alone are kept', () => {
    const marks = Array.from({ length: 300 }, (_, k) => `r${String.fromCharCode(k & 255, k >> 8, 77, 99)}`).join('')
    expect(run(bytes(`\x8c\x02os${marks}0j\x05\x00Mc\x8c\x01f\x93.`)).program.acts[0]).toMatchObject({ module: 'os' })
    expect(
      run(padded('\x8c\x02os', 500_000, '\x94', bytes('\x8c\x01fj\x00\x00\x05\x002\x93.'))).damaged,
    ).toBeUndefined()
  })
})

describe('what is cut or changed', () => {
  const random = seeded(11)
  const streams = Array.from({ length: 60 }, () => grownStream(random))

  it('never throws, and keeps what stands before the cut', () => {
    for (const stream of streams) {
      const whole = new Set(keys(run(stream).program.acts))
      for (let size = 0; size < stream.length; size++) {
        const { program, end, notes } = run(stream.subarray(0, size))
        if (notes.some(note => note.text.includes('frame'))) continue
        const before = program.acts.filter(act => act.offset < end)
        expect(keys(before).filter(key => !whole.has(key))).toEqual([])
      }
    }
  })

  it('never throws on mutations, and tells of all of them what it would do, as values and as statements', () => {
    for (let k = 0; k < 3000; k++) {
      const stream = k % 2 ? anyStream(random) : mutated(streams[k % 60]!, streams[(k * 7) % 60]!, random)
      const result = run(stream)
      expect(result.end).toBeLessThanOrEqual(stream.length)
      expect(result.program.listing!(5).length).toBeLessThanOrEqual(6)
      expect(result.root).toBeDefined()
      for (const constant of result.constants) constant.read()
      looksLikePickle(stream, stream.length)
    }
  })

  it('reads the same through windows of any kind', () => {
    const long = padded('', 30_000, "S'abc'\n0cm\nf\n0\x8c\x03xyz0", bytes("cos\nsystem\n(S'true'\ntR."))
    const fresh: Bytes = { size: long.length, read: (start, end) => long.slice(start, end) }
    const scratch = new Uint8Array(long.length)
    const reused: Bytes = {
      size: long.length,
      read(start, end) {
        scratch.fill(0xff)
        scratch.set(long.subarray(start, end))
        return scratch.subarray(0, Math.max(0, Math.min(end, long.length) - start))
      },
    }
    for (const each of [fresh, reused]) {
      const result = runPickle(each, 0, { steps })
      expect(result.damaged).toBeUndefined()
      expect(keys(result.program.acts)).toEqual(keys(run(long).program.acts))
    }
  })
})

it('says that an index of the memo would take gigabytes', () => {
  const huge = Uint8Array.of(0x4e, 0x72, 0xff, 0xff, 0xff, 0x7f, 0x2e)
  const { notes } = runPickle(memoryBytes(huge), 0, { steps: 100 })
  expect(notes.map(note => note.text).join()).toContain('memo index 2147483647')
  const small = Uint8Array.of(0x4e, 0x72, 0xff, 0x00, 0x00, 0x00, 0x2e)
  expect(runPickle(memoryBytes(small), 0, { steps: 100 }).notes).toEqual([])
})
