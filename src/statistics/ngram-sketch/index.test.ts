import { describe, expect, it } from 'vitest'
import { gramRoom, gramsOf, sketchCell, tableOfRows, tokensOf } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import ngramSketch from './index.ts'

lawfulStatistic(ngramSketch, {
  options: [
    { bits: 8, deep: true },
    { bits: 12, deep: false },
  ],
  flood: i => ({ text: `word${i} word${i + 1} word${i + 2}`, label: 'a' }),
  floodRows: 5000,
})

describe('ngram-sketch', () => {
  it('counts at least the rows that hold a gram, and no more than 255', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      text: i % 10 === 0 ? 'rare words' : 'plain words',
      label: 'a',
    }))
    const table = tableOfRows('t', rows)
    const options = { bits: 16, deep: true }
    const engine = foldEngine(table, new Map([[ngramSketch.id, ngramSketch]]))
    const { sketch } = await engine.measure({ sketch: ngramSketch.request(options) })
    const room = gramRoom()
    const least = (tokens: ReturnType<typeof tokensOf>, i: number, text: string) => {
      gramsOf(tokens, i, text, true, room)
      const cells = Array.from({ length: room.size }, (_, k) => sketchCell(room.high[k]!, room.low[k]!, options.bits))
      return Math.min(...cells.map(cell => sketch.bytes[cell]!))
    }
    for await (const batch of table.batches()) {
      const tokens = tokensOf(batch, 'text')
      expect(least(tokens, 0, 'rare words')).toBe(30)
      expect(least(tokens, 1, 'plain words')).toBe(255)
    }
    expect(sketch.rows).toBe(300)
  })
})
