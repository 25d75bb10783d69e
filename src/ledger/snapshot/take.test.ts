import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Row, tableOfRows } from '../../core/index.ts'
import { compareChoices, type Difference } from './compare.ts'
import { readLine } from './lines.ts'
import type { LineSink, SnapshotOptions } from './pass.ts'
import { takeSnapshot } from './take.ts'

const hour = 3_600_000
const at = Date.UTC(2024, 0, 31)
const usual: SnapshotOptions = { holdMs: 24 * hour, radius: 15 }

/** Rows of a page from its contents and their ages in hours before the snapshot. */
const page = (item: string, ...steps: readonly (readonly [string | null, number])[]): Row[] =>
  steps.map(([digest, age], k) => ({ item, id: k + 1, time: new Date(at - age * hour).toISOString(), digest }))

function sink(): LineSink & { text: string } {
  return {
    text: '',
    async write(more) {
      this.text += more
    },
    async restart() {
      this.text = ''
    },
  }
}

async function taken(rows: readonly Row[], options: Partial<SnapshotOptions> = {}, perBatch?: number) {
  const to = sink()
  const summary = await takeSnapshot(tableOfRows('t', rows, perBatch), { ...usual, ...options }, to)
  const lines = to.text.split('\n').filter(Boolean)
  return { summary, text: to.text, lines: lines.map(line => readLine(line, 'a line')) }
}

const wiki: readonly Row[] = [
  ...page('Old', ['a', 900], ['b', 500]),
  ...page('Fresh', ['a', 900], ['b', 1]),
  ...page('Undone', ['a', 900], ['b', 40], ['a', 30], ['c', 0.5]),
  ...page('New', ['a', 5]),
  ...page('Gone', [null, 90]),
]

