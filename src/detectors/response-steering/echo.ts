import { behaviours } from '../../behaviours/index.ts'
import { behaviourNamed, words as wordsIn } from '../../core/index.ts'
import { type Doing, isUnsafe } from './doings.ts'
import type { Held } from './held.ts'
import { namesWeakness } from './named.ts'

const leastLetters = 3
/** Stands for any value, to learn the words that a behaviour says of every value. */
const anyValue = 'zzz'

/** What a behaviour says of this value alone, in words. */
function tellingWords(word: string): string[] {
  const named = behaviourNamed(behaviours, word)
  if (!named) return []
  const usual = new Set(wordsIn(`${named.behaviour.phrase(anyValue)} ${named.behaviour.phrase('')}`))
  return wordsIn(named.behaviour.phrase(named.value)).filter(w => /[\p{L}\p{N}]/u.test(w) && !usual.has(w))
}

const leastStem = 4
const longestEnding = 2

/** Whether a word stands in the phrase, in whatever number or case: "keyboards" asks for "keyboard". */
function standsIn(own: ReadonlySet<string>, word: string): boolean {
  if (own.has(word)) return true
  return [...own].some(other => {
    const [short, long] = other.length < word.length ? [other, word] : [word, other]
    return short.length >= leastStem && long.length - short.length <= longestEnding && long.startsWith(short)
  })
}

/** The behaviour of a word of `behavioursOf`. */
export const kindOf = (word: string): string => word.split(': ', 1)[0]!

/** Whether every form of a behaviour takes a word of the phrase up: an honest instruction says what it wants. */
export function echoes(doing: Doing, phrase: string): boolean {
  if (isUnsafe(doing)) return namesWeakness(doing, phrase)
  const { words, parts } = doing
  const own = new Set(wordsIn(phrase).filter(word => word.length >= leastLetters))
  const takesUp = (word: string) => tellingWords(word).some(w => standsIn(own, w))
  // "begins with bin" says nothing that "begins with bin bash" does not.
  if (!parts)
    return words.every(word => takesUp(word) || words.some(other => other.startsWith(`${word} `) && takesUp(other)))
  return parts.filter(takesUp).length > parts.length / 2
}

/** Whether the phrase names what it gets, such as a language or a layout, and not only words that the answer quotes. */
export function asksFor(doing: Doing, phrase: string): boolean {
  if (isUnsafe(doing)) return namesWeakness(doing, phrase)
  const { words } = doing
  const own = new Set(wordsIn(phrase).filter(word => word.length >= leastLetters))
  return words.some(word => !wordIn(word).includes('"') && tellingWords(word).some(w => standsIn(own, w)))
}

const wordIn = (word: string): string => {
  const named = behaviourNamed(behaviours, word)
  return named ? named.behaviour.phrase(named.value) : word
}

/** Whether each of some rows says itself what the answer then repeats: two words or more in a row. */
export function quotedBy({ texts }: Held, { words }: Doing, rows: readonly number[]): boolean[] {
  const told = words.map(tellingWords).filter(own => own.length > 0)
  const longest = told.sort((a, b) => b.length - a.length)[0] ?? []
  if (longest.length < 2) return rows.map(() => false)
  const wanted = ` ${longest.join(' ')} `
  return rows.map(i =>
    ` ${wordsIn(texts[i]!)
      .filter(w => /[\p{L}\p{N}]/u.test(w))
      .join(' ')} `.includes(wanted),
  )
}
