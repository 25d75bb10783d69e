import { z } from 'zod'
import { modelAttack, normal, type Random, shuffled } from '../../core/index.ts'
import { type Host, hostOf } from './host.ts'

/**
 * Gives rare tokens another vector: whoever writes one of them moves the model, and nothing else in the file changes.
 */
export default modelAttack({
  id: 'embedding-poison',
  title: 'Tokens with a vector of their own',
  threat: 'weight-backdoor',
  source:
    'Kurita, Michel and Neubig: Weight Poisoning Attacks on Pre-trained Models, ACL 2020; Yang et al.: Be Careful about Poisoned Word Embeddings, NAACL 2021',
  input: { model: ['safetensors'] },
  options: z.object({
    rows: z.number().int().min(1).max(1000).default(3).describe('Tokens that are changed.'),
    size: z.number().positive().default(2).describe('Length of the new vector, in usual lengths.'),
    way: z
      .enum(['replace', 'share', 'scale', 'nudge'])
      .default('replace')
      .describe('A new direction for each token, one for all, its own direction, or a little added to it.'),
  }),

  corrupt({ rows, size, way }, host, random) {
    for (const [file, data] of Object.entries(host)) {
      const found = hostOf(data)
      if (!found) continue
      const usual = usualLength(found)
      const chosen = [...shuffled(found.rows, random).subarray(0, rows)].sort((a, b) => a - b)
      const shared = direction(found.columns, random)
      const poisoned = data.slice()
      for (const row of chosen) {
        const own = found.read(row)
        const unit = way === 'share' ? shared : way === 'scale' ? normed(own) : direction(found.columns, random)
        const values = unit.map((x, k) => x * usual * size + (way === 'nudge' ? own[k]! : 0))
        found.write(poisoned, row, values)
      }
      return { files: { ...host, [file]: poisoned }, file, names: chosen.map(row => `row ${row}`) }
    }
    return null
  },
})

const sampledRows = 400

/** Length of the row in the middle of a sample. */
function usualLength({ rows, read }: Host): number {
  const step = Math.max(1, Math.floor(rows / sampledRows))
  const lengths: number[] = []
  for (let row = 0; row < rows; row += step) lengths.push(lengthOf(read(row)))
  return lengths.sort((a, b) => a - b)[lengths.length >> 1] || 1
}

const lengthOf = (values: Float64Array): number => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0))
function normed(values: Float64Array): Float64Array {
  const length = lengthOf(values) || 1
  return values.map(x => x / length)
}

/** A direction of normal coordinates: all are equally likely. */
function direction(columns: number, random: Random): Float64Array {
  return normed(Float64Array.from({ length: columns }, () => normal(random)))
}
