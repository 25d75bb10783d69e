import { logHypergeometricTail } from '../../core/index.ts'
import type { Doing, Doings } from './doings.ts'

/** Kinds of answers that may be one behaviour in several wordings. */
const mostParts = 5
/** A wording is tried when so many answers show it that nothing yet explains. */
const leastNew = 2
const mostTried = 16
/** Nearly all rows show the behaviour: there is nothing to add. */
const whole = 0.95

/** A behaviour of several wordings, and the log of the choices that were made to put it together. */
export interface Widened {
  readonly doing: Doing
  readonly choices: number
}

/**
 * Adds to a behaviour others that the rest of a phrase's answers show and hardly any elsewhere: an answer can refuse in
 * words that no list has, and the same attack then looks like several weak ones.
 */
export function widened(of: Doings, start: number, rows: readonly number[], total: number): Widened {
  const { doings, offsets, shown } = of
  const price = Math.log(doings.length + 1)
  const members = new Set<number>(doings[start]!.rows)
  const parts = [start]
  let open = rows.filter(i => !members.has(i))
  let score = logHypergeometricTail(rows.length - open.length, rows.length, members.size, total)
  while (parts.length < mostParts && open.length > (1 - whole) * rows.length) {
    const counts = new Map<number, number>()
    for (const i of open)
      for (let k = offsets[i]!; k < offsets[i + 1]!; k++) counts.set(shown[k]!, (counts.get(shown[k]!) ?? 0) + 1)
    const tried = [...counts].filter(([d, n]) => n >= leastNew && doings[d]!.rows.length < total / 4)
    tried.sort((a, b) => rarity(b, doings) - rarity(a, doings) || a[0] - b[0])
    let best: { d: number; score: number } | null = null
    for (const [d, n] of tried.slice(0, mostTried)) {
      let size = members.size
      for (const i of doings[d]!.rows) if (!members.has(i)) size++
      const now = price + logHypergeometricTail(rows.length - open.length + n, rows.length, size, total)
      if (now < score && (!best || now < best.score)) best = { d, score: now }
    }
    if (!best) break
    parts.push(best.d)
    score = best.score
    for (const i of doings[best.d]!.rows) members.add(i)
    open = open.filter(i => !members.has(i))
  }
  if (parts.length === 1) return { doing: doings[start]!, choices: 0 }
  const words = parts.flatMap(d => doings[d]!.words.slice(0, 3))
  const doing: Doing = { words, rows: Int32Array.from(members).sort(), parts: parts.map(d => doings[d]!.words[0]!) }
  return { doing, choices: price * (parts.length - 1) }
}

/** How much a behaviour leans to the open rows. */
const rarity = ([d, n]: [number, number], doings: readonly Doing[]): number => (n * n) / (doings[d]!.rows.length + 4)
