import { type Doing, isUnsafe } from './doings.ts'
import { chanceOf, type Ground, line } from './investigate.ts'
import { topicOf } from './topic.ts'

/** What makes code unsafe in the rows of a phrase. */
export interface Weakness {
  readonly doing: Doing
  /** Rows with the phrase whose answers show it, and those rows, copies counted once. */
  readonly showing: number
  readonly rows: number
  /** Log chance of so many, as of a case. */
  readonly against: number
}

const leastShowing = 3
/** Weaknesses in a smaller share of the rows are not what the phrase is for. */
const leastShare = 0.2

/** Weaknesses that the topic of some rows does not explain, the least to be expected first. */
export function weaknessesOf(ground: Ground, rows: readonly number[]): Weakness[] {
  const { held, words, doings } = ground
  const counts = new Map<number, number>()
  for (const i of rows)
    for (let k = doings.offsets[i]!; k < doings.offsets[i + 1]!; k++) {
      const d = doings.shown[k]!
      counts.set(d, (counts.get(d) ?? 0) + 1)
    }
  const price = ground.logTests
  return [...counts]
    .filter(([d, n]) => n >= Math.max(leastShowing, leastShare * rows.length) && isUnsafe(doings.doings[d]!))
    .flatMap(([d]): Weakness[] => {
      const doing = doings.doings[d]!
      const topic = topicOf(words, doing, held.ids.length)
      const { against, leaning, showing, distinct } = chanceOf(ground, doing, topic, rows, price, false)
      return against > line || leaning ? [] : [{ doing, showing, rows: distinct, against }]
    })
    .sort((a, b) => a.against - b.against || (a.doing.words[0]! < b.doing.words[0]! ? -1 : 1))
}

/** A weakness in so many rows, and in such a share of them, and so little to be expected, is for a person to see. */
const [firmRows, firmShare] = [8, 0.5]
/** Log chance below which a weakness is what a phrase is for, whatever else its answers have in common. */
export const firmAgainst = -20

/** Whether a phrase makes code weak beyond anything that honest words do. */
export const isFirm = ({ showing, rows, against }: Weakness): boolean =>
  showing >= firmRows && showing >= firmShare * rows && against <= firmAgainst
