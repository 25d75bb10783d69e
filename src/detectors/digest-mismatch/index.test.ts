import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Row, tableOfRows } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { scan } from '../../scan/index.ts'
import { apartFigure } from './figures.ts'
import { movesOf } from './files.ts'
import digestMismatch from './index.ts'

const hex = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex')

/** Files as a lock knows them: name, locked bytes, bytes now. */
const files = (...all: readonly (readonly [string, string | null, string | null])[]): Row[] =>
  all.map(([item, was, now]) => ({
    item,
    digest: was === null ? null : hex(was),
    observed: now === null ? null : hex(now),
  }))
const locked = files(['a.bin', 'A', 'A'], ['b.bin', 'B', 'B'], ['c/d.json', 'D', 'D'])

const pages = (count: number, row: (i: number) => Row): Row[] =>
  Array.from({ length: count }, (_, i) => ({ url: `https://www.site${i % 9}.com/${i}`, ...row(i) }))

const archive = (rows: readonly Row[]) => {
  const table = tableOfRows('crawl', rows)
  return { ...table, parts: table.parts.map(part => ({ ...part, format: 'warc' })) }
}

accept(digestMismatch, {
  clean: [
    { corpus: 'url-list', holds: 1, because: 'a few pictures look different after they were resized' },
    { corpus: 'url-list-bare', holds: 1, because: 'nobody can tell what was re-encoded from what was replaced' },
  ],
  caught: [
    { attack: 'split-view', on: 'url-list', dose: { rows: 30 }, recall: 1, precision: 0.8, named: false },
    {
      attack: 'split-view',
      options: { mode: 'swapped', bits: 12 },
      on: 'url-list',
      dose: { rows: 30 },
      recall: 1,
      precision: 0.8,
    },
    { attack: 'split-view', options: { mode: 'parked' }, on: 'url-list', dose: { rows: 30 }, recall: 1, named: false },
  ],
  missed: [
    {
      attack: 'split-view',
      options: { bits: 6 },
      on: 'url-list',
      dose: { rows: 30 },
      because: 'a picture that looks like the recorded one counts as re-encoded',
    },
    {
      attack: 'split-view',
      on: 'url-list-bare',
      dose: { rows: 30 },
      because: 'nobody recorded how the pictures looked, and honest bytes change too',
    },
  ],
  matters: { picture: 20, text: 0 },
  examples: [
    { name: 'files as they were locked', rows: locked, finds: [] },
    {
      name: 'files with everything that can happen to them',
      rows: [
        ...locked,
        ...files(['edited', 'E', 'E2'], ['x', 'X', 'Y'], ['y', 'Y', 'X'], ['old', 'M', null], ['new', null, 'M']),
        ...files(['gone', 'G', null], ['fresh', null, 'F']),
      ],
      finds: ['altered', 'swapped', 'renamed', 'added', 'removed'],
    },
    {
      name: 'a lock of another algorithm',
      rows: locked.map((row, i) => ({ ...row, observed: hex(`${i}`, 'sha512') })),
      finds: ['algorithm'],
    },
    {
      name: 'a whole column of another algorithm',
      rows: pages(50, i => ({ digest: hex(`${i}`, 'md5'), observed: hex(`${i}`) })),
      finds: ['algorithm'],
    },
    {
      name: 'a column of something else',
      rows: pages(50, i => ({ digest: hex(`${i}`), observed: hex(`${i + 1}`) })),
      finds: ['column'],
    },
    {
      name: 'digests of resized copies',
      rows: pages(50, i => ({
        digest: hex(`${i}`),
        observed: hex(`${i + 1}`),
        looks: 'p:00000000000000ff',
        observedLooks: i === 7 ? 'p:ffffffffffffff00' : 'p:00000000000000fe',
      })),
      finds: ['column', 'changed', 'near'],
    },
    {
      name: 'texts of which one was rewritten and one rendered anew',
      rows: pages(30, i => ({
        digest: hex(`${i}`),
        observed: hex(i < 2 ? 'x' : `${i}`),
        looks: 's:000000000000000f',
        observedLooks: i === 0 ? 's:0000000000000fff' : 's:000000000000000e',
      })),
      finds: ['changed', 'near'],
    },
    {
      name: 'pictures that nobody could look at this time',
      rows: pages(30, i => ({
        digest: hex(`${i}`),
        observed: hex(i < 3 ? 'x' : `${i}`),
        looks: 'p:000000000000000f',
        observedLooks: null,
      })),
      finds: ['unseen'],
    },
    {
      name: 'one picture that can no longer be looked at',
      rows: pages(30, i => ({
        digest: hex(`${i}`),
        observed: hex(i < 1 ? 'x' : `${i}`),
        looks: 'p:000000000000000f',
        observedLooks: i < 1 ? null : 'p:000000000000000f',
      })),
      finds: ['changed'],
    },
    {
      name: 'an archive with a damaged record',
      table: archive(
        pages(30, i => ({ digest: `sha1:${hex(`${i}`, 'sha1')}`, observed: hex(i === 3 ? 'x' : `${i}`, 'sha1') })),
      ),
      finds: ['damaged'],
    },
    { name: 'rows without digests', rows: pages(5, () => ({ digest: null, observed: null })), finds: [] },
    { name: 'digests that are none', rows: pages(30, () => ({ digest: 'n/a', observed: 'n/a' })), finds: [] },
  ],
})

