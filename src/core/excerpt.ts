import type { RowRef } from './evidence.ts'
import { type Part, partOf, type RowId, recordOf } from './table.ts'

type Span = readonly [number, number]

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Moves a cut one unit back when it would split a character in two. */
const whole = (text: string, at: number): number =>
  at > 0 && at < text.length && isLowSurrogate(text, at) ? at - 1 : at

/**
 * At most `max` UTF-16 units of a text around its first span, with the spans that are left in it. `…` stands where
 * something was cut.
 */
export function excerptOf(
  text: string,
  spans: readonly Span[] = [],
  max = 400,
): { excerpt: string; spans: [number, number][] } {
  const sorted = spans.filter(([start, end]) => start >= 0 && end > start && end <= text.length)
  sorted.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (text.length <= max) return { excerpt: text, spans: sorted.map(([start, end]) => [start, end]) }
  const room = max - 2
  const [first, last] = sorted[0] ?? [0, 0]
  const before = Math.max(0, Math.floor((room - Math.min(room, last - first)) / 3))
  const from = whole(text, Math.max(0, Math.min(first - before, text.length - room)))
  const to = whole(text, Math.min(text.length, from + room))
  const head = from > 0 ? '…' : ''
  const tail = to < text.length ? '…' : ''
  const shift = head.length - from
  const kept = sorted.filter(([start, end]) => start < to && end > from)
  return {
    excerpt: head + text.slice(from, to) + tail,
    spans: kept.map(([start, end]) => [Math.max(start, from) + shift, Math.min(end, to) + shift]),
  }
}

/** A row as evidence names it: file, record and an excerpt of its text with the telling parts marked. */
export function rowRef(about: {
  readonly parts: readonly Part[]
  readonly row: RowId
  readonly text: string | null | undefined
  readonly spans?: readonly Span[]
  readonly label?: string | null | undefined
  readonly score?: number
  readonly note?: string
}): RowRef {
  const { parts, row, text, spans, label, score, note } = about
  return {
    part: parts[partOf(row)]?.name ?? `part ${partOf(row)}`,
    record: recordOf(row),
    ...excerptOf(text ?? '', spans),
    ...(label == null ? {} : { label: excerptOf(label, [], 200).excerpt }),
    ...(score === undefined || !Number.isFinite(score) ? {} : { score }),
    ...(note === undefined ? {} : { note: excerptOf(note).excerpt }),
  }
}
