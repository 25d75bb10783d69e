import { cumulativeShift, logSameShare } from '../../core/index.ts'
import type { TableProfile } from '../../statistics/index.ts'

type TextProfile = TableProfile['texts'][string]
type ValueProfile = TableProfile['values'][string]

/** Something that was compared: its share of the rows then and now, and how likely chance alone moves it so far. */
export interface Shift {
  readonly value: string
  readonly before: number
  readonly after: number
  /** Natural logarithm of the chance. */
  readonly log: number
  /** True when it certainly did not occur before. */
  readonly isNew: boolean
}

/** All comparisons of one measure. */
export interface Comparison {
  readonly measure: string
  readonly kind: 'share' | 'length'
  readonly shifts: readonly Shift[]
}

/** Everything that two profiles let us compare. A column that only one version has is not compared. */
export function comparisons(before: TableProfile, after: TableProfile): Comparison[] {
  const rows: Pair = [before.rows, after.rows]
  const values = shared(before.values, after.values).map(([role, a, b]) => ({
    measure: role,
    kind: 'share' as const,
    shifts: valueShifts(a, b, rows),
  }))
  const texts = shared(before.texts, after.texts).flatMap(([role, a, b]) => textShifts(role, a, b, rows))
  return [...values, ...texts].filter(({ shifts }) => shifts.length > 0)
}

type Pair = readonly [number, number]
type Counts = ReadonlyMap<string, number>

function shared<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): [string, T, T][] {
  return Object.keys(a).flatMap(key => (Object.hasOwn(b, key) ? [[key, a[key]!, b[key]!] as [string, T, T]] : []))
}

function shiftOf(value: string, a: number, b: number, [n, m]: Pair, isNew = false): Shift {
  return { value, before: n > 0 ? a / n : 0, after: m > 0 ? b / m : 0, log: logSameShare(a, n, b, m), isNew }
}

/**
 * Shares of named values. A name that is missing from a list may occur as often as the last one listed: it is taken
 * for that, so that a list that ends too early moves nothing.
 */
function namedShifts(a: Counts, b: Counts, mostOutside: Pair, rows: Pair): Shift[] {
  const least = (own: number | undefined, outside: number, other: number) => own ?? Math.min(outside, other)
  return [...new Set([...a.keys(), ...b.keys()])].map(value => {
    const [x, y] = [a.get(value), b.get(value)]
    const isNew = x === undefined && mostOutside[0] === 0
    return shiftOf(`"${value}"`, least(x, mostOutside[0], y ?? 0), least(y, mostOutside[1], x ?? 0), rows, isNew)
  })
}

/** How often a name outside the list may occur: not at all when the list is all there is. */
const outside = (listed: readonly (readonly [string, number])[], isAll: boolean): number =>
  isAll ? 0 : (listed.at(-1)?.[1] ?? 0)

function valueShifts(a: ValueProfile, b: ValueProfile, rows: Pair): Shift[] {
  const most: Pair = [outside(a.values, a.other === 0), outside(b.values, b.other === 0)]
  const named = namedShifts(new Map(a.values), new Map(b.values), most, rows)
  return [...named, shiftOf('rows without it', rows[0] - a.rows, rows[1] - b.rows, rows)]
}

/** The profile keeps this many words at most: a shorter list is the whole vocabulary. */
const keptWords = 256

function textShifts(role: string, a: TextProfile, b: TextProfile, rows: Pair): Comparison[] {
  const share = 'share' as const
  const most: Pair = [outside(a.words, a.words.length < keptWords), outside(b.words, b.words.length < keptWords)]
  const words = namedShifts(new Map(a.words), new Map(b.words), most, rows).map(shift => ({ ...shift, isNew: false }))
  const scripts = namedShifts(new Map(a.scripts), new Map(b.scripts), [0, 0], rows)
  const cells = a.cells.length === b.cells.length ? a.cells : []
  return [
    { measure: `the words of ${role}`, kind: share, shifts: words },
    {
      measure: `the vocabulary of ${role}`,
      kind: share,
      shifts: cells.map((count, k) => shiftOf(`word group ${k} of ${cells.length}`, count, b.cells[k]!, rows)),
    },
    { measure: `the script of ${role}`, kind: share, shifts: scripts },
    { measure: `the length of ${role}`, kind: 'length', shifts: lengthShift(a.lengths, b.lengths) },
  ]
}

/** The length at which the two versions differ most, as the shares of shorter texts. */
function lengthShift(a: readonly number[], b: readonly number[]): Shift[] {
  if (a.length !== b.length) return []
  const { log } = cumulativeShift(a, b)
  const [n, m] = [sum(a), sum(b)]
  let [low, high] = [0, 0]
  let best: Shift = { value: '0', before: 0, after: 0, log, isNew: false }
  for (let k = 0; k < a.length && n > 0 && m > 0; k++) {
    low += a[k]! / n
    high += b[k]! / m
    if (Math.abs(high - low) > Math.abs(best.after - best.before))
      best = { ...best, value: String(Math.ceil(2 ** ((k + 1) / 2))), before: low, after: high }
  }
  return [best]
}

const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0)
