import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Batch, Cell, Role, Table } from '../../core/index.ts'
import { temporaryFolder } from '../../sources/index.ts'
import { openTable } from '../open.ts'
import { joinUrls, open } from './joined.ts'
import { readRegistrations } from './registrations.ts'
import { type JudgedUrl, triageUrls } from './triage.ts'

const folder = temporaryFolder().path
const put = (name: string, lines: readonly unknown[]) => {
  writeFileSync(
    join(folder, name),
    lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n') + '\n',
  )
  return join(folder, name)
}
const digest = (letter: string) => letter.repeat(64)
const looks = 'p:00000000ffffffff'
const curated = '2020-01-01T00:00:00Z'
const recorded = (n: number, domain = 'old.com') => ({
  url: `http://w.${domain}/${n}`,
  sha256: digest('a'),
  looks,
  fetchedAt: curated,
  note: 'x',
})
const rows = [
  recorded(0),
  recorded(1),
  recorded(2),
  recorded(3, 'new.com'),
  recorded(4),
  recorded(5),
  recorded(6),
  recorded(7, 'new.com'),
  { ...recorded(8), looks: null },
  recorded(9, 'nobody.com'),
]
const sale = 'old.com is parked. This domain is for sale, make an offer on this domain today!'
const seen = [
  { row: 0, url: 'u', observed: digest('a'), looks },
  { row: 1, url: 'u', observed: digest('b'), looks: 'p:00000000fffffff0' },
  { row: 2, url: 'u', observed: digest('b'), looks: 'p:ffffffff00000000' },
  { row: 3, url: 'u', observed: digest('b'), looks: 'p:ffffffff00000000' },
  { row: 4, url: 'u', observed: digest('b'), looks: 's:00000000ffffffff', text: sale },
  { row: 5, url: 'u', observed: null, error: { kind: 'gone', message: 'the server answered 404' } },
  { row: 6, url: 'u', observed: null, error: { kind: 'timeout', message: 'silent' } },
  { row: 7, url: 'u', observed: digest('a'), looks },
  { row: 8, url: 'u', observed: digest('b'), looks },
]
const rdap = [
  { domain: 'old.com', registeredAt: '2001-01-01' },
  { domain: 'new.com', registeredAt: '2024-01-01' },
  'no json',
  { domain: 'nobody.com', errorCode: 404 },
]
let [list, observed, snapshot] = ['', '', '']
beforeAll(() => {
  list = put('list.urls.jsonl', rows)
  observed = put('observed.jsonl', seen)
  snapshot = put('rdap.jsonl', rdap)
})
const roles = { url: 'url', digest: 'sha256', looks: 'looks', time: 'fetchedAt' } as const

async function cells(table: Table, role: Role, take?: (index: number) => boolean): Promise<Cell[]> {
  const all: Cell[] = []
  for await (const batch of table.batches(take)) all.push(...(batch.columns.get(role) ?? []))
  return all
}
async function batches(table: Table): Promise<Batch[]> {
  const all: Batch[] = []
  for await (const batch of table.batches()) all.push(batch)
  return all
}

describe('joinUrls', () => {
  it('gives each row the date on which its domain was registered', async () => {
    const table = await joinUrls(await openTable([list], { roles }), { rdap: snapshot })
    const dates = await cells(table, 'registered')
    expect(dates.map(date => String(date).slice(0, 10))).toEqual(
      rows.map(({ url }) => (url.includes('old') ? '2001-01-01' : url.includes('new') ? '2024-01-01' : 'lapsed')),
    )
    expect(table.roles.has('looks')).toBe(true)
    expect(table.columns.find(column => column.role === 'registered')).toMatchObject({ because: 'joined' })
  })
  it('gives each row what was observed of it, and leaves rows alone that nobody looked at', async () => {
    const table = await joinUrls(await openTable([list], { roles }), { observed })
    expect(await cells(table, 'observed')).toEqual([...seen.map(({ observed }) => observed), null])
    expect((await cells(table, 'text'))[4]).toBe(sale)
    expect(table.roles.has('registered')).toBe(false)
    expect([...table.roles].sort()).toEqual(['digest', 'looks', 'observed', 'observedLooks', 'text', 'time', 'url'])
  })
  it('is the same however the table is cut, whichever batches are taken, and in another thread', async () => {
    const whole = await joinUrls(await openTable([list], { roles }), { observed, rdap: snapshot })
    const cut = await joinUrls(await openTable([list], { roles, rowsPerBatch: 3 }), { observed, rdap: snapshot })
    expect(await cells(cut, 'observed')).toEqual(await cells(whole, 'observed'))
    expect(await cells(cut, 'observed', index => index === 2)).toEqual([null, digest('a'), digest('b')])
    const again = await open(cut.reopen!.spec)
    expect(await batches(again)).toEqual(await batches(cut))
  })
  it('is the same in another thread that is handed the snapshot and reads no file of it', async () => {
    const gone = put('gone.jsonl', rdap)
    const table = await joinUrls(await openTable([list], { roles }), { rdap: gone })
    rmSync(gone)
    const { spec, shared } = structuredClone(table.reopen!)
    expect(shared!.told!.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(await batches(await open(spec, shared))).toEqual(await batches(table))
    await expect(open(spec)).rejects.toMatchObject({ code: 'no-such-path' })
  })
  it('says which line of a file of observations is none', async () => {
    const bad = put('bad.jsonl', [seen[0], seen[2], seen[1]])
    const table = await joinUrls(await openTable([list], { roles }), { observed: bad })
    await expect(batches(table)).rejects.toMatchObject({
      code: 'bad-snapshot',
      message: expect.stringContaining('line 3'),
    })
    for (const line of ['{"row":', 'null', '[]', '{"row":"0","url":"u"}', '{"row":0}'])
      await expect(
        batches(await joinUrls(await openTable([list], { roles }), { observed: put('bad.jsonl', [line]) })),
      ).rejects.toMatchObject({ code: 'bad-snapshot' })
  })
  it('refuses a snapshot that says nothing', async () => {
    await expect(readRegistrations(put('no.jsonl', ['x', '{}']))).rejects.toMatchObject({ code: 'bad-snapshot' })
    await expect(readRegistrations(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-such-path' })
  })
})

describe('triageUrls', () => {
  const fates = async (withRdap: boolean): Promise<JudgedUrl[]> => {
    const table = await openTable([list], { roles })
    const all: JudgedUrl[] = []
    for await (const judged of triageUrls(table, observed, withRdap ? await readRegistrations(snapshot) : null))
      all.push(judged)
    return all
  }
  it('tells what became of each row, and why', async () => {
    expect((await fates(true)).map(({ fate, reason }) => [fate, reason])).toEqual([
      ['identical', 'the recorded bytes'],
      ['re-encoded', 'other bytes that look the same (4 of 64 bits differ)'],
      ['changed', 'other bytes that look different (64 of 64 bits differ)'],
      [
        're-registered',
        'other bytes that look different (64 of 64 bits differ); its domain was registered anew on 2024-01-01',
      ],
      ['parked', 'a page that offers the domain for sale'],
      ['gone', 'gone: the server answered 404'],
      ['not-fetched', 'timeout: silent'],
      ['identical', 'the recorded bytes'],
      ['changed', 'other bytes, and the list does not record how the first ones looked'],
      ['not-fetched', 'nobody looked at it'],
    ])
  })
  it('knows no new owner without a snapshot', async () => {
    expect((await fates(false))[3]).toMatchObject({
      fate: 'changed',
      url: rows[3]!.url,
      cells: { digest: digest('a') },
    })
  })
})
