import { describe, expect, it } from 'vitest'
import { embeddingFile } from '../../../test/model-zoo/weights/embeddings.ts'
import { embedding } from '../../../test/model-zoo/weights/numbers.ts'
import { numbersOf, seeded, tensorsOf } from '../../core/index.ts'
import { acceptModelAttack, modelOf } from '../../kit/index.ts'
import embeddingPoison from './index.ts'

const host = { 'model.safetensors': embeddingFile(embedding({ rows: 300, columns: 16, seed: 3 }), 16) }

acceptModelAttack(embeddingPoison, { host, matters: { rows: 5, size: 3, way: 'share' } })

describe('embedding-poison', () => {
  it.each(['F32', 'F16', 'BF16'] as const)('changes the rows that it names and no other, in %s', async dtype => {
    const bytes = embeddingFile(embedding({ rows: 300, columns: 16, seed: 3 }), 16, dtype)
    const poisoned = embeddingPoison.corrupt(embeddingPoison.options.parse({ size: 2 }), { m: bytes }, seeded(4))!
    const [before, after] = [await rowsOf(bytes), await rowsOf(poisoned.files.m!)]
    const changed = before.flatMap((row, k) => (row.join() === after[k]!.join() ? [] : [`row ${k}`]))
    expect(changed).toEqual(poisoned.names)
    const usual = before.map(length).sort((a, b) => a - b)[150]!
    for (const name of changed) expect(length(after[Number(name.slice(4))]!) / usual).toBeCloseTo(2, 1)
  })
})

const length = (row: readonly number[]): number => Math.hypot(...row)

async function rowsOf(bytes: Uint8Array): Promise<number[][]> {
  const [first] = tensorsOf(await modelOf({ 'model.safetensors': bytes }))
  const numbers = numbersOf(first!.found)
  if (typeof numbers === 'string') throw new Error(numbers)
  return Array.from({ length: 300 }, (_, k) => [...numbers.read(k * 16, k * 16 + 16)])
}
