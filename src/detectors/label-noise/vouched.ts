import type { PictureClasses } from '../../core/index.ts'
import type { Doubted } from './pictures.ts'

/** Doubtful pictures that are looked at; the channel is little moved by more. */
const mostLooked = 256
/** Pictures of a label that a doubtful one is compared with. */
const mostCompared = 6000
/** Cosine from which the nearest picture is one of the same thing. */
const sameThing = 0.55

/**
 * Doubtful pictures whose nearest picture is one of the same thing and has the same label: frames of one scene that the
 * model never learnt to know are no wrong labels. A label that was flipped alone stands among frames that kept theirs.
 */
export function vouchedFor(told: PictureClasses, doubted: readonly Doubted[]): Set<number> {
  const { label, classes } = told
  const members = Array.from({ length: classes }, (): number[] => [])
  for (const [i, c] of label.entries()) if (c >= 0 && members[c]!.length < mostCompared) members[c]!.push(i)
  const lengths = new Float64Array(label.length)
  for (const all of members) for (const i of all) lengths[i] = lengthOf(told, i)
  const vouched = new Set<number>()
  for (const { nth, given, likely } of doubted.slice(0, mostLooked)) {
    const own = nearest(told, nth, members[given]!, lengths)
    if (own >= sameThing && own > nearest(told, nth, members[likely]!, lengths)) vouched.add(nth)
  }
  return vouched
}

function nearest(told: PictureClasses, nth: number, among: readonly number[], lengths: Float64Array): number {
  const { values, columns } = told
  let best = -1
  const length = lengthOf(told, nth)
  for (const other of among) {
    if (other === nth) continue
    let dot = 0
    for (let k = 0, a = nth * columns, b = other * columns; k < columns; k++) dot += values[a + k]! * values[b + k]!
    best = Math.max(best, dot / (length * lengths[other]!))
  }
  return best
}

function lengthOf({ values, columns }: PictureClasses, nth: number): number {
  let sum = 0
  for (let k = nth * columns; k < (nth + 1) * columns; k++) sum += values[k]! ** 2
  return Math.sqrt(sum) || 1
}
