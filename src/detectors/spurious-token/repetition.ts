import { logShareAbove, type Trace } from '../../core/index.ts'

/** A shorter piece is a word or a phrase, which honest texts repeat. */
const leastLength = 4

/** Long pieces seldom come twice, let alone in many rows that are otherwise unlike each other. */
const repetition = (length: number, rows: number): number => (length - 1) * Math.log(Math.max(1, rows))

/** How much natural pieces repeat, falling. */
export const learnRepetition = (crowd: readonly Trace[]): Float64Array =>
  Float64Array.from(crowd, trace => repetition(trace.length, trace.rows.length))
    .sort()
    .reverse()

/** Log chance that a natural piece is so long in so many different rows; null where it is not long. */
export function repeatedBy(crowd: Float64Array, length: number, rows: number): number | null {
  if (length < leastLength || crowd.length === 0) return null
  return logShareAbove(crowd, repetition(length, rows))
}
