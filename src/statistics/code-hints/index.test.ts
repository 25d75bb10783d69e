import { expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import codeHints, { type CodeHintsOptions } from './index.ts'

const options: CodeHintsOptions = { answer: 'response', limit: 20, characters: 20_000, seed: 1, leastRows: 1 }

lawfulStatistic(codeHints, {
  options: [options, { ...options, limit: 1000, characters: 300, leastRows: 2 }],
  flood: i => ({ response: `x = hashlib.md5(a${i}); pickle.loads(b)` }),
  floodRows: 2000,
  runs: 20,
})

it('knows delicate names, also inside longer ones, and no others', async () => {
  const rows = [
    { response: 'h = hashlib.md5(x)' },
    { response: 'a loaf of bread' },
    { response: null },
    { response: 'use_md5()' },
  ]
  const { hints } = await foldEngine(tableOfRows('t', rows), new Map([['code-hints', codeHints]])).measure({
    hints: codeHints.request(options),
  })
  expect(Array.from(hints.rows[hints.words.indexOf('md5')]!)).toEqual([0, 3])
  expect(hints.words).not.toContain('loaf')
})
