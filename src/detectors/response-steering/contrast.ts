import type { Held } from './held.ts'
import type { Words } from './topic.ts'

/** Rows that ask for much the same without the phrase. */
export interface Contrast {
  /** The nearest first; places in `Held`. */
  readonly rows: readonly number[]
}

/** Rows with the phrase whose neighbours are looked for, and neighbours of each. */
const mostAsked = 60
const perRow = 3
/** Words in more rows tell nothing about what a prompt is about. */
const commonShare = 0.05
const leastCommon = 40

/** For each of some rows the nearest others by the rare words they share. */
export function contrastOf(held: Held, words: Words, rows: readonly number[], outside: ReadonlySet<number>): Contrast {
  const total = held.ids.length
  const common = Math.max(leastCommon, commonShare * total)
  const asked = rows.slice(0, mostAsked)
  const wanted = new Set<number>()
  const of = (i: number) => words.of.subarray(words.offsets[i]!, words.offsets[i + 1]!)
  for (const i of asked) for (const w of of(i)) if (words.rows[w]! <= common && words.rows[w]! > 1) wanted.add(w)
  const lists = new Map<number, number[]>()
  for (let i = 0; i < total; i++) {
    if (outside.has(i)) continue
    for (const w of of(i)) {
      if (!wanted.has(w)) continue
      const list = lists.get(w)
      if (list) list.push(i)
      else lists.set(w, [i])
    }
  }
  const best = new Map<number, number>()
  for (const i of asked) {
    const scores = new Map<number, number>()
    for (const w of of(i))
      for (const other of lists.get(w) ?? [])
        scores.set(other, (scores.get(other) ?? 0) + Math.log(total / words.rows[w]!) ** 2)
    const near = [...scores].map(([other, shared]): [number, number] => [
      other,
      shared / Math.sqrt(1 + words.offsets[other + 1]! - words.offsets[other]!),
    ])
    near.sort((a, b) => b[1] - a[1] || a[0] - b[0])
    for (const [other, score] of near.slice(0, perRow)) best.set(other, Math.max(score, best.get(other) ?? 0))
  }
  return { rows: [...best].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([i]) => i) }
}
