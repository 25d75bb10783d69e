import { describe, expect, it } from 'vitest'
import { join, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { r } from '../../../test/model-zoo/arrays/r-data.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('model.rds', data)).root
const acts = async (data: Uint8Array) =>
  (await root(data)).programs.flatMap(p => p.acts.map(a => `${a.kind} ${a.name} (${a.by})`))
const code = r.call('system', r.text('true'))
const honest = r.file(
  r.with(r.list(r.numbers(1, 2), r.call('lm', r.symbol('formula')), r.environment({ x: r.numbers(1) })), {
    class: r.text('lm'),
  }),
)

describe('R data', () => {
  it('reads an honest object to its last byte', async () => {
    const { format, notes, unread, facts } = await root(honest)
    expect([format, notes, unread]).toEqual(['r-data', [], []])
    expect(facts).toContainEqual({ name: 'written by', value: 'R 4.3.2' })
    expect(await acts(honest)).toEqual(['call lm (data)'])
  })

  it('tells promises by their place, and whether they have their value', async () => {
    expect(await acts(r.file(r.promise(code)))).toEqual(['call system (promise)', 'call promise (promise in data)'])
    expect(await acts(r.file(r.list(r.promise(code))))).toContain('call promise (promise in data)')
    expect(await acts(r.file(r.with(r.numbers(1), { a: r.promise(code) })))).toContain('call promise (promise in data)')
    expect(await acts(r.file(r.environment({ x: r.promise(code) })))).toContain('call promise (promise in environment)')
    const kept = r.file(r.environment({ x: r.promise(code, r.numbers(1)) }))
    expect(await acts(kept)).toContain('call forced promise (promise in environment)')
    expect(await acts(r.image({ x: r.promise(code) }))).toContain('call promise (promise in data)')
  })

  it('tells calls in functions from expressions that are data', async () => {
    expect(await acts(r.file(r.closure(r.call('{', code))))).toEqual(['call { (function)', 'call system (function)'])
    expect(await acts(r.file(code))).toEqual(['call system (data)'])
    const { programs } = await root(r.file(r.closure(r.call('::', r.symbol('base'), r.symbol('system')))))
    expect(programs[0]?.listing?.(9)).toEqual([expect.stringMatching(/^\d+: base :: system {2}# function$/)])
  })

  it('looks into raw vectors and behind the end', async () => {
    expect((await root(r.file(r.raw(payload)))).members.map(m => m.format)).toEqual(['pickle'])
    const behind = await root(join(honest, payload))
    expect(behind.notes.map(n => n.rule)).toEqual(['r-data-tail'])
    expect(behind.members[0]?.size).toBe(payload.length)
  })

  it('reads the text encoding', async () => {
    const text = 'A\n3\n263170\n197888\n5\nUTF-8\n6\n1\n262153\n6\nsystem\n2\n16\n1\n262153\n5\na\\040\\"b\\n\n254\n'
    const { notes, unread, programs } = await root(new TextEncoder().encode(text))
    expect([notes, unread]).toEqual([[], []])
    expect(programs[0]?.acts[0]).toMatchObject({ name: 'system', args: [{ value: '"a \\"b\\n"' }] })
  })

  it('never takes a broken file for whole, never gives up, and reads deep lists', async () => {
    expect((await cutEverywhere('a.rds', honest)).clean).toEqual([])
    expect((await mutateOften('a.rds', honest, 300)).threw).toEqual([])
    let deep = r.numbers(1)
    for (let k = 0; k < 2000; k++) deep = r.list(deep)
    expect((await root(r.file(deep))).unread).toEqual([])
  })
})
