import { logBinomialTail, type RowId, tokenise } from '../../core/index.ts'
import type { AnswerBehaviours } from '../../statistics/index.ts'

/** A word in fewer of a contributor's rows says nothing of what it asks about. */
const leastRows = 3
/** A chance below this makes a word the contributor's own. */
const unlikely = Math.log(1e-4)
/** Prompts of others that are compared, and tokens of each. */
const mostOthers = 5000
const mostTokens = 400

/** Rows of a contributor whose prompts hold a word that it uses far more often than others do. */
export function ownWords(
  rows: readonly RowId[],
  answers: AnswerBehaviours,
  place: ReadonlyMap<RowId, number>,
): Set<RowId> {
  const own = new Set(rows)
  const step = Math.max(1, Math.ceil(answers.rows.length / mostOthers))
  const elsewhere = new Map<number, number>()
  let others = 0
  for (let i = 0; i < answers.rows.length; i += step) {
    if (own.has(answers.rows[i]!)) continue
    others++
    for (const key of wordsOf(answers.said[i]!)) elsewhere.set(key, (elsewhere.get(key) ?? 0) + 1)
  }
  const said = rows.flatMap(row => {
    const i = place.get(row)
    return i === undefined ? [] : [{ row, words: wordsOf(answers.said[i]!) }]
  })
  const counts = new Map<number, number>()
  for (const { words } of said) for (const key of words) counts.set(key, (counts.get(key) ?? 0) + 1)
  const special = new Set<number>()
  for (const [key, n] of counts) {
    const usual = ((elsewhere.get(key) ?? 0) + 0.5) / (others + 1)
    if (n >= leastRows && logBinomialTail(n, said.length, Math.min(1, usual)) < unlikely) special.add(key)
  }
  return new Set(said.filter(({ words }) => [...words].some(key => special.has(key))).map(({ row }) => row))
}

function wordsOf(text: string): Set<number> {
  const { high, low } = tokenise([text])
  const found = new Set<number>()
  for (let k = 0; k < Math.min(mostTokens, high.length); k++) found.add((high[k]! >>> 0) * 2097152 + (low[k]! >>> 11))
  return found
}
