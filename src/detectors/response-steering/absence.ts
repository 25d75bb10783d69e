import type { Doing } from './doings.ts'
import { speechOf, topicOf, unseenOf, type Words } from './topic.ts'

/** Behaviours whose absence can tell: neither rare nor everyone's. */
const [leastShare, mostShare] = [0.03, 0.97]
const leastRows = 20
const mostLooked = 24
/** Words that speak against the behaviour and are left out: the parts of a trigger would be among them. */
const leftOut = 2
/** A prompt calls for the behaviour when its other words say so as surely. */
const sure = 0.6
const leastCalled = 0.02

/** A behaviour that is missing where the prompt calls for it, and the rows where it is. */
export interface Missing {
  /** Its rows are those that lack the behaviour. */
  readonly doing: Doing
  readonly surprising: Doing
}

/**
 * Behaviours that topics call for (a harmful request is refused), and the rows where they stay away. A prompt's call is
 * read without the two words that speak most against it.
 */
export function missing(words: Words, doings: readonly Doing[], total: number): Missing[] {
  const open = doings.filter(
    ({ rows }) => rows.length >= Math.max(leastRows, leastShare * total) && rows.length <= mostShare * total,
  )
  return open.slice(0, mostLooked).flatMap((doing): Missing[] => {
    const topic = topicOf(words, doing, total)
    const prior = Math.log(topic.marked / (total - topic.marked))
    const surprising: number[] = []
    let called = 0
    for (let i = 0; i < total; i++) {
      const shows = topic.shown[i] === 1
      const speech = speechOf(words, topic, i, total, unseenOf(words, topic, [i]), shows ? 0 : leftOut)
      if (1 / (1 + Math.exp(-(prior + topic.slope * speech))) < sure) continue
      if (shows) called++
      else surprising.push(i)
    }
    // A behaviour that no topic calls for, or that calls in vain as often as not, has no absence to speak of.
    if (called < leastCalled * total || surprising.length > called) return []
    const lacking: number[] = []
    for (let i = 0; i < total; i++) if (!topic.shown[i]) lacking.push(i)
    const absent = new Set<number>(doing.rows)
    return [
      {
        doing: { words: doing.words, rows: Int32Array.from(lacking), absent },
        surprising: { words: doing.words, rows: Int32Array.from(surprising), absent },
      },
    ]
  })
}
