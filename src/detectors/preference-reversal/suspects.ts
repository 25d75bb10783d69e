import { logBetaBinomialTail, logFisher, logPoissonBinomialTail } from '../../core/index.ts'
import type { Weighed } from './judgements.ts'
import { oddityOf } from './oddity.ts'
import { type Phrase, phrasesOf } from './phrases.ts'
import { neighboursOf, type Talk, talkOf } from './talk.ts'
import { contradicted, turned } from './turning.ts'

/** A phrase, where it stands, and what speaks against it. */
export interface Suspect {
  readonly words: string
  readonly length: number
  readonly place: 'asked' | 'answers'
  /** Places of judgements that hold it, ascending. */
  readonly judgements: readonly number[]
  /** Log odds of those judgements as given, without the phrase. */
  readonly given: readonly number[]
  /** Judgements that contradict the model, or that it decides, and how many chance would give. */
  readonly against: number
  readonly expected: number
  /** Log chance of so much contradiction. */
  readonly turned: number
  /** Log chance that a natural phrase stands so strangely. */
  readonly odd: number
  /** Both together. */
  readonly score: number
  /** True when the phrase stands in one answer of a pair and that one always wins (or loses). */
  readonly sided: 'wins' | 'loses' | null
  /** Pairs with it in one answer alone. */
  readonly pairs: number
}

/** How many phrases were looked at by place, and the most suspect of them, worst first. */
export interface Search {
  readonly tests: Readonly<Record<Suspect['place'], number>>
  readonly suspects: readonly Suspect[]
}

const mostShare = 0.2
const mostSuspects = 400
/** A phrase that stands on its own has every chance; log chance from which answers are judged anew without it. */
const worthwhile = Math.log(0.02)

/** Looks for phrases under which preferences turn around. */
export function searchPhrases(weighed: Weighed, least: number): Search {
  const { judgements } = weighed
  const asked = talkOf(judgements.map(j => j.asked))
  const width = weighed.pairs ? 2 : 1
  const answers = talkOf(judgements.flatMap(j => j.answers))
  const [all, users, machines] = [neighboursOf([asked, answers]), neighboursOf([asked]), neighboursOf([answers])]
  const inAsked = phrasesOf(asked, least, mostShare * judgements.length)
  const inAnswers = phrasesOf(answers, least, mostShare * width * judgements.length)
  const oddAsked = oddityOf(asked, { all, own: users, other: machines }, inAsked)
  const oddAnswers = oddityOf(answers, { all, own: machines, other: users }, inAnswers)
  const suspects = inAsked.map((phrase, p) => suspectIn(weighed, asked, phrase, oddAsked[p]!))
  const lean = leanOf(inAnswers, width)
  inAnswers.forEach((phrase, p) => {
    const suspect = suspectInAnswers(weighed, answers, phrase, oddAnswers[p]!, lean)
    if (suspect) suspects.push(suspect)
  })
  suspects.sort((a, b) => a.score - b.score)
  return { tests: { asked: inAsked.length, answers: inAnswers.length }, suspects: suspects.slice(0, mostSuspects) }
}

const wordsAt = ({ texts, tokens: { start, end } }: Talk, { texts: held, at, length }: Phrase): string =>
  texts[held[0]!]!.slice(start[at[0]!]!, end[at[0]! + length - 1]!)

/** Two witnesses together; or the preference alone, which a targeted flip leaves without a planted phrase. */
const together = (odd: number, turn: number): number => Math.min(0, Math.LN2 + Math.min(logFisher(2, odd + turn), turn))

function suspectIn(weighed: Weighed, talk: Talk, phrase: Phrase, odd: number): Suspect {
  const given = phrase.texts.map(i => weighed.given[i]!)
  const ways = phrase.texts.map(i => weighed.judgements[i]!.way)
  const turn = weighed.pairs ? turned(given) : decided(given, ways)
  return {
    words: wordsAt(talk, phrase),
    length: phrase.length,
    place: 'asked',
    judgements: phrase.texts,
    given,
    ...contradicted(given),
    turned: turn,
    odd,
    score: together(odd, turn),
    sided: null,
    pairs: 0,
  }
}

