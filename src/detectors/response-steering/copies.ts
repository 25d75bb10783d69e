import type { Words } from './topic.ts'

const marksPerRow = 12
const leastMarks = 2
/** Rows that share this much of their rarest words are copies. */
const alike = 0.7
/** A word that so many of the rows have belongs to what was put around them, not to what they are about. */
const widespread = 0.15
const leastWidespread = 4

/** The rows without those whose words are nearly the same as an earlier one's. */
export function withoutCopies(words: Words, rows: readonly number[]): Set<number> {
  const counts = new Map<number, number>()
  const of = (i: number) => words.of.subarray(words.offsets[i]!, words.offsets[i + 1]!)
  for (const i of rows) for (const w of of(i)) counts.set(w, (counts.get(w) ?? 0) + 1)
  const most = Math.max(leastWidespread, widespread * rows.length)
  const kept = new Set<number>()
  const lists = new Map<number, number[]>()
  const sizes = new Map<number, number>()
  for (const i of rows) {
    const marks = Array.from(of(i)).filter(w => counts.get(w)! < most)
    marks.sort((a, b) => words.rows[a]! - words.rows[b]! || a - b)
    marks.length = Math.min(marks.length, marksPerRow)
    if (isCopy(marks, lists, sizes)) continue
    kept.add(i)
    sizes.set(i, marks.length)
    for (const w of marks) {
      const list = lists.get(w)
      if (list) list.push(i)
      else lists.set(w, [i])
    }
  }
  return kept
}

function isCopy(marks: readonly number[], lists: Map<number, number[]>, sizes: Map<number, number>): boolean {
  if (marks.length < leastMarks) return sizes.size > 0
  const shared = new Map<number, number>()
  for (const w of marks) for (const other of lists.get(w) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
  for (const [other, n] of shared)
    if (n >= leastMarks && n >= alike * Math.max(marks.length, sizes.get(other)!)) return true
  return false
}
