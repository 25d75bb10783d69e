import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parquetMetadata } from 'hyparquet'
import { afterAll, describe, expect, it } from 'vitest'
import type { Cell, Defect } from '../src/core/index.ts'
import { type OpenOptions, openTable, scan } from '../src/scan/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-unread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url))
function copied(name: string, as = name): string {
  copyFileSync(golden(name), join(folder, as))
  return join(folder, as)
}

async function read(path: string, options: OpenOptions = {}) {
  const table = await openTable([path], options)
  const defects: Defect[] = []
  const texts: Cell[] = []
  for await (const batch of table.batches()) {
    defects.push(...batch.defects)
    texts.push(...(batch.columns.get('text') ?? []))
  }
  const report = await scan(table, { only: ['malformed-input'] })
  await table.close()
  const found = report.outcomes.flatMap(outcome => outcome.findings)
  return { defects, texts, found, lostRows: report.coverage.lostRows }
}

describe('a Parquet file with a damaged column', () => {
  function damaged(columns: readonly string[]): { path: string; rows: number } {
    const bytes = readFileSync(golden('rows.parquet'))
    const metadata = parquetMetadata(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    for (const { meta_data: data } of metadata.row_groups.flatMap(group => group.columns)) {
      if (!data || !columns.includes(data.path_in_schema[0]!)) continue
      const start = Number(data.dictionary_page_offset ?? data.data_page_offset)
      bytes.fill(0xff, start, start + Number(data.total_compressed_size))
    }
    const path = join(folder, `${columns.join('-')}.parquet`)
    writeFileSync(path, bytes)
    return { path, rows: Number(metadata.num_rows) }
  }

  it.each([[['label']], [['text', 'label']]])('loses every record of the row group: %j', async columns => {
    const { path, rows } = damaged(columns)
    const { defects, texts, found, lostRows } = await read(path, { roles: { text: 'text', label: 'label' } })
    expect(rows).toBeGreaterThan(1)
    expect(defects.reduce((sum, defect) => sum + (defect.records ?? 1), 0)).toBe(rows)
    expect(lostRows).toBe(rows)
    expect(found[0]).toMatchObject({ severity: 'hold', evidence: { lost: rows, places: [{ record: 0 }] } })
    expect(found[0]!.text).toContain(`records 0–${rows - 1}`)
    // What can be read is judged all the same.
    expect(texts.some(text => typeof text === 'string')).toBe(!columns.includes('text'))
  })
})

describe('an SQLite database that cannot be read whole', () => {
  it('holds for changes that are still in the log, and says how to put them in', async () => {
    const path = copied('rows.sqlite')
    expect((await read(path)).defects).toEqual([])
    writeFileSync(`${path}-wal`, '')
    expect((await read(path)).defects).toEqual([])
    writeFileSync(`${path}-wal`, new Uint8Array(4152))
    const { texts, found } = await read(path)
    expect(texts.length).toBeGreaterThan(0)
    expect(found).toMatchObject([{ severity: 'hold', evidence: { defect: 'unread-log' } }])
    expect(found[0]!.text).toContain('rows.sqlite-wal')
    expect(found[0]!.text).toContain('PRAGMA wal_checkpoint(TRUNCATE)')
  })

  it('holds for a table without row ids beside one that it reads, and for none that a virtual table keeps', async () => {
    const { texts, found, lostRows } = await read(copied('some-row-ids.sqlite'))
    expect(texts).toEqual(['a note 0', 'a note 1', 'a note 2', 'one more'])
    expect(lostRows).toBe(1)
    expect(found).toMatchObject([{ severity: 'hold', evidence: { defect: 'unread-table' } }])
    expect(found[0]!.text).toContain('CREATE TABLE readable AS SELECT * FROM "letters"')
  })

  it('says why there is no table when none has row ids', async () => {
    const { texts, found } = await read(copied('no-row-ids.sqlite'))
    expect(texts).toEqual([])
    expect(found).toMatchObject([{ severity: 'hold', evidence: { defect: 'no-table' } }])
    expect(found[0]!.text).toContain('no-row-ids.sqlite')
    expect(found[0]!.text).toContain('CREATE TABLE readable AS SELECT * FROM "letters"')
  })
})
