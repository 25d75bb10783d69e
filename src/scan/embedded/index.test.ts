import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pooling } from '../../../test/model-zoo/graphs/small-net.ts'
import { type Row, seeded, tableOfRows } from '../../core/index.ts'
import { temporaryFolder } from '../../sources/index.ts'
import { scan } from '../scan.ts'
import { withEmbeddings } from './index.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const fileOf = (name: string, bytes: Uint8Array): string => {
  const path = join(folder.path, name)
  writeFileSync(path, bytes)
  return path
}

/** Grey pictures; of the third label, some have one red quarter that a model can see. */
function rows(count: number): Row[] {
  const random = seeded(4)
  return Array.from({ length: count }, (_, i) => {
    const pixels = Uint8Array.from({ length: 16 * 16 * 3 }, () => 90 + random() * 60)
    if (i % 6 === 2 && i < count / 6)
      for (let p = 0; p < 8; p++) for (let q = 0; q < 8; q++) pixels[(p * 16 + q) * 3] = 255
    return { label: `class ${i % 6}`, image: { width: 16, height: 16, pixels } }
  })
}

describe('vectors by a model of the user', () => {
  it('become cells of the role vector', async () => {
    const path = fileOf('small.onnx', pooling())
    const table = await withEmbeddings(tableOfRows('pictures', rows(10)), { path, mean: [0], std: [1] })
    expect(table.roles.has('vector')).toBe(true)
    for await (const batch of table.batches()) {
      const [first] = batch.columns.get('vector') as readonly number[][]
      expect(first).toHaveLength(3 * 4)
      expect(first![0]).toBeGreaterThan(0.35)
      expect(first![0]).toBeLessThan(0.6)
    }
  })
  it('find a part of a label that stands apart', async () => {
    const path = fileOf('found.onnx', pooling())
    const report = await scan(tableOfRows('pictures', rows(900)), { model: { path }, only: ['embedding-separation'] })
    const [finding] = report.outcomes[0]!.findings
    expect(report.outcomes[0]!.reason).toBeUndefined()
    expect([finding?.severity, finding?.evidence.kind]).toEqual(['hold', 'pictures'])
    expect(report.coverage.notLookedAt.join()).not.toContain('no model')
  })
  it.each([
    ['operators of its own', pooling({ domain: 'evil.ops' }), /operators that are not of the standard/],
    ['bytes that are no model', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255]), /no ONNX file/],
    ['a cut file', pooling().subarray(0, 60), /no ONNX file|cannot be run/],
    ['an input that is no picture', pooling({ dims: [1, 7] }), /dimensions/],
    ['pictures of absurd size', pooling({ dims: [1, 3, 1 << 20, 1 << 20] }), /pixels a side|cannot be run/],
  ])('refuse %s, and say why', async (name, bytes, why) => {
    const path = fileOf(`${name}.onnx`, bytes)
    await expect(withEmbeddings(tableOfRows('pictures', rows(4)), { path })).rejects.toThrow(why)
  })
  it('want pictures', async () => {
    const table = tableOfRows('texts', [{ text: 'a', label: 'b' }])
    await expect(withEmbeddings(table, { path: 'x.onnx' })).rejects.toThrow(/no pictures/)
  })
})
