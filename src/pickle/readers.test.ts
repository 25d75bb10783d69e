import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../core/index.ts'
import { runPickle } from './index.ts'

const bytes = (text: string) => Uint8Array.from(text, letter => letter.charCodeAt(0))
const run = (text: string) => runPickle(memoryBytes(bytes(text)), 0, { steps: 1e6 })
const imports = (text: string) =>
  run(text)
    .program.acts.filter(act => act.kind === 'import')
    .map(act => `${act.module} ${act.name}`)
const long = (size: number) => `${String.fromCharCode(size)}\0\0\0\0\0\0\0`
const disagree = (text: string) => {
  const { notes, damaged } = run(text)
  expect(damaged).toBeUndefined()
  return notes.map(note => note.text).join(' ')
}

describe('where the readers of CPython disagree', () => {
  it('reads numbers that only one of them takes', () => {
    for (const line of ['I1_000\n', 'I0x1f\n', 'I 5\n', 'I010\n', 'L12\n', 'L0x1fL\n', 'F1_0.5\n', 'I1\x002\n'])
      expect(disagree(`${line}.`)).toContain('only some readers')
    for (const line of ['I-5\n', 'I00\n', 'I01\n', 'L12L\n', 'F1.5\n', 'F-1e+22\n', 'Fnan\n'])
      expect(disagree(`${line}.`)).toBe('')
    expect(disagree('Np1_0\ng10\n.')).toContain('PUT')
  })

  it('reads a STRING beyond ASCII, and looks up each name that it may be', () => {
    expect(disagree("S'\xe9'\n.")).toContain('beyond ASCII')
    expect(imports("S'm\xc3\xb6'\nS'f'\n\x93.")).toEqual(['m\u00f6 f', 'm\u00c3\u00b6 f'])
  })

  it('reads on behind a frame, and what C reads when it drops the rest of one', () => {
    const straddling = `\x80\x04\x95${long(9)}cos\nsystxem\n.`
    expect(imports(straddling)).toEqual(['os systxem', 'os em'])
    expect(disagree(straddling)).toContain('across the end of a frame')
    expect(run(`\x80\x04\x95${long(2)}N.cos\nsystem\n.`)).toMatchObject({ notes: [], end: 13 })
  })

  it('follows a reader that drops bytes to where it finds what others miss', () => {
    expect(imports(`\x95${long(2)}B\x01\x01\0\0\0 cm\nf\n.`)).toEqual(['m f'])
  })

  it('follows each choice where frames are odd more than once', () => {
    const twice = `\x95${long(7)}cos\nabcX\n0\x95${long(7)}cos\ndefY\n.`
    expect(imports(twice)).toEqual(expect.arrayContaining(['os abcX', 'os defY', 'os X', 'os Y']))
  })

  it('says where each of them goes on behind STOP', () => {
    const { end, otherEnds } = run(`\x80\x04\x95${long(10)}N.${'x'.repeat(8)}N.`)
    expect([end, otherEnds]).toEqual([13, [21]])
  })

  it('reads a name that the end of the file cuts off as Python does, too', () => {
    expect(imports('cos\nsystem')).toEqual(['os syste', 'os system'])
    expect(imports('cosx')).toEqual(['os '])
    expect(run('(ios\nsystemx').program.acts.map(act => act.kind)).toContain('call')
  })

  it('reads names that are empty or beyond ASCII', () => {
    expect(disagree('c\nx\n.')).toContain('empty name')
    expect(imports('cm\xc3\xb6d\nf\n.')).toEqual(['m\u00f6d f'])
  })

  it('reads a protocol that is not there yet', () => {
    expect(disagree('\x80\x09N.')).toContain('protocol 9')
    expect(run('\x80\x05N.')).toMatchObject({ notes: [], protocol: 5 })
  })
})
