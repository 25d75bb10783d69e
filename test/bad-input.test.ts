import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Cell, Defect } from '../src/core/index.ts'
import { openTable } from '../src/scan/open.ts'
import { zoo } from './zoo.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-zoo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(path: string, options: Parameters<typeof openTable>[1] = {}) {
  const table = await openTable([path], options)
  const defects: Defect[] = []
  const labels: Cell[] = []
  let rows = 0
  for await (const batch of table.batches()) {
    rows += batch.size
    defects.push(...batch.defects)
    labels.push(...(batch.columns.get('label') ?? []))
  }
  await table.close()
  return { table, rows, defects, labels }
}

describe('the zoo', () => {
  for (const animal of zoo)
    it(animal.name, async () => {
      const path = join(folder, animal.name)
      writeFileSync(path, animal.bytes)
      const limits = animal.recordBytes ? { limits: { recordBytes: animal.recordBytes } } : {}
      const { rows, defects, labels } = await read(path, limits)
      expect([...new Set(defects.map(d => d.kind))].sort()).toEqual([...animal.defects].sort())
      if (animal.rows >= 0) expect(rows).toBe(animal.rows)
      expect(defects.filter(d => d.lost).length).toBeGreaterThanOrEqual(animal.lost ?? 0)
      if (animal.at) expect(defects[0]).toMatchObject(animal.at)
      if (animal.labels) expect(labels).toEqual(animal.labels)
      for (const { message } of defects) expect(message).toMatch(/^[A-Z].{10,300}\.$/)
    })
})

describe('what the caller got wrong', () => {
  it('names a path that is not there', async () => {
    const missing = join(folder, 'nowhere.jsonl')
    await expect(read(missing)).rejects.toMatchObject({
      code: 'no-such-path',
      message: expect.stringContaining(missing),
    })
  })
  it('names a pattern that matches nothing', async () => {
    await expect(read(join(folder, '*.nothing'))).rejects.toMatchObject({ code: 'no-such-path' })
  })
  it('says that a folder holds no data', async () => {
    mkdirSync(join(folder, 'bare'))
    await expect(read(join(folder, 'bare'))).rejects.toMatchObject({ code: 'nothing-to-do' })
  })
  it.skipIf(process.getuid?.() === 0)('says that reading is not permitted', async () => {
    const path = join(folder, 'locked.jsonl')
    writeFileSync(path, '{}')
    chmodSync(path, 0)
    await expect(read(path)).rejects.toMatchObject({ code: 'unreadable' })
  })
  it('lists the columns when one is missing', async () => {
    const path = join(folder, 'columns.csv')
    writeFileSync(path, 'text,label\na b,c\n')
    const wrong = { code: 'no-such-column', remedy: expect.stringContaining('"text", "label"') }
    await expect(read(path, { roles: { source: 'site' } })).rejects.toMatchObject(wrong)
  })
  it('refuses bytes that hold no table', async () => {
    const path = join(folder, 'picture.jsonl')
    writeFileSync(path, Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 1, 2, 3]))
    await expect(read(path)).rejects.toMatchObject({ code: 'unknown-format' })
  })
})
