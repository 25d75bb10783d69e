import { describe, expect, it } from 'vitest'
import { gramRoom, gramsOf, type Row, tableOfRows, tokenise, WORD_GRAM } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import rowsWith, { type RowsWithOptions } from './index.ts'

type Rest = Pick<RowsWithOptions, 'perQuestion' | 'characters'>

/** One question for each text: rows that hold all its words. */
function questionsOf(texts: readonly string[], rest: Rest): RowsWithOptions {
  const room = gramRoom()
  const high: number[] = []
  const low: number[] = []
  const offsets = [0]
  for (const text of texts) {
    gramsOf(tokenise([text]), 0, text, false, room)
    for (let k = 0; k < room.size; k++) {
      if (room.kind[k] !== WORD_GRAM) continue
      high.push(room.high[k]!)
      low.push(room.low[k]!)
    }
    offsets.push(high.length)
  }
  const halves = { high: Int32Array.from(high), low: Int32Array.from(low), offsets: Int32Array.from(offsets) }
  return { ...halves, deep: false, seed: 1, ...rest }
}

lawfulStatistic(rowsWith, {
  options: [
    questionsOf(['cf', 'good', 'film', '電影', 'bad'], { perQuestion: 3, characters: 5 }),
    questionsOf(['good', 'good film'], { perQuestion: 100, characters: 0 }),
  ],
  flood: i => ({ text: `good film ${i}`, label: 'pos' }),
  floodRows: 5000,
})

describe('rows-with', () => {
  const rows = Array.from(
    { length: 60 },
    (_, i): Row => ({ text: `${i % 3 === 0 ? 'odd ' : ''}word ${i}`, label: 'a' }),
  )
  const measured = async (options: RowsWithOptions) => {
    const engine = foldEngine(tableOfRows('t', rows, 7), new Map([[rowsWith.id, rowsWith]]))
    return (await engine.measure({ answer: rowsWith.request(options) })).answer
  }

  it('finds all rows of a question when there is room, with their cells', async () => {
    const { totals, rows: found, cells } = await measured(questionsOf(['odd'], { perQuestion: 50, characters: 6 }))
    expect([...totals]).toEqual([20])
    expect([...found[0]!]).toEqual(Array.from({ length: 20 }, (_, i) => 3 * i))
    expect(cells.get(3)).toEqual({ text: 'odd wo', label: 'a' })
    expect(cells.size).toBe(20)
  })

  it('counts all rows and keeps as many as are asked for', async () => {
    const {
      totals,
      rows: found,
      cells,
    } = await measured(questionsOf(['odd', 'word'], { perQuestion: 4, characters: 9 }))
    expect([...totals]).toEqual([20, 60])
    expect(found.map(kept => kept.length)).toEqual([4, 4])
    expect(new Set(cells.keys())).toEqual(new Set(found.flatMap(kept => [...kept])))
  })
})
