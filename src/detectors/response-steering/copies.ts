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
  const lists: Lists = new Map()
  for (const i of rows) {
    const marks = Array.from(of(i)).filter(w => counts.get(w)! < most)
    marks.sort((a, b) => words.rows[a]! - words.rows[b]! || a - b)
    marks.length = Math.min(marks.length, marksPerRow)
    if (marks.length < leastMarks ? kept.size > 0 : isCopy(marks, lists)) continue
    kept.add(i)
    for (const w of telling(marks)) {
      const list = lists.get(w)
      if (list) list.push(marks)
      else lists.set(w, [marks])
    }
  }
  return kept
}

/** Marks of the rows that are kept, by each mark that tells copies. */
type Lists = Map<number, (readonly number[])[]>

/** Marks that two copies must have in common somewhere, when both are in one order: the first, as many as may differ and one. */
const telling = (marks: readonly number[]): readonly number[] =>
  marks.slice(0, marks.length - Math.max(leastMarks, Math.ceil(alike * marks.length)) + 1)

function isCopy(marks: readonly number[], lists: Lists): boolean {
  const own = new Set(marks)
  return telling(marks).some(w =>
    lists.get(w)?.some(other => {
      let shared = 0
      for (const mark of other) if (own.has(mark)) shared++
      return shared >= leastMarks && shared >= alike * Math.max(marks.length, other.length)
    }),
  )
}
