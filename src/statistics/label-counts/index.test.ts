import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import labelCounts from './index.ts'

lawfulStatistic(labelCounts, {
  options: [{ limit: 3 }],
  flood: i => ({ label: `label ${i}` }),
  floodRows: 210_000,
})

describe('label-counts', () => {
  const measured = async (labels: readonly (string | number | null)[], limit: number) => {
    const table = tableOfRows(
      't',
      labels.map(label => ({ label })),
    )
    return (
      await foldEngine(table, new Map([['label-counts', labelCounts]])).measure({ a: labelCounts.request({ limit }) })
    ).a
  }

  it('counts by trimmed text and keeps the most frequent', async () => {
    expect(await measured(['a', ' a ', 'b', 1, '1', null, ''], 2)).toEqual({
      rows: 5,
      missing: 2,
      labels: [
        { label: '1', rows: 2 },
        { label: 'a', rows: 2 },
      ],
      other: 1,
      overflow: false,
    })
  })

  it('says when there are too many labels, and counts those it keeps exactly', async () => {
    const labels = Array.from({ length: 240_000 }, (_, i) => `l${i % 120_000}`)
    const { labels: kept, other, overflow } = await measured(labels, 1_000_000)
    expect(overflow).toBe(true)
    expect(kept).toHaveLength(100_000)
    expect(kept.every(({ rows }) => rows === 2)).toBe(true)
    expect(other).toBe(40_000)
  })
})
