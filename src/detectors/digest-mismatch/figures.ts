import type { Figure, Likeness } from '../../core/index.ts'
import type { DigestCompare } from '../../statistics/index.ts'

/** What became of the rows. */
export function fatesFigure({ counts }: DigestCompare): Figure {
  const bars = [
    { name: 'the same bytes', value: counts.same, lit: false },
    { name: 'other bytes, same looks', value: counts.near, lit: false },
    { name: 'something else', value: counts.changed + counts.blank, lit: true },
    { name: 'other bytes, looks unknown', value: counts.unseen, lit: false },
    { name: 'not comparable', value: counts.unlike + counts.unread, lit: false },
    { name: 'nothing recorded', value: counts.added, lit: false },
    { name: 'nothing observed', value: counts.removed, lit: false },
  ]
  return { kind: 'bars', title: 'What stands at the addresses now', x: 'rows', bars: bars.filter(bar => bar.value > 0) }
}

/** How far looks moved where bytes did; null when nobody looked. */
export function apartFigure({ apart }: DigestCompare, likeness: Likeness): Figure | null {
  const of = apart.picture.some(n => n > 0) ? 'picture' : apart.text.some(n => n > 0) ? 'text' : null
  if (of === null) return null
  const counts = apart[of]
  const last = counts.findLastIndex(n => n > 0)
  const bars = Array.from(counts.subarray(0, last + 1), (value, bits) => ({
    name: `${bits} of 64 bits`,
    value,
    lit: bits > likeness[of],
  }))
  return { kind: 'bars', title: `How different a ${of} looks whose bytes changed`, x: 'rows', bars }
}
