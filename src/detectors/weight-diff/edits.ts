import type { Change, Pair } from './pairs.ts'
import { type LowRank, lowRankOf } from './rank.ts'

/** A change that training does not make. */
export type Edit =
  /** A few rows of a large matrix, and nothing else. */
  | { readonly kind: 'rows'; readonly change: Change }
  /** A product of a few vectors, and nothing else. */
  | { readonly kind: 'rank'; readonly change: Change; readonly low: LowRank }
  /** Some of many like layers, with unchanged ones behind them. */
  | { readonly kind: 'alone'; readonly change: Change }

/** Edits of facts touch one to some ten matrices; training touches nearly all. */
const few = { matrices: 10, share: 0.1 }
/** So many tensors must have stayed, else nothing is said to be alone. */
const leastEqual = 3
/** Rows of a matrix that is edited by rows. */
const fewRows = { most: 64, share: 0.05, leastRows: 200 }

/** Tells edits from training: an edit leaves all others as they were, to the last bit. */
export function editsOf(changes: readonly Change[], equal: readonly Pair[]): Edit[] {
  const matrices = changes.filter(isMatrix)
  const all = changes.length + equal.length
  if (matrices.length === 0 || equal.length < leastEqual) return []
  if (changes.length > Math.max(few.matrices, all * few.share) || changes.length > equal.length) return []
  return matrices.flatMap((change): Edit[] => {
    if (isByRows(change)) return [{ kind: 'rows', change }]
    const low = lowRankOf(change)
    if (low) return [{ kind: 'rank', change, low }]
    return isInside(change, equal) ? [{ kind: 'alone', change }] : []
  })
}

const isMatrix = ({ rows, columns }: Change): boolean => rows > 1 && columns > 1

const isByRows = ({ rows, changed }: Change): boolean =>
  rows >= fewRows.leastRows &&
  changed.length <= Math.max(fewRows.most, rows * fewRows.share) &&
  changed.length < rows / 2

/** Whoever trains the last layers alone leaves no unchanged layer behind them. */
function isInside({ name }: Change, equal: readonly Pair[]): boolean {
  const numbers = [...name.matchAll(/\d+/g)]
  return numbers.some(number => {
    const [head, tail] = [name.slice(0, number.index), name.slice(number.index + number[0].length)]
    return equal.some(other => {
      if (!other.name.startsWith(head) || !other.name.endsWith(tail)) return false
      const middle = other.name.slice(head.length, other.name.length - tail.length)
      return /^\d+$/.test(middle) && Number(middle) > Number(number[0])
    })
  })
}
