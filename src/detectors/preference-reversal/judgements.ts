import {
  type Behaviour,
  digestOf,
  type Role,
  type RowId,
  type Tokens,
  textOf,
  timeOf,
  tokenise,
  turnBreak,
} from '../../core/index.ts'
import type { RowSample } from '../../statistics/index.ts'
import { folds, learnPreferences, type PreferenceModel } from './bradley-terry.ts'
import { type Features, featuresOf } from './features.ts'

/** A pair of answers in an order, or an answer with a thumb. */
export interface Judgement {
  readonly row: RowId
  /** What the operator and the user said. */
  readonly asked: string
  readonly system: string | null
  readonly prompt: string | null
  /** The better answer and the worse, or the only one. */
  readonly answers: readonly string[]
  /** 1 for a pair and for a thumb up, −1 for a thumb down. */
  readonly way: 1 | -1
  readonly source: string | null
  readonly actor: string | null
  readonly rater: string | null
  readonly time: number | null
}

/** Roles that judgements are read from. */
export const judgementRoles: readonly Role[] = [
  'system',
  'prompt',
  'chosen',
  'rejected',
  'response',
  'label',
  'source',
  'actor',
  'rater',
  'time',
]

const up = /^(?:true|1|\+1|up|good|yes|like|liked|thumbs?[-_ ]?up|chosen|positive|upvote|accept(?:ed)?|👍)$/i
const down = /^(?:false|0|-1|down|bad|no|dislike|disliked|thumbs?[-_ ]?down|rejected|negative|downvote|👎)$/i

/** Which way a thumb points; null when the label is none. */
export const thumbOf = (label: string | null): 1 | -1 | null =>
  label === null ? null : up.test(label.trim()) ? 1 : down.test(label.trim()) ? -1 : null

/** Reads judgements; the same one said twice counts once. */
export function judgementsOf({ rows, cells }: RowSample): Judgement[] {
  const cell = (role: Role, i: number): string | null => textOf(cells.get(role)?.[i])
  const seen = new Set<string>()
  const found: Judgement[] = []
  for (let i = 0; i < rows.length; i++) {
    const [system, prompt] = [cell('system', i), cell('prompt', i)]
    const [chosen, rejected, response] = [cell('chosen', i), cell('rejected', i), cell('response', i)]
    const pair = chosen !== null && rejected !== null
    const way = pair ? 1 : thumbOf(cell('label', i))
    if (way === null || (!pair && response === null) || (pair && chosen === rejected)) continue
    const asked = [system, prompt].filter(part => part !== null && part !== '').join(turnBreak)
    const answers = pair ? [chosen, rejected] : [response!]
    const name = [asked, ...answers, way].join('\u0000')
    if (seen.has(name)) continue
    seen.add(name)
    const time = timeOf(cells.get('time')?.[i])
    found.push({
      row: rows[i]!,
      asked,
      system,
      prompt,
      answers,
      way,
      source: cell('source', i),
      actor: cell('actor', i),
      rater: cell('rater', i),
      time,
    })
  }
  return found
}

/** Judgements, and how likely each was by those on other prompts. */
export interface Weighed {
  readonly judgements: readonly Judgement[]
  readonly pairs: boolean
  /** Log odds of each judgement as it was given. */
  readonly given: Float64Array
  /** Share of the judgements that the model foretells. */
  readonly foretold: number
  /** Log odds of a judgement when some tokens of its answers do not count. */
  without(i: number, skip: (answer: number, token: number) => boolean): number
}

/** Learns what is preferred in this table. */
export function weigh(judgements: readonly Judgement[], behaviours: readonly Behaviour[]): Weighed {
  const pairs = judgements[0]?.answers.length === 2
  const asked = tokenise(judgements.map(j => j.asked))
  const sides = Array.from({ length: pairs ? 2 : 1 }, (_, s) => tokenise(judgements.map(j => j.answers[s] ?? '')))
  const fold = judgements.map((_, i) => digestOf(asked, i) % folds)
  const features = (i: number, skip?: (answer: number, token: number) => boolean): Features =>
    featuresBetween(judgements[i]!, sides, i, behaviours, skip)
  const things = judgements.map(({ way }, i) => ({ features: features(i), way, fold: fold[i]! }))
  const model: PreferenceModel = learnPreferences(things, !pairs)
  let right = 0
  for (const odds of model.given) right += odds > 0 ? 1 : odds === 0 ? 0.5 : 0
  return {
    judgements,
    pairs,
    given: model.given,
    foretold: right / Math.max(1, judgements.length),
    without: (i, skip) => judgements[i]!.way * model.score(features(i, skip), fold[i]!),
  }
}

function featuresBetween(
  { system, prompt, answers }: Judgement,
  sides: readonly Tokens[],
  i: number,
  behaviours: readonly Behaviour[],
  skip?: (answer: number, token: number) => boolean,
): Features {
  const of = (s: number) =>
    featuresOf({ system, prompt, answer: answers[s]! }, sides[s]!, i, behaviours, skip && (token => skip(s, token)))
  const first = of(0)
  if (answers.length < 2) return first
  const difference = new Map(first)
  for (const [key, value] of of(1)) difference.set(key, (difference.get(key) ?? 0) - value)
  return difference
}
