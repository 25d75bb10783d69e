import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '../core/index.ts'
import { lockedTable } from '../ledger/lock/schema.ts'
import { openTable } from './open.ts'
import { pinTable } from './pin.ts'
import { runDigester } from './row-digest.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bezoar-pin-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Rows = Readonly<Record<string, unknown>>[]
const rowsOf = (count: number): Rows =>
  Array.from({ length: count }, (_, i) => ({ text: `review ${i}, "fine"`, label: i % 2 ? 'pos' : 'neg', stars: i % 6 }))
const jsonl = (rows: Rows): string => rows.map(row => `${JSON.stringify(row)}\n`).join('')

async function pinOf(name: string, content: string | Uint8Array) {
  const path = join(folder, name)
  await writeFile(path, content)
  return pinTable(path)
}
const differing = (a: readonly string[], b: readonly string[]): number[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).filter(i => a[i] !== b[i])

describe('pinTable', () => {
  it('gives what a lock can hold', async () => {
    const pin = await pinOf('a.jsonl', jsonl(rowsOf(2500)))
    expect(() => lockedTable.parse(pin)).not.toThrow()
    expect(pin).toMatchObject({ rows: 2500, lostRows: 0, shards: [{ name: 'a.jsonl', rows: 2500, blockRows: 1024 }] })
    expect(pin.shards[0]!.blocks).toHaveLength(3)
    expect(pin.columns.map(c => c.name)).toEqual(['text', 'label', 'stars'])
  })

  it('names the run that was edited, also in a column without a role, and the run from which rows moved', async () => {
    const rows = rowsOf(5000)
    const before = (await pinOf('a.jsonl', jsonl(rows))).shards[0]!
    const edited = rows.with(2100, { ...rows[2100], stars: 99 })
    const after = (await pinOf('a.jsonl', jsonl(edited))).shards[0]!
    expect(differing(before.blocks, after.blocks)).toEqual([2])
    expect(after.digest).not.toBe(before.digest)
    const appended = (await pinOf('a.jsonl', jsonl([...rows, rows[0]!]))).shards[0]!
    expect(differing(before.blocks, appended.blocks)).toEqual([4])
    const inserted = (await pinOf('a.jsonl', jsonl(rows.toSpliced(3500, 0, rows[0]!)))).shards[0]!
    expect(differing(before.blocks, inserted.blocks)).toEqual([3, 4])
    const swapped = rows.with(10, rows[11]!).with(11, rows[10]!)
    expect(differing(before.blocks, (await pinOf('a.jsonl', jsonl(swapped))).shards[0]!.blocks)).toEqual([0])
  })

  it('tells rows that were appended from rows that were edited', async () => {
    for (const count of [1500, 2048]) {
      const rows = rowsOf(count)
      const before = await pinOf('head.jsonl', jsonl(rows))
      const now = async (changed: Rows) => {
        const path = join(folder, 'head.jsonl')
        await writeFile(path, jsonl(changed))
        return (await pinTable(path, { like: before })).shards[0]!
      }
      expect((await now([...rows, ...rowsOf(3)])).head).toBe(before.shards[0]!.digest)
      expect((await now([...rows.with(7, { text: 'other' }), ...rowsOf(3)])).head).not.toBe(before.shards[0]!.digest)
      expect((await now(rows.toSpliced(3, 0, rows[3]!))).head).not.toBe(before.shards[0]!.digest)
      expect(await now(rows)).not.toHaveProperty('head')
    }
  })

  it('takes the same rows for the same: other column order, compression, white space, an empty column', async () => {
    const rows = rowsOf(1500)
    const { digest, blocks } = (await pinOf('a.jsonl', jsonl(rows))).shards[0]!
    const turned = rows.map(({ text, label, stars }) => ({ stars, none: null, label, text }))
    const others = [
      await pinOf('b.jsonl.gz', gzipSync(jsonl(rows))),
      await pinOf('c.jsonl', jsonl(turned)),
      await pinOf('d.json', JSON.stringify(rows, null, 2)),
    ]
    for (const other of others) expect(other.shards[0]).toMatchObject({ digest, blocks })
  })

  it('tells values apart that are written alike', async () => {
    const cells: Cell[] = [1, '1', true, 'true', [], {}, ['a'], ['a', null], { a: 1 }, { a: '1' }, '\ud800', '\ud801']
    const more: Cell[] = [
      '',
      '�',
      Uint8Array.of(49),
      [Uint8Array.of(49) as never],
      [[1], 2],
      [[1, 2]],
      'n1',
      [1, 2],
      ['1,2'],
    ]
    const digests = [...cells, ...more].map(cell => {
      const digester = runDigester({ mostRuns: 8 })
      const records = Float64Array.of(0)
      digester.add({ index: 0, size: 1, records, columns: new Map([['a', [cell]]]), defects: [] })
      return digester.finish().digest
    })
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('tells between which cells a text stands', async () => {
    const pins = [
      { a: 'x', b: 'y' },
      { a: 'y', b: 'x' },
      { a: 'x;"b"s1:y', b: null },
      { a: 'xs', b: '' },
    ].map(async (row, i) => (await pinOf(`s${i}.jsonl`, jsonl([row, row]))).shards[0]!.digest)
    expect(new Set(await Promise.all(pins)).size).toBe(4)
  })

  it('counts what cannot be read and keeps the places of the others', async () => {
    const rows = rowsOf(3000)
    const lines = rows.map(row => JSON.stringify(row))
    const whole = (await pinOf('a.jsonl', lines.join('\n'))).shards[0]!
    const broken = await pinOf('a.jsonl', lines.with(1500, '{"text": ').join('\n'))
    expect(broken).toMatchObject({ rows: 2999, lostRows: 1 })
    expect(differing(whole.blocks, broken.shards[0]!.blocks)).toEqual([1])
    const cut = await pinOf('f.parquet', Buffer.from('PAR1 cut off'))
    expect(cut).toMatchObject({ rows: 0, lostRows: 1, shards: [{ rows: 0, blocks: [] }] })
  })

  it('does not depend on how batches are cut', async () => {
    const columns = (from: number, size: number) =>
      new Map([['a', Array.from({ length: size }, (_, i): Cell => `cell ${from + i}`)]])
    const digest = (size: number) => {
      const digester = runDigester({ mostRuns: 8 })
      for (let from = 0; from < 20_000; from += size)
        digester.add({
          index: from,
          size: Math.min(size, 20_000 - from),
          records: Float64Array.from({ length: Math.min(size, 20_000 - from) }, (_, i) => from + i),
          columns: columns(from, size),
          defects: [],
        })
      return digester.finish()
    }
    expect(digest(77)).toEqual(digest(4096))
    expect(digest(77).runRecords).toBe(4096)
    expect(digest(77).runs).toHaveLength(5)
  })

  it('keeps the length of runs that a lock has, and its own when the lock has none that was ever written', async () => {
    const digest = (most: number, wide?: number) => {
      const digester = runDigester({ mostRuns: most, ...(wide === undefined ? {} : { wide }) })
      const records = Float64Array.from({ length: 9000 }, (_, i) => i)
      const cells = Array.from(records, (i): Cell => `cell ${i}`)
      digester.add({ index: 0, size: 9000, records, columns: new Map([['a', cells]]), defects: [] })
      return digester.finish()
    }
    expect(digest(100, 2048).runs.map(String)).toEqual(digest(4).runs.map(String))
    expect(digest(100, 2048).digest).toBe(digest(100).digest)
    const path = join(folder, 'like.jsonl')
    await writeFile(path, jsonl(rowsOf(5000)))
    const like = (blockRows: number) => ({
      shards: [{ name: 'like.jsonl', rows: 1, digest: '', blocks: [], blockRows }],
    })
    for (const [asked, given] of [
      [4096, 4096],
      [1, 1024],
      [-3, 1024],
      [1500, 1024],
      [Number.POSITIVE_INFINITY, 1024],
    ] as const)
      expect((await pinTable(path, { like: like(asked) })).shards[0]!.blockRows).toBe(given)
  })

  it('names shards from a folder, and stops when it is told to', async () => {
    const path = join(folder, 'root.jsonl')
    await writeFile(path, jsonl(rowsOf(10)))
    const table = await openTable([path], { digest: false })
    expect((await pinTable(table, { root: tmpdir() })).shards[0]!.name).toMatch(/^bezoar-pin-\w+\/root\.jsonl$/)
    await expect(pinTable(table, { signal: AbortSignal.abort() })).rejects.toThrow()
    await table.close()
  })
})
