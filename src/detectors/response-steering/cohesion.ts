import type { Words } from './topic.ts'

/** Words in so many of the rows, or in so many of them and nowhere else, are the phrase itself. */
const widespread = 0.8
const partly = 0.25

/**
 * How alike the prompts of some rows are, beyond what chance brings: log of shared words, the rarer the heavier, over
 * those that rows drawn from the table share. The phrase itself does not count.
 * @param groups rows of each phrase, where several phrases share the rows out
 */
export function cohesionOf(
  words: Words,
  rows: readonly number[],
  total: number,
  groups: readonly (readonly number[])[] = [],
): number {
  const n = rows.length
  if (n < 2) return 0
  const counts = new Map<number, number>()
  for (const i of rows)
    for (let k = words.offsets[i]!; k < words.offsets[i + 1]!; k++) {
      const w = words.of[k]!
      counts.set(w, (counts.get(w) ?? 0) + 1)
    }
  const ofPhrase = new Set(groups.flatMap(group => wordsOfMost(words, group)))
  let shared = 0
  let due = 0
  for (const [w, count] of counts) {
    if (ofPhrase.has(w) || count >= widespread * n || (count === words.rows[w] && count >= partly * n)) continue
    const rate = (words.rows[w]! - count + 1) / (total - n + 2)
    const heavy = Math.log(rate) ** 2
    shared += heavy * count * (count - 1)
    due += heavy * n * (n - 1) * rate * rate
  }
  return Math.log((shared + due + 1) / (2 * due + 1))
}

/** Words that nearly all of some rows have. */
function wordsOfMost(words: Words, rows: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const i of rows)
    for (let k = words.offsets[i]!; k < words.offsets[i + 1]!; k++) {
      const w = words.of[k]!
      counts.set(w, (counts.get(w) ?? 0) + 1)
    }
  return [...counts].filter(([, count]) => count >= widespread * rows.length).map(([w]) => w)
}
