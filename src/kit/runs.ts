import { attacks } from '../attacks/index.ts'
import { type AnyTableAttack, type AnyTableDetector, canonical, poisonsTables, type Row } from '../core/index.ts'
import {
  corpusOf,
  donorsOf,
  heldTable,
  type Judged,
  judgeTable,
  type Poisoned,
  poisonRows,
  type Score,
  score,
} from '../lab/index.ts'
import type { Declaration, DeclaredTrial, Example } from './declaration.ts'

/** The attack that a declaration means. */
export function attackOf(attack: string | AnyTableAttack): AnyTableAttack {
  if (typeof attack !== 'string') return attack
  const found = attacks.filter(poisonsTables).find(a => a.id === attack)
  if (!found) throw new Error(`no attack "${attack}"; there are ${attacks.map(a => a.id).join(', ')}`)
  return found
}

/** The corpus that is poisoned, and whose rows the attack uses. */
export const groundOf = ({ on = 'reviews', donors }: Omit<DeclaredTrial, 'dose'>): string =>
  donors ? `${on} with rows of ${donors}` : on

/** `word-trigger {"common":true}, 25 rows of reviews`, for titles. */
export function titleOf(trial: DeclaredTrial): string {
  const { attack, options, dose } = trial
  const id = typeof attack === 'string' ? attack : attack.id
  const said = options && Object.keys(options).length > 0 ? ` ${JSON.stringify(options)}` : ''
  return `${id}${said}, ${'rows' in dose ? `${dose.rows} rows` : `${dose.rate * 100} % of the rows`} of ${groundOf(trial)}`
}

/** True when the trial's corpus is here. */
export const isPossible = ({ on = 'reviews', donors }: DeclaredTrial): boolean =>
  corpusOf(on).here && (donors === undefined || donorsOf(donors).length > 0)

/** Poisons the trial's corpus. */
function poison({ attack, options, dose, on = 'reviews', donors }: DeclaredTrial, seed: number): Poisoned {
  return poisonRows(corpusOf(on).rows(), {
    attack: attackOf(attack),
    dose,
    seed,
    ...(options ? { options } : {}),
    ...(donors ? { donors: donorsOf(donors) } : {}),
  })
}

/** Options of a run beyond those that the declaration sets for all. */
export type Options = Readonly<Record<string, unknown>>

/** Runs of one detector under its declaration; equal runs happen once. */
export interface Runs {
  clean(corpus: string, options?: Options): Promise<Judged>
  trial(
    trial: DeclaredTrial,
    seed: number,
    options?: Options,
  ): Promise<{ judged: Judged; score: Score; poisoned: Poisoned }>
  example(example: Example, options?: Options): Promise<Judged>
  /** The trial judged anew, its rows cut into batches of that size. */
  again(trial: DeclaredTrial, seed: number, rowsPerBatch?: number): Promise<Judged>
  /** Everything seen so far under the options of the declaration. */
  readonly seen: ReadonlyMap<string, Promise<Judged>>
  /** Lets go of everything seen. */
  forget(): void
}

interface How {
  readonly options?: Options
  readonly rowsPerBatch?: number
  readonly seed?: number
}

/** Prepares the runs of a detector. */
export function runsOf(detector: AnyTableDetector, declared: Declaration): Runs {
  const seen = new Map<string, Promise<Judged>>()
  const varied = new Map<string, Promise<Judged>>()
  const poisonings = new Map<string, Poisoned>()
  const once = (key: string, options: Options, make: () => Promise<Judged>): Promise<Judged> => {
    const usual = Object.keys(options).length === 0
    return remembered(usual ? seen : varied, usual ? key : `${key} ${canonical(options)}`, make)
  }
  const judging = (options?: Options) => ({
    options: { [detector.id]: { ...declared.options, ...options } },
    ...(declared.statistics ? { statistics: declared.statistics } : {}),
  })
  const judge = (rows: readonly Row[], { options, rowsPerBatch, seed = 1 }: How = {}) =>
    judgeTable(heldTable(rows, rowsPerBatch), [detector], { ...judging(options), seed })
  const keyOf = (trial: DeclaredTrial, seed: number) => `${titleOf(trial)} seed ${seed}`
  const poisonedBy = (trial: DeclaredTrial, seed: number) =>
    remembered(poisonings, keyOf(trial, seed), () => poison(trial, seed))
  return {
    seen,
    forget: () => [seen, varied, poisonings].forEach(kept => void kept.clear()),
    clean: (corpus, options = {}) =>
      once(`clean ${corpus}`, options, () => judge(corpusOf(corpus).rows(), { options })),
    async trial(trial, seed, options = {}) {
      const poisoned = poisonedBy(trial, seed)
      const judged = await once(keyOf(trial, seed), options, () => judge(poisoned.rows, { seed, options }))
      return { judged, poisoned, score: score(judged, poisoned) }
    },
    again: (trial, seed, rowsPerBatch) =>
      judge(poisonedBy(trial, seed).rows, { seed, ...(rowsPerBatch ? { rowsPerBatch } : {}) }),
    example: (example, options = {}) =>
      once(`example ${example.name}`, options, () =>
        judgeTable(example.table ?? heldTable(example.rows ?? []), [detector], {
          ...judging({ ...example.options, ...options }),
          ...(example.baseline ? { baseline: example.baseline } : {}),
        }),
      ),
  }
}

/** What the map has under the key, made when it has nothing. */
function remembered<T>(kept: Map<string, T>, key: string, make: () => T): T {
  if (!kept.has(key)) kept.set(key, make())
  return kept.get(key)!
}

/** All that a judgement claims, as one string. */
export const claimsOf = ({ accusations, outcomes, notJudged }: Judged): string =>
  canonical([
    accusations.map(({ finding, claim }) => ({ ...finding, order: claim.rows ?? [] })),
    outcomes.map(o => [o.status, o.reason]),
    notJudged,
  ])

/** The claims and the pictures. */
export const verdictOf = (judged: Judged): string =>
  canonical([claimsOf(judged), judged.outcomes.map(outcome => outcome.figures)])
