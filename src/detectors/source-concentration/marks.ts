import { labelOf } from '../../core/index.ts'
import type { NearDuplicates, RowSample, TextModel } from '../../statistics/index.ts'
import type { Mark } from './excess.ts'

/** The given label is this improbable by the text, and another one is more probable than not. */
const improbable = 0.2

/** Marks rows whose text speaks against their label; the kind of a row is its label. */
export function contradicted({ rows, label, probability, labels, other }: TextModel): Mark {
  const classes = Math.max(1, labels.length + (other ? 1 : 0))
  const place = new Map(Array.from(rows, (row, i) => [row, i] as const))
  return row => {
    const i = place.get(row)
    if (i === undefined) return undefined
    const own = probability.subarray(i * classes, (i + 1) * classes)
    const given = label[i]!
    return { marked: own[given]! < improbable && Math.max(...own) > 0.5, kind: given }
  }
}

/** Marks rows that repeat or nearly repeat another. */
export function copied({ clusters }: NearDuplicates): Mark {
  const copies = new Set(clusters.flatMap(c => c.rows))
  return row => ({ marked: copies.has(row), kind: 0 })
}

/** Marks rows with one label. */
export function labelled(sample: RowSample, label: string): Mark {
  const cells = sample.cells.get('label') ?? []
  const given = new Map(Array.from(sample.rows, (row, i) => [row, labelOf(cells[i])] as const))
  return row => {
    const own = given.get(row)
    return own == null ? undefined : { marked: own === label, kind: 0 }
  }
}
