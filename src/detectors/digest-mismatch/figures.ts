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
  const bars = spansOf(likeness[of]).flatMap(([from, to]) => {
    const value = counts.subarray(from, to + 1).reduce((sum, n) => sum + n, 0)
    return value === 0 ? [] : [{ name: nameOf(from, to), value, lit: from > likeness[of] }]
  })
  return { kind: 'bars', title: `How different a ${of} looks whose bytes changed`, x: 'rows', bars }
}

/** Few enough spans of bits to see at once; none holds both what looks the same and what does not. */
function spansOf(limit: number): (readonly [from: number, to: number])[] {
  const ends = [...new Set([0, limit >> 1, limit, 16, 24, 32, 64])].filter(end => end <= 64).sort((a, b) => a - b)
  return ends.map((to, i) => [i === 0 ? 0 : ends[i - 1]! + 1, to] as const)
}

function nameOf(from: number, to: number): string {
  if (to === 0) return 'no bit of 64'
  return from === to ? `${to} of 64 bits` : `${from} to ${to} of 64 bits`
}
