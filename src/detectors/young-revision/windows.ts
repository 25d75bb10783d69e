import { logBetaBinomialTail } from '../../core/index.ts'
import type { Stand } from './pages.ts'

/** How many distinct things each window has; window j ends `j * ms` before the snapshot, so window 0 is judged. */
export interface Windows {
  readonly ms: number
  readonly counts: Float64Array
}

/** Fewer earlier windows say little about what is usual. */
export const leastWindows = 20
/** Days honestly differ by a third at least, whatever few quiet weeks show. */
const mostShape = 10

/** Which windows, what is counted in them, and which stands count in a window that ends at a moment. */
export interface Counted {
  readonly at: number
  readonly ms: number
  readonly windows: number
  readonly what: 'accounts' | 'pages'
  chosen(stand: Stand, end: number): boolean
}

/**
 * Counts the accounts (pages, where nobody is named) or pages whose revision stood at the end of a page when each
 * window ended, and was made within it. A snapshot taken at any of those moments would have had them.
 */
export function standingIn(stands: readonly Stand[], { at, ms, windows, what, chosen }: Counted): Windows {
  const counts = new Float64Array(windows + 1)
  const seen = new Set<number>()
  for (const stand of stands) {
    const j = windowOf(stand, at, ms)
    if (j < 0 || j > windows || !chosen(stand, at - j * ms)) continue
    const own = what === 'pages' || stand.actor < 0 ? 2 * stand.page + 1 : 2 * stand.actor
    const key = own * 4096 + j
    if (seen.has(key)) continue
    seen.add(key)
    counts[j]!++
  }
  return { ms, counts }
}

/** The window in which a revision was made and at whose end it stood, -1 when there is none. */
export function windowOf({ time, until }: Stand, at: number, ms: number): number {
  if (time > at) return -1
  const j = Math.floor((at - time) / ms)
  return until > at - j * ms ? j : -1
}

/** How unusual the last window is. */
export interface Unusual {
  readonly found: number
  readonly expected: number
  /** The most that an earlier window had. */
  readonly most: number
  /** Natural logarithm of the chance of so many. */
  readonly logChance: number
}

/**
 * The last window against the earlier ones: a negative binomial tail (as a beta-binomial over so many tries that it is
 * one) with the mean and variance of the earlier windows. Null when it is not above all of them, or they are few.
 */
export function unusual({ counts }: Windows): Unusual | null {
  const [found, ...earlier] = counts
  if (earlier.length < leastWindows) return null
  const most = Math.max(...earlier)
  if (found === undefined || found <= most) return null
  const n = earlier.length
  const mean = (earlier.reduce((a, b) => a + b, 0) + 1) / n
  const variance = earlier.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (n - 1)
  const shape = Math.min(mostShape, mean ** 2 / Math.max(1e-9, variance - mean))
  const tries = 1000 * Math.ceil(found + mean)
  return {
    found,
    expected: mean,
    most,
    logChance: logBetaBinomialTail(found, tries, mean / tries, (shape * tries) / mean),
  }
}
