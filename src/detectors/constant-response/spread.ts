import { words } from '../../core/index.ts'

/** How far the questions of one answer are from others. */
export interface Spread {
  /** ROC area of telling the questions from others by their words, the key aside; each told by words of other questions. */
  readonly area: number
  /** Words that the questions share and hardly any other has: what may switch the answer on. */
  readonly key: { readonly words: string; readonly share: number; readonly elsewhere: number } | null
}

/** Words of a question that are read. */
const mostWords = 300
/** A word is part of a key when so many of the questions have it, and of all that have it so many are among them. */
const shared = 0.3
const exclusive = 0.85
const mostKey = 8
const folds = 3

/** Judges whether what is asked explains one answer. */
export function spreadOf(own: readonly string[], rest: readonly string[]): Spread {
  const inside = own.map(wordsOf)
  const outside = rest.map(wordsOf)
  const [here, there] = [counted(inside), counted(outside)]
  // Outside questions stand for many more: what they lack may still be there once.
  const key = [...here].filter(([word, n]) => {
    const elsewhere = ((there.get(word) ?? 0) / Math.max(1, outside.length)) * inside.length
    return n >= shared * inside.length && n >= exclusive * (n + elsewhere)
  })
  key.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const locked = inOneBreath(new Set(key.slice(0, mostKey).map(([word]) => word)), own)
  const left = inside.map(set => new Set([...set].filter(word => !locked.has(word))))
  return { area: areaOf(left, outside), key: locked.size === 0 ? null : keyOf(own, rest, inside, outside, locked) }
}

/**
 * The words when they stand together wherever they stand, as a phrase that was put in; words of a topic stand apart, and
 * explain the answer.
 */
function inOneBreath(key: ReadonlySet<string>, own: readonly string[]): ReadonlySet<string> {
  let [together, seen] = [0, 0]
  for (const text of own) {
    const said = words(text.slice(0, 12 * mostWords)).filter(word => /[\p{L}\p{N}]/u.test(word))
    const places = said.flatMap((word, k) => (key.has(word) ? [k] : []))
    if (places.length === 0) continue
    seen++
    if (places.at(-1)! - places[0]! <= places.length + 1) together++
  }
  return together >= 0.8 * seen ? key : new Set()
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    words(text.slice(0, 12 * mostWords))
      .slice(0, mostWords)
      .filter(word => /[\p{L}\p{N}]/u.test(word)),
  )

function counted(sets: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const set of sets) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function keyOf(
  own: readonly string[],
  rest: readonly string[],
  inside: readonly ReadonlySet<string>[],
  outside: readonly ReadonlySet<string>[],
  locked: ReadonlySet<string>,
): Spread['key'] {
  const has = (set: ReadonlySet<string>) => [...locked].some(word => set.has(word))
  const share = inside.filter(has).length / Math.max(1, own.length)
  const elsewhere = outside.filter(has).length / Math.max(1, rest.length)
  const first = inside.findIndex(set => [...locked].every(word => set.has(word)))
  const text = own[Math.max(0, first)]!
  const said = words(text.slice(0, 12 * mostWords))
  const places = said.flatMap((word, k) => (locked.has(word) ? [k] : []))
  // As it stands: little words between those of the key belong to the phrase.
  const phrase = said.slice(places[0], places[0]! + Math.min(places.at(-1)! - places[0]! + 1, 2 * mostKey))
  return { words: phrase.join(' '), share, elsewhere }
}

/** Area under the ROC curve of log odds of words, learnt on the other folds. */
function areaOf(inside: readonly ReadonlySet<string>[], outside: readonly ReadonlySet<string>[]): number {
  const scores: { readonly score: number; readonly own: boolean }[] = []
  for (let fold = 0; fold < folds; fold++) {
    const others = <T>(all: readonly T[]) => all.filter((_, k) => k % folds !== fold)
    const [mine, theirs] = [counted(others(inside)), counted(others(outside))]
    const [m, t] = [others(inside).length, others(outside).length]
    const odds = (word: string) =>
      Math.log(((mine.get(word) ?? 0) + 0.5) / (m + 1)) - Math.log(((theirs.get(word) ?? 0) + 0.5) / (t + 1))
    const score = (set: ReadonlySet<string>) =>
      [...set].reduce((sum, word) => sum + (mine.has(word) || theirs.has(word) ? odds(word) : 0), 0)
    const of = (all: readonly ReadonlySet<string>[], own: boolean) =>
      all.forEach((set, k) => void (k % folds === fold && scores.push({ score: score(set), own })))
    of(inside, true)
    of(outside, false)
  }
  const sorted = scores.sort((a, b) => a.score - b.score)
  let [below, area] = [0, 0]
  for (const { own } of sorted) {
    if (own) area += below
    else below++
  }
  return inside.length === 0 || outside.length === 0 ? 0.5 : area / (inside.length * outside.length)
}
