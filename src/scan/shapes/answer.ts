import { turnBreak } from '../../core/index.ts'
import type { Speaker } from './speakers.ts'
import type { Turn } from './turns.ts'

/** An answer, and the turns that its cell repeats before it. */
export interface Answer {
  /** Null when there is none. */
  readonly text: string | null
  readonly before: readonly Turn[]
}

/** Two turns of one speaker with the same words. */
export const isSame = (a: Turn, b: Turn): boolean => a.by === b.by && a.text === b.text
/** Null for a text of blanks. */
export const emptyAsNull = (text: string): string | null => (text.trim() === '' ? null : text)

/** What a speaker said, turn by turn. */
export const said = (turns: readonly Turn[], by: Speaker): string[] =>
  turns.flatMap(turn => (turn.by === by && turn.text.trim() !== '' ? [turn.text] : []))

/** Parts with a break between them; null when there is none. */
export const joined = (parts: readonly string[]): string | null =>
  (parts.length === 1 ? parts[0]! : parts.filter(part => part.trim() !== '').join(turnBreak)) || null

/** Place of the last turn of a speaker; behind all turns when there is none. */
export function lastBy(turns: readonly Turn[], by: Speaker): number {
  const last = turns.findLastIndex(turn => turn.by === by)
  return last < 0 ? turns.length : last
}

/** All that stands behind a place is the answer: nothing that only one of two talks says is lost. */
export const cut = (turns: readonly Turn[], at: number): Answer => ({
  text: joined(turns.slice(Math.max(0, at)).flatMap(({ text }) => (text.trim() === '' ? [] : [text]))),
  before: turns.slice(0, Math.max(0, at)),
})

/** The last thing that the assistant said. */
export const lastAnswer = (turns: readonly Turn[]): string | null =>
  turns.findLast(turn => turn.by === 'assistant' && turn.text.trim() !== '')?.text ?? null

/** The turns without the one that is the answer, when no column of its own holds it. */
export function withoutAnswer(turns: readonly Turn[], own: Answer | null): readonly Turn[] {
  if (own && own.text !== null) return turns
  const last = turns.findLastIndex(turn => turn.by === 'assistant' && turn.text.trim() !== '')
  return last < 0 ? turns : turns.filter((_, k) => k !== last)
}

/** Turns of a column of messages beside answers of their own: without those answers. */
export function withoutEnd(turns: readonly Turn[], answers: readonly Answer[]): readonly Turn[] {
  const texts = new Set(answers.map(({ text }) => text?.trim()))
  return turns.filter(({ by, text }) => by !== 'assistant' || !texts.has(text.trim()))
}