describe('a snapshot', () => {
  it('writes one canonical line a page and counts what it did', async () => {
    const { summary, text, lines } = await taken(wiki, { at })
    expect(text.split('\n')[1]).toBe(
      '{"held":"young","newest":{"revision":"2","sha1":"b","time":"2024-01-30T23:00:00Z"},"page":"Fresh","revision":"1","sha1":"a","time":"2023-12-24T12:00:00Z"}',
    )
    expect(lines.map(({ page: name, revision, held }) => [name, revision, held])).toEqual([
      ['Old', '2', undefined],
      ['Fresh', '1', 'young'],
      ['Undone', '3', 'young'],
      ['New', undefined, 'new'],
      ['Gone', undefined, 'removed'],
    ])
    expect(summary).toMatchObject({
      pages: 5,
      revisions: 10,
      newest: 1,
      heldBack: { young: 2, reverted: 0, removed: 0 },
      heldOut: { new: 1, removed: 1 },
      order: 'as given',
      atBecause: 'given',
    })
  })

  it('ports later reverts back', async () => {
    const rows = page('P', ['a', 900], ['bad', 30], ['a', -2])
    expect((await taken(rows, { at })).lines[0]).toMatchObject({ revision: '1', held: 'reverted' })
    expect((await taken(rows.slice(0, 2), { at })).lines[0]).toMatchObject({ revision: '2' })
  })

  it('takes the latest time when none is given, but not that of a wrong clock', async () => {
    const many = Array.from({ length: 2000 }, (_, k) => page(`P${k}`, ['a', 30 + k])).flat()
    const { summary } = await taken([...many, ...page('Clock', ['a', -90_000])])
    expect([summary.at, summary.atBecause, summary.doubtedTimes]).toEqual(['2024-01-29T18:00:00.000Z', 'latest', 1])
    expect(summary.heldOut.later).toBe(1)
  })

  it('hold and radius do what they say', async () => {
    expect((await taken(wiki, { at, holdMs: hour / 4 })).summary.newest).toBe(4)
    const steps = ['a', 'b', 'c', 'd', 'a', 'e'].map((digest, k) => [digest, 900 - 10 * k] as const)
    const rows = page('P', ...steps.slice(0, 5))
    const later = [...rows, ...page('P', ['e', 10])]
    expect((await taken(later, { at, radius: 3 })).lines[0]!.revision).toBe('5')
    expect(
      (await taken(page('P', ['a', 90], ['b', 80], ['c', 70], ['a', 2]), { at, radius: 2 })).lines[0]!.revision,
    ).toBe('1')
    expect(
      (await taken(page('P', ['a', 90], ['b', 80], ['c', 70], ['a', 2]), { at, radius: 1 })).lines[0]!.revision,
    ).toBe('3')
  })

  it('groups pages that do not stand together, with the same lines', async () => {
    const inOrder = await taken(wiki, { at })
    const ranked = wiki.map((row, k) => ({ row, k: (k * 7) % wiki.length }))
    const mixed = ranked.sort((a, b) => a.k - b.k).map(({ row }) => row)
    const grouped = await taken(mixed, { at })
    expect(grouped.summary.order).toBe('grouped')
    expect(grouped.text.split('\n').sort()).toEqual(inOrder.text.split('\n').sort())
    expect({ ...grouped.summary, order: 0 }).toEqual({ ...inOrder.summary, order: 0 })
  })

  it('means the same however the rows come and are cut', async () => {
    const anyRow = fc.record({
      p: fc.nat(5),
      age: fc.integer({ min: -30, max: 90 }),
      digest: fc.constantFrom('a', 'b', 'c'),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, cut) => {
          const rows = all.map(
            ({ p, age, digest }, k): Row => ({
              item: `P${p}`,
              id: k,
              time: new Date(at - age * hour).toISOString(),
              digest,
            }),
          )
          const sorted = [...rows].sort((a, b) => String(a.item).localeCompare(String(b.item)))
          const lines = async (own: readonly Row[]) => (await taken(own, { at }, cut)).text.split('\n').sort()
          expect(await lines(rows)).toEqual(await lines(sorted))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('refuses more disk than it may take, leaves nothing there, and stops when told', async () => {
    const mixed = Array.from({ length: 4000 }, (_, k) => page(`P${k % 100}`, ['a', k])[0]!)
    await expect(taken(mixed, { at, mostSpillBytes: 1000 })).rejects.toMatchObject({ code: 'bad-option' })
    await expect(taken(wiki, { at, signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop')
  })

  it('counts rows that it cannot place, and refuses tables without pages or times', async () => {
    const odd: Row[] = [
      ...page('P', ['a', 90]),
      { item: null, time: 1, digest: 'a' },
      { item: 'P', time: 'soon', digest: 'b' },
    ]
    expect((await taken(odd, { at })).summary).toMatchObject({ withoutPage: 1, withoutTime: 1, pages: 1 })
    await expect(taken([{ text: 'only' }], { at })).rejects.toMatchObject({ code: 'missing-role' })
    await expect(taken([{ item: 'P', time: 'soon', digest: 'a' }])).rejects.toMatchObject({ code: 'missing-role' })
  })

  it('writes the SHA-1 of the text as MediaWiki does when there is no digest', async () => {
    const rows = [{ item: 'P', id: 1, time: at / 1000 - 90_000, text: '' }]
    expect((await taken(rows, { at })).lines[0]!.sha1).toBe('phoiac9h4m842xq45sp7s6u21eteeq1')
  })
})

describe('two snapshots', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bezoar-compare-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const compared = async (first: string, second: string) => {
    const [a, b] = [join(folder, 'a'), join(folder, 'b')]
    await writeFile(a, first)
    await writeFile(b, second)
    const found: Difference[] = []
    const comparison = await compareChoices(a, b, async difference => void found.push(difference))
    return { comparison, found }
  }
  const attacked = [
    ...page('Run', ['a', 900], ['bad', 0.5], ['a', -2]),
    ...page('Honest', ['a', 900], ['b', 0.5]),
    ...page('Still', ['a', 900]),
    ...page('Taken', ['a', 900], ['bad', 25], ['a', -1]),
  ]
  const early = attacked.filter(row => Date.parse(String(row.time)) <= at)

  it('name the pages whose last edit was undone since, and whether the first choice avoided it', async () => {
    const [first, second] = [await taken(early, { at }), await taken(attacked, { at: at + 24 * hour })]
    const { comparison, found } = await compared(first.text, second.text)
    expect(comparison.fates).toEqual({ same: 1, newer: 1, undone: 2, gone: 0, added: 0, held: 0 })
    expect(found.filter(d => d.fate === 'undone').map(d => [d.page, d.avoided])).toEqual([
      ['Run', true],
      ['Taken', false],
    ])
    expect(comparison.avoided).toBe(1)
  })

  it('see it in a later dump of the same moment, and once the revert is old', async () => {
    const first = await taken(early, { at })
    const undone = async (options: Partial<SnapshotOptions>) =>
      (await compared(first.text, (await taken(attacked, options)).text)).comparison.fates.undone
    expect(await undone({ at })).toBe(2)
    expect(await undone({ at: at + 240 * hour })).toBeGreaterThanOrEqual(1)
  })

  it('meet pages in different orders, and tell those of one alone', async () => {
    const lines = (await taken(wiki, { at })).text.trim().split('\n')
    const { comparison } = await compared(`${lines.join('\n')}\n`, [...lines].reverse().slice(1).join('\n'))
    expect(comparison.fates).toMatchObject({ same: 4, gone: 1 })
  })

  it.each([
    ['not json', /line 1: not a line of JSON/],
    ['{"page":1}', /not a page/],
    ['{"page":"P","revision":"1"}', /without its time/],
    ['{"page":"P","held":"because"}', /unknown reason/],
    ['[]', /not a page/],
  ])('refuse %s', async (line, why) => {
    await expect(compared(line, line)).rejects.toThrow(why)
    await expect(readFile(join(folder, 'a'), 'utf8')).resolves.toBe(line)
  })
})
