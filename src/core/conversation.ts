import type { Row } from './attack.ts'
import { textOf } from './table.ts'

/**
 * Talk by role. `system` is what the operator says, `prompt` what the user said in all turns, `response` the last answer;
 * of a pair of answers `chosen` is the better and `rejected` the worse one, and neither repeats the turns before it.
 * `text` is everything in the order of a reader, so that detectors of text see instructions, answers and pairs alike.
 */
export type TalkRole = 'system' | 'prompt' | 'response' | 'chosen' | 'rejected'

/** Between turns, and between what a row says and what is answered. */
export const turnBreak = '\n\n'

const talk: readonly TalkRole[] = ['system', 'prompt', 'response', 'chosen', 'rejected']

/** True when the row holds an instruction, an answer or a pair of answers. */
export const isTalk = (row: Row): boolean => talk.some(role => row[role] != null && role !== 'system')

/** The `text` of a row of talk: its parts in the order of a reader. */
export function talkText(row: Row): string {
  return talk.flatMap(role => textOf(row[role])?.trim() || []).join(turnBreak)
}
