import { labelOf } from '../../core/index.ts'
import type { NearDuplicates, RowSample, TextModel } from '../../statistics/index.ts'
import type { Mark } from './excess.ts'
import type { Group } from './groups.ts'

/** Rows are compared with rows of which the model is as sure. */
export const sureness = 10
/** Rows of the table's own mix of classes that are added to a contributor's, so that few rows do not move it far. */
const priorRows = 10
const rounds = 30

/**
 * Marks rows whose text is more likely to have another label; the kind of a row is how sure the model is. Contributors
 * honestly differ in their mix of classes, so each one's own mix is estimated first, from its texts alone (Saerens,
 * Latinne and Decaestecker 2002), and the model's probabilities are read with it.
 */
export function contradicted({ rows, label, probability, labels, other }: TextModel): (group: Group) => Mark {
  const classes = Math.max(1, labels.length + (other ? 1 : 0))
  const place = new Map(Array.from(rows, (row, i) => [row, i] as const))
  const usual = mixOf(
    Array.from(rows, (_, i) => i),
    probability,
    new Float64Array(classes).fill(1),
  )
  return group => {
    const own = group.rows.flatMap(row => place.get(row) ?? [])
    const ratio = new Float64Array(classes).fill(1)
    for (let round = 0; round < rounds; round++) {
      const mix = mixOf(own, probability, ratio)
      for (let c = 0; c < classes; c++)
        ratio[c] =
          (mix[c]! * own.length + priorRows * usual[c]!) / ((own.length + priorRows) * Math.max(1e-9, usual[c]!))
    }
    return row => {
      const i = place.get(row)
      if (i === undefined) return undefined
      let [sum, most, given] = [0, 0, 0]
      for (let c = 0; c < classes; c++) {
        const weight = probability[i * classes + c]! * ratio[c]!
        sum += weight
        if (weight > most) most = weight
        if (c === label[i]) given = weight
      }
      return { marked: given < most, kind: Math.min(sureness - 1, Math.floor((sureness * most) / sum)) }
    }
  }
}

/** Mean probability of each class over some rows, after weighing the classes by `ratio`. */
function mixOf(rows: readonly number[], probability: Float32Array, ratio: Float64Array): Float64Array {
  const classes = ratio.length
  const mix = new Float64Array(classes)
  for (const i of rows) {
    let sum = 0
    for (let c = 0; c < classes; c++) sum += probability[i * classes + c]! * ratio[c]!
    for (let c = 0; c < classes; c++) mix[c]! += (probability[i * classes + c]! * ratio[c]!) / (sum * rows.length)
  }
  return mix
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
