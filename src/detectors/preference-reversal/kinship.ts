import type { Phrase } from './phrases.ts'
import type { Talk } from './talk.ts'

/**
 * How often words stand next to an edge or anywhere, and in how many texts. The words around a phrase that grew where it
 * stands foretell one another, by grammar and by topic; those around one that was put in do not.
 */
export interface Words {
  readonly anywhere: ReadonlyMap<number, number>
  readonly last: ReadonlyMap<number, number>
  readonly first: ReadonlyMap<number, number>
  readonly texts: ReadonlyMap<number, number>
  readonly total: number
  readonly lasts: number
  readonly firsts: number
}

const mostTexts = 128
const mostRests = 40
const restTokens = 80
/** Weight of words at large beside what is seen: so many sightings. */
const weight = 2
const edge = -1

/** Counts the words of the texts. */
export function wordsOf({ tokens: { high, offsets }, broken, texts }: Talk): Words {
  const [anywhere, last, first, inTexts] = [new Map(), new Map(), new Map(), new Map()] as Map<number, number>[]
  const add = (to: Map<number, number>, key: number) => to.set(key, (to.get(key) ?? 0) + 1)
  for (let k = 0; k < high.length; k++) {
    add(anywhere!, high[k]!)
    if (broken[k]) add(first!, high[k]!)
    if (broken[k + 1]) add(last!, high[k]!)
  }
  for (let i = 0; i < texts.length; i++)
    for (const word of new Set(high.subarray(offsets[i]!, offsets[i + 1]!))) add(inTexts!, word)
  return {
    anywhere: anywhere!,
    last: last!,
    first: first!,
    texts: inTexts!,
    total: high.length,
    lasts: all(last!),
    firsts: all(first!),
  }
}

const all = (counts: ReadonlyMap<number, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

const every = (values: readonly number[], most: number): number[] => {
  const step = Math.max(1, Math.ceil(values.length / most))
  return step === 1 ? [...values] : values.filter((_, r) => r % step === 0)
}

/** Mean nats by which a neighbour of the phrase is better foretold by its other neighbours than by words at large. */
export function besideOf(talk: Talk, words: Words, { at, length }: Phrase): number {
  const { high } = talk.tokens
  const places = every(at, mostTexts)
  const lefts = places.map(k => (talk.broken[k] ? edge : high[k - 1]!))
  const rights = places.map(k => (talk.broken[k + length] ? edge : high[k + length]!))
  return (
    foretold(lefts, rights, words, words.last, words.lasts) + foretold(rights, lefts, words, words.first, words.firsts)
  )
}

/** Mean nats by which a word of the rest of its texts is better foretold by the other rests than by words at large. */
export function aboutOf(talk: Talk, words: Words, { texts, at, length }: Phrase): number {
  const { high, offsets } = talk.tokens
  const places = every(at, mostRests)
  const rests = every(texts, mostRests).map((i, r) => {
    const rest = new Set<number>()
    const end = Math.min(offsets[i + 1]!, offsets[i]! + restTokens)
    for (let k = offsets[i]!; k < end; k++) if (k < places[r]! - 1 || k > places[r]! + length) rest.add(high[k]!)
    for (let k = 0; k < length; k++) rest.delete(high[places[r]! + k]!)
    return rest
  })
  return topic(rests, words, talk.texts.length)
}

/** Mean gain of a neighbour by the others; an edge tells nothing of its own side, and changes what is usual on the other. */
function foretold(
  side: readonly number[],
  other: readonly number[],
  words: Words,
  atEdge: ReadonlyMap<number, number>,
  edges: number,
): number {
  const counts = new Map<number, number>()
  let told = 0
  for (const word of side) {
    if (word === edge) continue
    counts.set(word, (counts.get(word) ?? 0) + 1)
    told++
  }
  if (told < 2) return 0
  let gain = 0
  side.forEach((word, r) => {
    if (word === edge) return
    const usual =
      other[r] === edge ? ((atEdge.get(word) ?? 0) + 0.5) / (edges + 1) : (words.anywhere.get(word) ?? 1) / words.total
    gain += Math.log((counts.get(word)! - 1 + weight * usual) / (told - 1 + weight) / usual)
  })
  return gain / side.length
}

/** Mean gain of a word of a rest by the other rests. */
function topic(rests: readonly ReadonlySet<number>[], words: Words, total: number): number {
  const counts = new Map<number, number>()
  for (const rest of rests) for (const word of rest) counts.set(word, (counts.get(word) ?? 0) + 1)
  const n = rests.length
  if (n < 2) return 0
  let gain = 0
  let seen = 0
  for (const rest of rests)
    for (const word of rest) {
      const usual = (words.texts.get(word) ?? 1) / total
      gain += Math.log((counts.get(word)! - 1 + weight * usual) / (n - 1 + weight) / usual)
      seen++
    }
  return seen === 0 ? 0 : gain / seen
}
