import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type Cell, type Report, reportVersion } from '../core/index.ts'
import { cleanArtifact, undoClean } from './clean.ts'
import { type OpenedTable, openTable } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-clean-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const golden = (name: string) => readFileSync(fileURLToPath(new URL(`../../test/golden/${name}`, import.meta.url)))

function reportOf(table: OpenedTable, ranges: [number, number][]): Report {
  const part = table.parts[0]!
  const rows = { total: 3, listed: [{ part: part.name, ranges }], complete: true }
  const evidence = { kind: 'rows' as const, total: 3, score: 1, expected: 0, examples: [] }
  const finding = {
    id: 'f1',
    detector: 'd',
    message: 'm',
    severity: 'block' as const,
    threat: 't',
    text: 'x',
    evidence,
    rows,
  }
  return {
    $schema: '',
    version: reportVersion,
    tool: { name: 'bezoar', version: '0' },
    artifact: { name: table.name, kind: 'dataset', digest: '', parts: table.parts.map(p => ({ ...p })) },
    seed: 1,
    outcomes: [
      {
        detector: 'd',
        version: '1',
        threat: 't',
        status: 'found',
        options: {},
        rows: 10,
        findings: [finding],
        figures: [],
      },
    ],
    coverage: { rows: 10, lostRows: 0, bytes: 0, columns: [], notLookedAt: [], engine: 'fold' },
    baseline: {},
  }
}

async function texts(path: string): Promise<Cell[]> {
  const table = await openTable([path])
  const found: Cell[] = []
  for await (const batch of table.batches()) {
    expect(batch.defects).toEqual([])
    found.push(...batch.columns.get('text')!)
  }
  return found
}

const rows = JSON.parse(golden('rows.json').toString('utf8')) as { text: string }[]
const names = [
  'rows.json',
  'rows.jsonl',
  'rows.csv',
  'rows.semicolon.csv',
  'rows.utf16.csv',
  'rows.tsv',
  'rows.parquet',
  'rows.arrow',
  'rows.feather',
  'rows.sqlite',
]
const ranges: [number, number][][] = [
  [[0, 0]],
  [[9, 9]],
  [
    [0, 1],
    [3, 3],
    [8, 9],
  ],
  [[0, 9]],
]

describe.each(names)('%s', name => {
  it.each(ranges.map(r => [r] as const))('keeps the other rows, and gives back every byte: %j', async chosen => {
    const source = join(folder, name)
    writeFileSync(source, golden(name))
    const table = await openTable([source])
    const out = mkdtempSync(join(folder, 'out-'))
    const log = await cleanArtifact({ table, reports: [reportOf(table, chosen)], choose: () => true, out })
    const gone = (i: number) => chosen.some(([first, last]) => i >= first && i <= last)
    const kept = rows.filter((_, i) => !gone(i)).map(row => row.text)
    expect(log.dropped).toBe(rows.length - kept.length)
    if (kept.length > 1) expect(await texts(join(out, log.parts[0]!.file))).toEqual(kept)
    const back = mkdtempSync(join(folder, 'back-'))
    const [restored] = await undoClean({ cleaned: out, out: back })
    expect(readFileSync(restored!)).toEqual(golden(name))
  })
})

describe('a cleaned copy', () => {
  it('of a compressed file is compressed', async () => {
    const path = join(folder, 'rows.jsonl.gz')
    writeFileSync(path, gzipSync(golden('rows.jsonl')))
    const table = await openTable([path])
    const out = mkdtempSync(join(folder, 'out-'))
    await cleanArtifact({ table, reports: [reportOf(table, [[1, 1]])], choose: () => true, out })
    const lines = golden('rows.jsonl').toString().split('\n')
    expect(gunzipSync(readFileSync(join(out, 'rows.jsonl.gz'))).toString()).toBe(lines.toSpliced(1, 1).join('\n'))
  })
  it('is not written over something else, nor from an old report', async () => {
    const path = join(folder, 'old.jsonl')
    writeFileSync(path, golden('rows.jsonl'))
    const before = reportOf(await openTable([path]), [[1, 1]])
    writeFileSync(path, `${golden('rows.jsonl')}{"id":10,"text":"a new row","label":"pos"}\n`)
    const request = {
      table: await openTable([path]),
      reports: [before],
      choose: () => true,
      out: join(folder, 'fresh'),
    }
    await expect(cleanArtifact(request)).rejects.toMatchObject({ code: 'bad-report' })
    const again = { ...request, reports: [reportOf(request.table, [[1, 1]])], out: folder }
    await expect(cleanArtifact(again)).rejects.toMatchObject({ code: 'would-overwrite' })
  })
  it('that was changed cannot be undone in silence', async () => {
    const path = join(folder, 'changed.jsonl')
    writeFileSync(path, golden('rows.jsonl'))
    const table = await openTable([path])
    const out = mkdtempSync(join(folder, 'out-'))
    await cleanArtifact({ table, reports: [reportOf(table, [[1, 1]])], choose: () => true, out })
    writeFileSync(join(out, 'changed.jsonl'), 'other\n')
    await expect(undoClean({ cleaned: out, out: join(folder, 'undone') })).rejects.toMatchObject({ code: 'bad-report' })
  })
})
