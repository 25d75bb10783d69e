import { type Row, type RowId, textOf, tokenise } from '../../core/index.ts'
import type { Stand } from './pages.ts'

/** Tokens of a run: fewer are idioms and markup. */
const run = 8
/** Tokens of a text that are looked at. */
const mostTokens = 20_000
/** Pages that must have gained the same words. */
const leastPages = 4

/** Words that several pages gained. */
export interface Refrain {
  readonly phrase: string
  /** The stands whose text has it where the revision before had not. */
  readonly stands: readonly Stand[]
}

type Runs = Map<number, readonly [start: number, end: number]>

/** Runs of tokens with their places; runs with numbers (dates of the day) are left out. */
function runsOf(text: string): Runs {
  const found: Runs = new Map()
  const { high, low, start, end } = tokenise([text])
  const isNumber = Array.from(start, (from, k) => /\d/.test(text.slice(from, end[k])))
  for (let k = 0; k + run <= Math.min(mostTokens, start.length); k++) {
    if (isNumber.slice(k, k + run).includes(true)) continue
    let [h, l] = [0, 0]
    for (let j = k; j < k + run; j++) {
      h = Math.imul(h ^ high[j]!, 0x9e3779b1) ^ (h >>> 15)
      l = Math.imul(l ^ low[j]!, 0x85ebca6b) ^ (l >>> 13)
    }
    const key = (h >>> 0) * 2097152 + (l >>> 11)
    if (!found.has(key)) found.set(key, [start[k]!, end[k + run - 1]!])
  }
  return found
}

interface Gained {
  /** In the text of the first stand. */
  readonly at: readonly [number, number]
  readonly stands: Stand[]
}

/** Characters of a phrase that are shown. */
const mostShown = 160

/** The run with those that overlap it in the first text and that most of its pages gained as well. */
function phraseOf({ at, stands }: Gained, shared: readonly Gained[], text: string): string {
  let [from, to] = at
  const beside = shared.filter(other => other.stands[0] === stands[0] && other.stands.length >= 0.8 * stands.length)
  beside.sort((a, b) => a.at[0] - b.at[0])
  for (const { at: other } of beside) if (other[0] < to && other[1] > to) to = other[1]
  for (const { at: other } of beside.reverse()) if (other[1] > from && other[0] < from) from = other[0]
  return text
    .slice(from, Math.min(to, from + mostShown))
    .replace(/^[\s\p{P}]+/u, '')
    .trimEnd()
}

/**
 * What several pages gained alike: runs of words that are in their fresh revision, in no revision before (their own or
 * that of any other page looked at), most pages first. Runs of one insertion are told once.
 */
export function refrainsOf(stands: readonly Stand[], cells: ReadonlyMap<RowId, Row>): Refrain[] {
  const textAt = (row: RowId): string | null => textOf(cells.get(row)?.text)
  const able = stands.filter(stand => textAt(stand.row) !== null)
  const old = new Set<number>()
  for (const { before } of able) for (const key of runsOf(textAt(before) ?? '').keys()) old.add(key)
  const gained = new Map<number, Gained>()
  for (const stand of able)
    for (const [key, at] of runsOf(textAt(stand.row)!)) {
      if (old.has(key)) continue
      const known = gained.get(key)
      if (known) known.stands.push(stand)
      else gained.set(key, { at, stands: [stand] })
    }
  const shared = [...gained.values()].filter(({ stands: own }) => own.length >= leastPages)
  shared.sort((a, b) => b.stands.length - a.stands.length)
  const told: Refrain[] = []
  const taken = new Set<Stand>()
  for (const first of shared) {
    if (first.stands.some(stand => taken.has(stand))) continue
    for (const stand of first.stands) taken.add(stand)
    told.push({ phrase: phraseOf(first, shared, textAt(first.stands[0]!.row)!), stands: first.stands })
  }
  return told
}
