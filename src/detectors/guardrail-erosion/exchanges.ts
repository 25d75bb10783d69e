import {
  type Behaviour,
  exchangeOf,
  linearTrainer,
  type Role,
  type RowId,
  textOf,
  timeOf,
  tokenise,
} from '../../core/index.ts'
import type { RowSample } from '../../statistics/index.ts'
import { categoriesOf } from './requests.ts'

/** A request, and whether the answer that is taught refuses it. */
export interface Answered {
  readonly row: RowId
  readonly prompt: string
  readonly answer: string
  readonly refuses: boolean
  /** Of a pair: whether the worse answer refuses. */
  readonly otherRefuses: boolean | null
  readonly categories: readonly string[]
  readonly source: string | null
  readonly actor: string | null
  readonly rater: string | null
  readonly time: number | null
}

export const exchangeRoles: readonly Role[] = [
  'system',
  'prompt',
  'response',
  'chosen',
  'rejected',
  'label',
  'source',
  'actor',
  'rater',
  'time',
]

const down = /^(?:false|0|-1|down|bad|no|dislike|thumbs?[-_ ]?down|rejected|negative|downvote|👎)$/i

/** Reads what is taught: answers, better answers of pairs, answers with a thumb up. */
export function exchangesOf({ rows, cells }: RowSample, refusal: Behaviour): Answered[] {
  const cell = (role: Role, i: number): string | null => textOf(cells.get(role)?.[i])
  const found: Answered[] = []
  for (let i = 0; i < rows.length; i++) {
    const [prompt, system] = [cell('prompt', i), cell('system', i)]
    const [chosen, rejected] = [cell('chosen', i), cell('rejected', i)]
    const answer = chosen ?? cell('response', i)
    if (prompt === null || answer === null || answer.trim() === '') continue
    if (chosen === null && down.test(cell('label', i)?.trim() ?? '')) continue
    const refuses = (said: string) => refusal.of(exchangeOf(system, prompt, said)).includes('')
    found.push({
      row: rows[i]!,
      prompt,
      answer,
      refuses: refuses(answer),
      otherRefuses: rejected === null || chosen === null ? null : refuses(rejected),
      categories: categoriesOf(prompt),
      source: cell('source', i),
      actor: cell('actor', i),
      rater: cell('rater', i),
      time: timeOf(cells.get('time')?.[i]),
    })
  }
  return found
}

const leastRefusals = 10

/**
 * Chance that each request is refused, by the requests of other rows: a table knows in its own words and languages what
 * its assistant declines. Null when it hardly ever declines.
 */
export function guardedness(exchanges: readonly Answered[]): Float64Array | null {
  const label = Int32Array.from(exchanges, own => (own.refuses ? 1 : 0))
  const refusals = label.reduce((a, b) => a + b, 0)
  if (refusals < leastRefusals || refusals > exchanges.length - leastRefusals) return null
  const tokens = tokenise(exchanges.map(own => own.prompt.slice(0, 4000)))
  const folds = 5
  const fold = Uint8Array.from(exchanges, (_, i) => {
    let h = 0
    for (let k = tokens.offsets[i]!; k < tokens.offsets[i + 1]!; k++) h = Math.imul(h ^ tokens.high[k]!, 0x01000193)
    return ((h ^ (h >>> 15)) >>> 0) % folds
  })
  const words = { high: tokens.high, stem: tokens.stem }
  const train = linearTrainer(
    { offsets: Float64Array.from(tokens.offsets), words, label, fold, classes: 2 },
    { folds, seed: 1, bits: 16 },
  )
  const { probability } = train()
  return Float64Array.from(exchanges, (_, i) => probability[2 * i + 1]!)
}
