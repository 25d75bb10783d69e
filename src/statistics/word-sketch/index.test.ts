import { expect, it } from 'vitest'
import { tableOfRows, tokenise } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import wordSketch, { cellOfWord } from './index.ts'

lawfulStatistic(wordSketch, {
  options: [{ roles: ['text', 'prompt'] }],
  flood: i => ({ text: `w${i} w${i + 1}` }),
  floodRows: 20_000,
  runs: 20,
})

it('counts a row once for each word, whatever its case', async () => {
  const table = tableOfRows('t', [{ text: 'Rare rare RARE' }, { text: 'a rare thing' }, { text: null }, { text: 'a' }])
  const engine = foldEngine(table, new Map([['word-sketch', wordSketch]]))
  const { cells } = (await engine.measure({ a: wordSketch.request({ roles: ['text'] }) })).a
  const rowsWith = (word: string) => cells[0]![cellOfWord(tokenise([word]).high[0]!)]
  expect(['rare', 'a', 'thing', 'absent'].map(rowsWith)).toEqual([2, 2, 1, 0])
})