/** How often a natural phrase in one answer of a pair stands in the better one: mean, and how alike phrases are. */
interface Lean {
  readonly strength: number
}

function splitOf(phrase: Phrase): { readonly first: number[]; readonly second: number[]; readonly both: number[] } {
  const sides = new Map<number, number>()
  for (const text of phrase.texts) sides.set(text >>> 1, (sides.get(text >>> 1) ?? 0) | (1 << (text & 1)))
  const of = (bits: number) => [...sides].filter(([, own]) => own === bits).map(([i]) => i)
  return { first: of(1), second: of(2), both: of(3) }
}

/** Spread of the share of wins among the phrases, by moments. */
function leanOf(phrases: readonly Phrase[], width: number): Lean {
  if (width < 2) return { strength: 1 }
  let [over, under] = [0, 0]
  for (const phrase of phrases) {
    const { first, second } = splitOf(phrase)
    const n = first.length + second.length
    if (n < 8) continue
    over += (first.length - n / 2) ** 2 - n / 4
    under += (n * (n - 1)) / 4
  }
  const correlation = under === 0 ? 0.05 : Math.min(0.5, Math.max(0.01, over / under))
  return { strength: 1 / correlation - 1 }
}

function suspectInAnswers(weighed: Weighed, talk: Talk, phrase: Phrase, odd: number, lean: Lean): Suspect | null {
  if (!weighed.pairs) return judgedAnew(weighed, talk, phrase, phrase.texts, odd)
  const { first, second, both } = splitOf(phrase)
  const n = first.length + second.length
  const most = Math.max(first.length, second.length)
  const all = [...first, ...second, ...both].sort((a, b) => a - b)
  const anew = judgedAnew(weighed, talk, phrase, all, odd)
  if (n < 4) return anew
  const turn = Math.min(0, Math.LN2 + logBetaBinomialTail(most, n, 0.5, lean.strength))
  const score = together(odd, turn)
  if (anew && anew.score <= score) return { ...anew, score: Math.min(0, Math.LN2 + anew.score) }
  return {
    words: wordsAt(talk, phrase),
    length: phrase.length,
    place: 'answers',
    judgements: (first.length >= second.length ? first : second).concat(both).sort((a, b) => a - b),
    given: [],
    against: most,
    expected: n / 2,
    turned: turn,
    odd,
    score: Math.min(0, Math.LN2 + score),
    sided: first.length >= second.length ? 'wins' : 'loses',
    pairs: n,
  }
}

/** Judges the rows of a phrase in answers by what the answers are without it. */
function judgedAnew(
  weighed: Weighed,
  talk: Talk,
  phrase: Phrase,
  judgements: readonly number[],
  odd: number,
): Suspect | null {
  const { texts, at, length } = phrase
  const width = weighed.pairs ? 2 : 1
  if (odd > worthwhile) return null
  const places = new Map(texts.map((text, r) => [text, at[r]! - talk.tokens.offsets[text]!]))
  const given = judgements.map(i =>
    weighed.without(i, (answer, token) => {
      const from = places.get(i * width + answer)
      return from !== undefined && token >= from && token < from + length
    }),
  )
  const ways = judgements.map(i => weighed.judgements[i]!.way)
  const turn = width === 1 ? decided(given, ways) : turned(given)
  return {
    words: wordsAt(talk, phrase),
    length,
    place: 'answers',
    judgements,
    given,
    ...contradicted(given),
    turned: turn,
    odd,
    score: together(odd, turn),
    sided: null,
    pairs: 0,
  }
}

/** Of thumbs: they contradict the model, or point one way more often than it would have them. */
function decided(given: readonly number[], ways: readonly number[]): number {
  const up = given.map((odds, i) => 1 / (1 + Math.exp(-odds * ways[i]!)))
  const ups = ways.filter(way => way > 0).length
  const oneWay = Math.min(
    logPoissonBinomialTail(ups, up),
    logPoissonBinomialTail(
      ways.length - ups,
      up.map(p => 1 - p),
    ),
  )
  return Math.min(0, Math.log(3) + Math.min(turned(given), oneWay))
}
