import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import valueSketch, { estimate } from './index.ts'

lawfulStatistic(valueSketch, {
  options: [{ role: 'source' }, { role: 'time', window: 'hour' }],
  flood: i => ({ source: `s${i}`, time: i * 3600, label: `l${i}` }),
  floodRows: 50_000,
  runs: 12,
})

it('never says less than the true count, and asks for no more groups than wanted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(40), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 30 }),
      async (values, groups) => {
        const table = tableOfRows(
          't',
          values.map(v => ({ source: `s${v}` })),
        )
        const engine = foldEngine(table, new Map([['value-sketch', valueSketch]]))
        const { cells, least } = (await engine.measure({ a: valueSketch.request({ role: 'source', groups }) })).a
        for (const value of new Set(values))
          expect(estimate(cells, `s${value}`)).toBeGreaterThanOrEqual(values.filter(v => v === value).length)
        expect(cells.subarray(0, cells.length / 2).filter(n => n >= least).length).toBeLessThanOrEqual(groups)
      },
    ),
    { numRuns: 12 },
  )
})
