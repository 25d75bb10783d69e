import { behaviours } from '../../behaviours/index.ts'
import { behaviourNamed } from '../../core/index.ts'
import type { Campaign } from './campaign.ts'
import { type Doing, isUnsafeWord } from './doings.ts'
import type { Case } from './investigate.ts'

/** Wordings of one behaviour that are named. */
const mostParts = 3

/** Behaviours that say how an answer looks, the least telling last; all others say what it does. */
const looks = ['answers-exactly', 'says', 'format', 'ends', 'begins', 'answer-length']

/** How little a word tells a person: 0 where it says what an answer does, less where that makes code unsafe. */
const dullness = (word: string): number =>
  isUnsafeWord(word) ? -1 : looks.indexOf(behaviourNamed(behaviours, word)?.behaviour.id ?? '') + 1

/** The same words, the most telling first. */
const tellingFirst = (words: readonly string[]): string[] => [...words].sort((a, b) => dullness(a) - dullness(b))

const wordsNamed = ({ words, parts }: Doing): readonly string[] => parts ?? tellingFirst(words).slice(0, 1)

function phraseOfWord(word: string): string {
  const named = behaviourNamed(behaviours, word)
  return named ? named.behaviour.phrase(named.value) : word
}

/** What an answer does, for people. */
export function phraseOf(doing: Doing): string {
  const phrases = wordsNamed(doing).map(phraseOfWord)
  if (doing.absent) return `is not one that ${phrases.slice(0, mostParts).join(' or ')}, as is usual there`
  return tellingFirst(wordsNamed(doing)).slice(0, mostParts).map(phraseOfWord).join(' or ')
}

const dullnessOf = (doing: Doing): number =>
  doing.absent ? looks.length + 1 : Math.min(...wordsNamed(doing).map(dullness))

/** The case that is told: of those that hold for as many rows as the first, the one that says most to a person. */
export function toldOf({ cases }: Campaign): Case {
  const lead = cases[0]!
  const same = cases.filter(
    ({ rows, showing, doing }) =>
      showing.length >= lead.showing.length && rows.length === lead.rows.length && !doing.absent === !lead.doing.absent,
  )
  return [...same].sort(
    (a, b) => dullnessOf(a.doing) - dullnessOf(b.doing) || (a.doing.parts?.length ?? 0) - (b.doing.parts?.length ?? 0),
  )[0]!
}

/** Every weakness that phrases bring into code, for people. */
export const unsafeIn = (members: readonly Campaign[]): string[] =>
  members.flatMap(({ weaknesses }) =>
    weaknesses.flatMap(({ doing }) => doing.words.filter(isUnsafeWord).map(phraseOfWord)),
  )

/** What else the answers do, weaknesses first and then the most telling, without what repeats a behaviour that is told in other company. */
export function furtherOf(told: Doing, others: readonly Doing[], most: number, unsafe: readonly string[]): string[] {
  const known = new Set(wordsNamed(told).map(phraseOfWord))
  const alike = told.parts || told.absent ? [] : told.words.filter(word => dullness(word) <= 0).map(phraseOfWord)
  const further = [...new Set([...unsafe, ...alike])].filter(phrase => !known.has(phrase))
  for (const phrase of further) known.add(phrase)
  for (const doing of [...others].sort((a, b) => dullnessOf(a) - dullnessOf(b))) {
    const own = wordsNamed(doing).map(phraseOfWord)
    const isSaid = own.some(phrase => known.has(phrase)) || dullnessOf(doing) > dullnessOf(told) + 1
    if (isSaid || (doing.absent && !told.absent)) continue
    for (const phrase of own) known.add(phrase)
    further.push(phraseOf(doing))
  }
  return further.slice(0, most)
}
