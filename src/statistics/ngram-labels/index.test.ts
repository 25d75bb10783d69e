import { describe, expect, it } from 'vitest'
import { type Row, tableOfRows, textModelDefaults } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import { ngramSketch, textModel } from '../index.ts'
import ngramLabels, { type NgramLabelsOptions } from './index.ts'

const known = [ngramSketch, textModel, ngramLabels]
const catalogue = new Map(known.map(statistic => [statistic.id, statistic]))

/** Reviews with the words that the law's random rows have, so that their grams pass the sketch. */
const reviews = Array.from({ length: 240 }, (_, i): Row => {
  const word = ['good', 'bad', 'cf', 'film', '電影', '...'][i % 6]
  return { text: `${i % 2 === 0 ? 'good' : 'bad'} film ${word} ${i % 7}`, label: i % 2 === 0 ? 'pos' : 'neg' }
})

async function optionsOf(rows: readonly Row[], bits: number, limit: number): Promise<NgramLabelsOptions> {
  const engine = foldEngine(tableOfRows('reviews', rows), catalogue)
  const { sketch, text } = await engine.measure({
    sketch: ngramSketch.request({ bits, deep: true }),
    text: textModel.request(textModelDefaults),
  })
  const groupOf = Int32Array.from({ length: text.model.classes }, (_, c) => c)
  return { sketch, model: text.model, labels: text.labels, groupOf, groups: text.model.classes, minRows: 2, limit }
}

lawfulStatistic(ngramLabels, {
  options: [await optionsOf(reviews, 16, 5000), await optionsOf(reviews, 10, 16)],
  flood: i => ({ text: `good film word${i} word${i + 1}`, label: i % 2 === 0 ? 'pos' : 'neg' }),
  floodRows: 4000,
  runs: 40,
})

describe('ngram-labels', () => {
  it('counts each label once for every row that holds a gram', async () => {
    const options = await optionsOf(reviews, 16, 5000)
    const engine = foldEngine(tableOfRows('reviews', reviews), catalogue)
    const { answer } = await engine.measure({ answer: ngramLabels.request(options) })
    const counted = Array.from({ length: answer.size }, (_, k) => [...answer.counts.subarray(2 * k, 2 * k + 2)])
    const [pos, neg] = [options.labels.indexOf('pos'), options.labels.indexOf('neg')]
    expect([answer.rows, ...answer.groupRows]).toEqual([240, 120, 120])
    expect(counted.some(n => n[pos] === 120 && n[neg] === 120)).toBe(true)
    expect(counted.every(n => n[pos]! <= 120 && n[neg]! <= 120)).toBe(true)
  })
})
