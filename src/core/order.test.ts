import { describe, expect, it } from 'vitest'
import type { Evidence } from './evidence.ts'
import { readingOrder } from './order.ts'
import { seeded, shuffled } from './random.ts'
import type { Severity } from './severity.ts'

const scores = { score: 1, expected: 0, examples: [] }
const evidences: Partial<Record<Evidence['kind'], Evidence>> = {
  trigger: {
    ...scores,
    kind: 'trigger',
    trigger: 'x',
    form: 'word',
    label: 'a',
    rows: 9,
    agreeing: 9,
    expectedAgreeing: 1,
    variants: [],
  },
  cluster: { ...scores, kind: 'cluster', size: 9, similarity: 1 },
  rows: { ...scores, kind: 'rows', total: 9 },
}

const item = (id: string, kind: 'trigger' | 'cluster' | 'rows', severity: Severity, rows = 0) => ({
  severity,
  finding: {
    id,
    detector: id.slice(0, 1),
    message: 'm',
    severity,
    threat: 'data-injection',
    text: '',
    evidence: evidences[kind]!,
    rows: { total: rows, listed: [], complete: true },
  },
})

const ids = (items: readonly ReturnType<typeof item>[]) => readingOrder(items).map(i => i.finding.id)

describe('readingOrder', () => {
  it('puts severity first, then a mark, then rows that belong together, then odd rows', () => {
    const items = [
      item('a', 'rows', 'block', 900),
      item('b', 'cluster', 'block', 50),
      item('c', 'trigger', 'hold', 999),
      item('d', 'trigger', 'block', 3),
    ]
    expect(ids(items)).toEqual(['d', 'b', 'a', 'c'])
  })

  it('puts the detector that accuses more rows first and leaves its own order as it is', () => {
    const items = [
      item('a', 'trigger', 'block', 20),
      item('b1', 'trigger', 'block', 5),
      item('b2', 'trigger', 'block', 50),
    ]
    expect(ids(items)).toEqual(['b1', 'b2', 'a'])
  })

  it('does not depend on the order in which detectors stand', () => {
    const items = [...'abcdefgh'].map((id, i) =>
      item(id, i % 2 ? 'cluster' : 'trigger', i % 3 ? 'hold' : 'block', i % 4),
    )
    const once = ids(items)
    for (let seed = 1; seed < 9; seed++)
      expect(ids([...shuffled(items.length, seeded(seed))].map(i => items[i]!))).toEqual(once)
  })
})
