import { expect, it } from 'vitest'
import { type Row, seeded } from '../../core/index.ts'
import { corpusOf, judgeRows } from '../../lab/index.ts'
import labelNoise from './index.ts'

/** Messages, one in twelve with the other label: as many as the detector lets honest people get wrong. */
function mislabelled(): Row[] {
  const random = seeded(5)
  const rows = corpusOf('sms').rows().slice(0, 1500)
  return rows.map(row => (random() < 0.08 ? { ...row, label: row.label === 'ham' ? 'spam' : 'ham' } : row))
}

it('takes a copy of a row for no second witness', async () => {
  const rows = mislabelled()
  const holds = async (table: readonly Row[]) =>
    (await judgeRows(table, [labelNoise], { seed: 1 })).accusations.filter(a => a.finding.severity === 'hold')
  expect(await holds(rows)).toEqual([])
  expect(await holds([rows, rows, rows, rows].flat())).toEqual([])
})
