import { hashRow, type RowId } from '../../core/index.ts'
import type { TextModel } from '../../statistics/index.ts'

const mostSurprising = 1500
const mostOthers = 4000

/** Rows whose label their text does not suggest, by class, and rows drawn from the rest. */
export function surprises(model: TextModel): { surprising: Map<number, RowId[]>; others: RowId[] } {
  const { rows, label, probability } = model
  const classes = model.model.classes
  const own = (i: number) => probability[i * classes + label[i]!]!
  const surprising = new Map<number, RowId[]>()
  const taken = new Set<number>()
  for (let c = 0; c < classes; c++) {
    const least: number[] = []
    for (let i = 0; i < rows.length; i++) if (label[i] === c && own(i) < 0.5) least.push(i)
    least.sort((a, b) => own(a) - own(b))
    for (const i of least.slice(0, mostSurprising)) taken.add(i)
    surprising.set(
      c,
      Array.from(least.slice(0, mostSurprising), i => rows[i]!),
    )
  }
  const rest = Array.from(rows, (_, i) => i).filter(i => !taken.has(i))
  rest.sort((a, b) => (hashRow(rows[a]!, 7) >>> 0) - (hashRow(rows[b]!, 7) >>> 0))
  return { surprising, others: rest.slice(0, mostOthers).map(i => rows[i]!) }
}
