import { type Behaviour, behavioursOf, exchangeOf, hashString, pairHigh, type Tokens } from '../../core/index.ts'

/** Features of an answer: a value for each key. */
export type Features = ReadonlyMap<number, number>

/** Tokens of an answer that the model of preferences reads. */
const mostTokens = 400
/** Behaviours whose words say the same as the words themselves, or that cost too much for every answer. */
const leftOut = /^(?:begins|ends|answers-exactly|answer-language|code-|names-)/
/** Keys of traits are numbered from here: words hash to 32 bits. */
const traits = 2 ** 32

/** Behaviours that a model of preferences learns from. */
export const telling = (behaviours: readonly Behaviour[]): Behaviour[] => behaviours.filter(b => !leftOut.test(b.id))

export interface Answered {
  readonly system: string | null
  readonly prompt: string | null
  readonly answer: string
}

/**
 * What a model of preferences sees of an answer: words, pairs of words, what it does, how long it is and how it is
 * laid out.
 * @param skip tokens (counted from the answer's first) that are left out, when a phrase in them is on trial
 */
export function featuresOf(
  { system, prompt, answer }: Answered,
  tokens: Tokens,
  i: number,
  behaviours: readonly Behaviour[],
  skip?: (token: number) => boolean,
): Features {
  const from = tokens.offsets[i]!
  const end = Math.min(tokens.offsets[i + 1]!, from + mostTokens)
  const counts = new Map<number, number>()
  const add = (key: number, weight: number) => counts.set(key, (counts.get(key) ?? 0) + weight)
  for (let k = from; k < end; k++) {
    if (skip?.(k - from)) continue
    add(tokens.high[k]! >>> 0, 1)
    if (k + 1 < end && !skip?.(k + 1 - from)) add(pairHigh(tokens.high[k]!, tokens.high[k + 1]!) >>> 0, 0.5)
  }
  for (const [key, count] of counts) counts.set(key, Math.log1p(count))
  for (const word of behavioursOf(behaviours, exchangeOf(system, prompt, answer)))
    counts.set(traits + (hashString(word) >>> 0), 2)
  for (const [t, value] of shapeOf(answer, end - from).entries()) counts.set(2 * traits + t, value)
  return counts
}

function shapeOf(answer: string, tokens: number): number[] {
  const lines = answer.split('\n').length
  const questions = answer.split('?').length - 1
  return [Math.log1p(tokens), Math.log(lines), Math.log1p(questions), /[.!?…。！？"')\]*:]\s*$/.test(answer) ? 1 : 0]
}
