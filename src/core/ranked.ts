import type { Cell } from './table.ts'

/**
 * The items of lowest rank that fit the bounds. The rule is a prefix of the order of ranks, so shards merge to exactly
 * what one pass would have kept: a limit only ever falls, and items of one rank stay or go together.
 */
export interface Ranked<T> {
  items: { readonly rank: number; readonly weight: number; readonly value: T }[]
  weight: number
  /** Items of this rank or above are out; Infinity while nothing had to go. */
  limit: number
}

export interface RankedBounds {
  readonly items: number
  readonly weight: number
}

export const emptyRanked = <T>(): Ranked<T> => ({ items: [], weight: 0, limit: Infinity })

/** Puts an item in when its rank is within the limit. Trims now and then, at twice the bounds. */
export function putRanked<T>(to: Ranked<T>, rank: number, weight: number, value: T, bounds: RankedBounds): void {
  if (rank >= to.limit) return
  to.items.push({ rank, weight, value })
  to.weight += weight
  if (to.items.length > 2 * bounds.items + 16 || to.weight > 2 * bounds.weight) trimRanked(to, bounds)
}

/** Drops what is beyond the bounds. */
export function trimRanked<T>(to: Ranked<T>, bounds: RankedBounds): Ranked<T> {
  if (to.items.length > bounds.items) {
    const ranks = Float64Array.from(to.items, item => item.rank).sort()
    lower(to, ranks[bounds.items]!)
  }
  if (to.weight <= bounds.weight) return to
  to.items.sort((a, b) => a.rank - b.rank)
  let weight = 0
  for (const item of to.items) {
    weight += item.weight
    if (weight <= bounds.weight) continue
    lower(to, item.rank)
    break
  }
  return to
}

function lower<T>(to: Ranked<T>, limit: number): void {
  to.limit = Math.min(to.limit, limit)
  to.items = to.items.filter(item => item.rank < to.limit)
  to.weight = to.items.reduce((sum, item) => sum + item.weight, 0)
}

/** The items of both that fit the bounds. May change and return `a`. */
export function mergeRanked<T>(a: Ranked<T>, b: Ranked<T>, bounds: RankedBounds): Ranked<T> {
  const limit = Math.min(a.limit, b.limit)
  const both: Ranked<T> = { items: a.items.concat(b.items), weight: 0, limit }
  lower(both, limit)
  return trimRanked(both, bounds)
}

/** The values that fit the bounds, by rank. */
export const rankedValues = <T>(of: Ranked<T>, bounds: RankedBounds): T[] =>
  [...trimRanked(of, bounds).items].sort((a, b) => a.rank - b.rank).map(({ value }) => value)

/** Room that a cell takes, in characters. */
export function weightOf(cell: Cell | undefined): number {
  if (typeof cell === 'string') return cell.length
  if (cell instanceof Uint8Array) return cell.length
  return typeof cell === 'object' && cell !== null ? JSON.stringify(cell).length : 8
}

/** The cell, its text cut to `most` characters; nested cells that are longer become cut text. */
export function shortened(cell: Cell | undefined, most: number): Cell {
  if (cell === undefined) return null
  if (weightOf(cell) <= most) return cell
  if (cell instanceof Uint8Array) return cell.slice(0, most)
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell)
  // A plain slice would keep the whole text alive behind it.
  return Array.from({ length: Math.ceil(most / 8192) }, (_, k) =>
    String.fromCharCode(...unitsOf(text, k * 8192, Math.min(most, (k + 1) * 8192))),
  ).join('')
}

const unitsOf = (text: string, from: number, to: number): Uint16Array =>
  Uint16Array.from({ length: to - from }, (_, k) => text.charCodeAt(from + k))
