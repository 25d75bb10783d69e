import type { Severity } from '../../core/index.ts'
import type { Split } from './separate.ts'

/** A label that falls apart as the others do not. */
export interface Apart {
  readonly split: Split
  readonly severity: Severity
}

/** Fewer labels do not tell what is usual. */
const leastLabels = 5
/** Deviation of the logarithm of a gap is at least this: labels of one kind of data differ so much by chance. */
const leastSpread = 0.08

/** The labels whose parts are further apart than the crowd's, which tells what honest kinds within a label do. */
export function apartOf(
  splits: readonly Split[],
  { deviations, gap, most }: { readonly deviations: number; readonly gap: number; readonly most: number },
): { readonly found: readonly Apart[]; readonly usual: number } {
  const logs = splits.map(s => Math.log(Math.max(0.1, s.gap)))
  const middle = median(logs)
  const spread = Math.max(leastSpread, 1.4826 * median(logs.map(x => Math.abs(x - middle))))
  const usual = Math.exp(middle)
  if (splits.length < leastLabels) {
    const found = splits.filter(s => s.gap >= gap).map(split => ({ split, severity: 'info' as const }))
    return { found, usual }
  }
  const found = splits.filter((s, k) => s.gap >= gap && (logs[k]! - middle) / spread >= deviations)
  if (found.length > most) return { found: [], usual }
  return { found: found.sort((a, b) => b.gap - a.gap).map(split => ({ split, severity: 'hold' as const })), usual }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
