import { labelOf, type Part, partOf, type Row, type RowId } from '../../core/index.ts'
import type { Cluster } from '../../statistics/index.ts'

/** Rows that are word for word the same as a row with another label, in the order of the table. */
export function conflicting(clusters: readonly Cluster[], cells: ReadonlyMap<RowId, Row>): RowId[] {
  const found: RowId[] = []
  for (const { rows, variant } of clusters) {
    const labels = new Map<number, Set<string>>()
    const labelled = rows.map((row, k) => ({ row, variant: variant[k]!, label: labelOf(cells.get(row)?.label) }))
    for (const { variant: v, label } of labelled) {
      if (label === null) continue
      labels.set(v, (labels.get(v) ?? new Set()).add(label))
    }
    for (const one of labelled) if (one.label !== null && labels.get(one.variant)!.size > 1) found.push(one.row)
  }
  return found.sort((a, b) => a - b)
}

/** Rows of one split that repeat rows of another. */
export interface Leak {
  readonly from: string
  readonly to: string
  readonly rows: RowId[]
}

const trains = /^train/i

/** Rows of every other split that have a near-copy in the training split. */
export function leaked(clusters: readonly Cluster[], parts: readonly Part[], cells: ReadonlyMap<RowId, Row>): Leak[] {
  const splitOf = (row: RowId): string | null => labelOf(cells.get(row)?.split) ?? parts[partOf(row)]?.split ?? null
  const leaks = new Map<string, Leak>()
  for (const { rows } of clusters) {
    const splits = rows.map(splitOf)
    const from = splits.find(split => split !== null && trains.test(split))
    if (!from) continue
    rows.forEach((row, k) => {
      const to = splits[k]
      if (!to || to === from) return
      const leak = leaks.get(to) ?? { from, to, rows: [] }
      leaks.set(to, leak)
      leak.rows.push(row)
    })
  }
  for (const { rows } of leaks.values()) rows.sort((a, b) => a - b)
  return [...leaks.values()].sort((a, b) => (a.to < b.to ? -1 : 1))
}
