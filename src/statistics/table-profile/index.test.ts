import { describe, expect, it } from 'vitest'
import { type AnyStatistic, canonical, tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import wordSketch from '../word-sketch/index.ts'
import tableProfile from './index.ts'

lawfulStatistic(tableProfile, {
  options: [{}],
  flood: i => ({ text: `w${i} v${i}`, label: `l${i}`, source: `s${i}` }),
  floodRows: 50_000,
  runs: 20,
})

const catalogue = new Map<string, AnyStatistic>([tableProfile, wordSketch].map(s => [s.id, s]))

describe('table-profile', () => {
  it('describes texts and values by name', async () => {
    const rows = [
      { text: 'The cat', label: 'a', source: 'x' },
      { text: 'the the dog', label: 'b', source: 'x' },
      { text: 'кот', label: 'a', source: null },
      { text: '猫 ねこ ネコ', label: 'a', source: 'y' },
    ]
    const { p } = await foldEngine(tableOfRows('t', rows), catalogue).measure({ p: tableProfile.request({}) })
    expect(p.rows).toBe(4)
    expect(p.texts.text!.words.slice(0, 2)).toEqual([
      ['the', 2],
      ['cat', 1],
    ])
    expect(p.texts.text!.scripts).toEqual([
      ['latin', 2],
      ['cyrillic', 1],
      ['kana', 1],
    ])
    expect(p.texts.text!.lengths.reduce((a, b) => a + b)).toBe(4)
    expect(p.values.label).toEqual({
      rows: 4,
      values: [
        ['a', 3],
        ['b', 1],
      ],
      other: 0,
    })
    expect(p.values.source).toEqual({
      rows: 3,
      values: [
        ['x', 2],
        ['y', 1],
      ],
      other: 0,
    })
    expect(Object.keys(p.texts)).toEqual(['text'])
  })

  it('is plain and small enough for a report, whatever the table holds', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      text: `w${i} ${'é'.repeat(300)}${i}`,
      label: `l${i}`,
      actor: `a${i}`,
    }))
    const { p } = await foldEngine(tableOfRows('t', rows), catalogue).measure({ p: tableProfile.request({}) })
    expect(JSON.parse(canonical(p))).toEqual(p)
    expect(canonical(p).length).toBeLessThan(150_000)
  })
})
