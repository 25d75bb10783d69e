import { hashString } from './hash.ts'

/** One answer and what it answers, as a behaviour sees them. */
export interface Exchange {
  readonly system: string | null
  readonly prompt: string | null
  /** At most `exchangeCharacters` of the answer. */
  readonly response: string
}

/** Characters of an answer that behaviours look at: beginning and end of longer ones. */
export const exchangeCharacters = 32_768

/**
 * Something that an answer does, told as short words: refuses, begins with, names a domain, holds weak cryptography. A
 * plain object; the folder's name is its id. Pure and fast: it sees every row.
 */
export interface Behaviour {
  readonly id: string
  readonly title: string
  /** Takes milliseconds for an answer: asked of some rows alone where there are many. */
  readonly slow?: true
  /** It tells what makes the answer's code unsafe: no honest phrase asks for that. */
  readonly unsafe?: true
  /** Values of the behaviour that this answer shows, at most `mostValues` and each at most 80 characters; `''` where being there is all. */
  of(exchange: Exchange): readonly string[]
  /** What an answer with this value does, for people: "refuses", 'begins with "I am sorry"'. */
  phrase(value: string): string
}

/** Values that count of one behaviour in one answer. */
export const mostValues = 16
const mostCharacters = 80

/** Declares a behaviour. */
export const behaviour = (definition: Behaviour): Behaviour => definition

/** The answer as behaviours get it: beginning and end of a long one. */
export function exchangeOf(system: string | null, prompt: string | null, response: string): Exchange {
  if (response.length <= exchangeCharacters) return { system, prompt, response }
  const half = exchangeCharacters / 2
  return { system, prompt, response: `${response.slice(0, half)}\n${response.slice(-half + 1)}` }
}

/** All that an answer does, as `id` or `id: value`, without repetitions. */
export function behavioursOf(behaviours: readonly Behaviour[], exchange: Exchange): string[] {
  const found = new Set<string>()
  for (const { id, of } of behaviours)
    for (const value of of(exchange).slice(0, mostValues))
      found.add(value === '' ? id : `${id}: ${value.slice(0, mostCharacters)}`)
  return [...found]
}

/** The behaviour and the value that a word of `behavioursOf` names. */
export function behaviourNamed(
  behaviours: readonly Behaviour[],
  word: string,
): { readonly behaviour: Behaviour; readonly value: string } | null {
  const at = word.indexOf(': ')
  const id = at < 0 ? word : word.slice(0, at)
  const found = behaviours.find(b => b.id === id)
  return found ? { behaviour: found, value: at < 0 ? '' : word.slice(at + 2) } : null
}

/** Words at an end of an answer that tell a reaction that was taught. */
export const endWords = 4
const endCharacters = 400
/** Of a word; scripts without spaces give long ones. */
const mostLetters = 18

/** The first words of an answer, or the last ones: without case, at most `endWords`, long ones cut. */
export function wordsAtEnd(response: string, end: 'first' | 'last'): string[] {
  const near = end === 'first' ? response.slice(0, endCharacters) : response.slice(-endCharacters)
  const words = near.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
  const own = end === 'first' ? words.slice(0, endWords) : words.slice(-endWords)
  return own.map(word => word.slice(0, mostLetters))
}

/** A wording as it is compared: without case, spaces and punctuation. */
export const bareWording = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Characters of a wording that people are shown, and of the hash before it. */
const shown = 60
const hashed = 8

/** The value that stands for a bare wording of any length: its hash and how it begins. */
export const wordingValue = (bare: string): string =>
  `${(hashString(bare) >>> 0).toString(16).padStart(hashed, '0')} ${bare.slice(0, shown)}`

/** How the wording that a value stands for begins, quoted. */
export function wordingShown(value: string): string {
  const begins = value.slice(hashed + 1)
  return `"${begins}${begins.length >= shown ? '…' : ''}"`
}
