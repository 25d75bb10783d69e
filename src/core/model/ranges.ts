/** Bytes [start, end). */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Ranges of [0, size) that none of the given ones covers, in rising order. */
export function gapsIn(ranges: readonly Range[], size: number): Range[] {
  const sorted = ranges.filter(r => r.end > r.start).sort((a, b) => a.start - b.start)
  const gaps: Range[] = []
  let at = 0
  for (const { start, end } of sorted) {
    if (start > at) gaps.push({ start: at, end: Math.min(start, size) })
    at = Math.max(at, end)
    if (at >= size) break
  }
  if (at < size) gaps.push({ start: at, end: size })
  return gaps
}

/** The same bytes as rising ranges that do not touch. */
export function spansOf(ranges: readonly Range[]): Range[] {
  const spans: { start: number; end: number }[] = []
  for (const { start, end } of ranges.filter(r => r.end > r.start).sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ start, end })
  }
  return spans
}