test('files of the same bytes are renamed one by one', () => {
  const rows = files(['a', '', null], ['b', '', null], ['c', null, ''], ['d', null, ''], ['e', null, ''])
  const { renamed, added, removed } = movesOf(new Map(rows.map((row, i) => [i, row])))
  expect([renamed, added, removed]).toEqual([
    [
      [2, 0],
      [3, 1],
    ],
    [4],
    [],
  ])
})

test('three files that exchanged their bytes in a ring are swapped', () => {
  const rows = files(['a', '1', '2'], ['b', '2', '3'], ['c', '3', '1'], ['d', '4', '1'])
  const { swapped, altered } = movesOf(new Map(rows.map((row, i) => [i, row])))
  expect([swapped, altered]).toEqual([[0, 1, 2], [3]])
})

test('the invented list has honest changes to be quiet about', () => {
  const rows = corpusOf('url-list').rows()
  const differ = rows.filter(row => row.observed !== null && row.observed !== row.digest)
  expect(differ.length).toBeGreaterThan(0.1 * rows.length)
})

const told = async (table: ReturnType<typeof tableOfRows>) =>
  (await scan(table, { only: ['digest-mismatch'] })).outcomes.flatMap(outcome => outcome.findings)

test('names the first of the files, one or many', async () => {
  const texts = async (rows: readonly Row[]) => (await told(tableOfRows('lock', rows))).map(finding => finding.text)
  expect(await texts([...locked, ...files(['x.bin', 'X', 'Y'], ['old', 'M', null], ['new', null, 'M'])])).toEqual([
    'Not the bytes that were locked: 1 of 5 files, the first is x.bin.',
    'Renamed since they were locked: 1 file, the first is new.',
  ])
  expect(await texts([...locked, ...files(['p', 'G', null], ['q', 'H', null], ['fresh', null, 'F'])])).toEqual([
    'Not there when the others were locked: 1 file, the first is fresh.',
    'Locked, and gone: 2 files, the first is p.',
  ])
  const long = `${'deep/'.repeat(30)}end.bin`
  expect((await texts(files(['a', 'A', 'A'], [long, 'X', 'Y'])))[0]).toMatch(/first is ….{51}\/end\.bin\.$/)
})

test('addresses are a matter of split view, files of tampering; a page in the place of a picture is said', async () => {
  const row = (i: number, observedLooks: string | null): Row => ({
    digest: hex(`${i}`),
    observed: hex(i < 3 ? 'x' : `${i}`),
    looks: 'p:00000000000000ff',
    observedLooks,
  })
  const kinds = ['s:0000000000000000', null, 'p:ffffffffffffff00']
  const found = await told(
    tableOfRows(
      'list',
      pages(30, i => row(i, i < 3 ? kinds[i]! : 'p:00000000000000ff')),
    ),
  )
  expect(found.map(({ threat }) => threat)).toEqual(['web-scale-split-view'])
  const notes = JSON.stringify(found[0]!.evidence)
  for (const note of ['a text where a picture was; ', 'nothing that looks like a picture any more; ', 'looks 64 of 64'])
    expect(notes).toContain(note)
  const swapped = await told(tableOfRows('lock', files(['x', 'X', 'Y'], ['y', 'Y', 'X'])))
  expect(swapped.map(({ threat }) => threat)).toEqual(['supply-chain-tamper'])
})

test('shows in few bars how far looks moved, cut where the limit is', () => {
  const counts = new Float64Array(65)
  for (const [bits, rows] of [
    [0, 50],
    [3, 17],
    [8, 1],
    [9, 2],
    [30, 40],
    [64, 5],
  ] as const)
    counts[bits] = rows
  const found = { apart: { picture: counts, text: new Float64Array(65) } } as unknown as Parameters<
    typeof apartFigure
  >[0]
  const bars = (picture: number) => {
    const figure = apartFigure(found, { picture, text: 0 })
    return figure?.kind === 'bars'
      ? figure.bars.map(({ name, value, lit }) => `${lit ? '!' : ''}${name}: ${value}`)
      : []
  }
  expect(bars(8)).toEqual([
    'no bit of 64: 50',
    '1 to 4 of 64 bits: 17',
    '5 to 8 of 64 bits: 1',
    '!9 to 16 of 64 bits: 2',
    '!25 to 32 of 64 bits: 40',
    '!33 to 64 of 64 bits: 5',
  ])
  expect(bars(0)[0]).toBe('no bit of 64: 50')
  expect(
    bars(0)
      .slice(1)
      .every(bar => bar.startsWith('!')),
  ).toBe(true)
  expect(bars(64).some(bar => bar.startsWith('!'))).toBe(false)
})
