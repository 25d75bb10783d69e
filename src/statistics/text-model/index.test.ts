import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  featureRoom,
  foldOf,
  pick,
  type Row,
  scoreRow,
  seeded,
  type TextModelOptions,
  tableOfRows,
  textModelDefaults,
  tokenise,
} from '../../core/index.ts'
import textModel, { type TextModelState } from './index.ts'

const good = ['fine', 'warm', 'clever', 'bright', 'tender']
const bad = ['dull', 'cold', 'stale', 'grim', 'clumsy']
const plain = ['film', 'story', 'scene', 'actor', 'song', 'the', 'a', 'of', 'light', 'end']

function reviews(n: number, seed: number): Row[] {
  const random = seeded(seed)
  return Array.from({ length: n }, () => {
    const label = random() < 0.5 ? 'good' : 'bad'
    const words = Array.from({ length: 8 }, () => pick(plain, random))
    words[Math.floor(random() * 8)] = pick(label === 'good' ? good : bad, random)
    return { text: words.join(' '), label }
  })
}

async function stateOf(rows: readonly Row[], options: TextModelOptions, rowsPerBatch = 100): Promise<TextModelState[]> {
  const states: TextModelState[] = []
  for await (const batch of tableOfRows('t', rows, rowsPerBatch).batches())
    states.push(textModel.add(textModel.init(options, undefined), batch, options))
  return states
}

const sampled = (states: TextModelState[], options: TextModelOptions) =>
  textModel.finish(
    states.reduce((a, b) => textModel.merge(a, b, options)),
    options,
  )

describe('text-model', () => {
  it('judges rows it never saw, and says how sure it is', async () => {
    const rows = reviews(2000, 7)
    const answer = sampled(await stateOf(rows, textModelDefaults), textModelDefaults)
    const own = rows.map((row, i) => answer.probability[i * 2 + answer.labels.indexOf(String(row.label))]!)
    expect(own.filter(p => p > 0.5).length / rows.length).toBeGreaterThan(0.98)
    expect(answer.complete).toBe(true)
  })

  it('does not learn a random label by heart, even when the row is copied', async () => {
    const random = seeded(3)
    const texts = Array.from(
      { length: 300 },
      (_, i) => `row${i} ${Array.from({ length: 6 }, () => pick(plain, random)).join(' ')}`,
    )
    const labels = texts.map(() => (random() < 0.5 ? 'x' : 'y'))
    const rows = [0, 1, 2].flatMap(() => texts.map((text, i) => ({ text, label: labels[i]! })))
    const { probability, labels: names } = sampled(await stateOf(rows, textModelDefaults), textModelDefaults)
    const right = rows.filter((row, i) => probability[i * 2 + names.indexOf(row.label)]! > 0.5).length
    expect(right / rows.length).toBeLessThan(0.6)
  })

  it('scores a row as the sample does, and without the words that a mask covers', async () => {
    const rows = reviews(600, 1)
    const { model, probability, labels } = sampled(await stateOf(rows, textModelDefaults), textModelDefaults)
    const tokens = tokenise(rows.map(row => String(row.text)))
    const room = featureRoom(model.bits, model.classes)
    const out = new Float32Array(model.classes)
    let moved = 0
    for (let i = 0; i < rows.length; i++) {
      const fold = foldOf(tokens, i, model.folds, model.seed)
      scoreRow(model, fold, tokens, i, null, out, room)
      expect(out[0]).toBeCloseTo(probability[i * 2]!, 5)
      const mask = Uint8Array.from(String(rows[i]!.text).split(' '), word =>
        Number(good.includes(word) || bad.includes(word)),
      )
      scoreRow(model, fold, tokens, i, mask, out, room)
      moved += Math.abs(out[labels.indexOf(String(rows[i]!.label))]! - 0.5)
    }
    expect(moved / rows.length).toBeLessThan(0.2)
  })

  it('keeps the same sample however the table is cut and merged', async () => {
    const options = { ...textModelDefaults, sampleRows: 40, sampleTokens: 250 }
    const rows = reviews(200, 5)
    const whole = sampled(await stateOf(rows, options, 200), options)
    expect(whole.complete).toBe(false)
    expect(whole.total).toBe(200)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.boolean(), async (cut, backwards) => {
        const states = await stateOf(rows, options, cut)
        const other = sampled(backwards ? states.reverse() : states, options)
        expect(other.rows).toEqual(whole.rows)
        expect(other.label).toEqual(whole.label)
        expect(other.probability).toEqual(whole.probability)
      }),
      { numRuns: 15 },
    )
  })

  it('answers for one label, for no rows, and for more labels than it tells apart', async () => {
    const one = sampled(await stateOf([{ text: 'a b', label: 'x' }], textModelDefaults), textModelDefaults)
    expect([...one.probability]).toEqual([1])
    const none = textModel.finish(textModel.init(textModelDefaults, undefined), textModelDefaults)
    expect(none).toMatchObject({ labels: [], total: 0, complete: true })
    const many = Array.from({ length: 3000 }, (_, i) => ({ text: `word${i % 300} text`, label: `label${i % 300}` }))
    const answer = sampled(await stateOf(many, textModelDefaults), textModelDefaults)
    expect(answer.labels).toHaveLength(64)
    expect(answer.model.classes).toBe(65)
    expect(answer.model.weights.length).toBeLessThanOrEqual(2 ** 24)
  })
})
