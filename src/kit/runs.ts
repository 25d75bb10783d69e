import { attacks } from '../attacks/index.ts'
import {
  type AnyTableAttack,
  type AnyTableDetector,
  canonical,
  poisonsTables,
  type tableOfRows,
} from '../core/index.ts'
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

/** Runs of one detector under its declaration; equal runs happen once. */
export interface Runs {
  clean(corpus: string): Promise<Judged>
  trial(trial: DeclaredTrial, seed: number): Promise<{ judged: Judged; score: Score; poisoned: Poisoned }>
  example(example: Example, options?: Readonly<Record<string, unknown>>): Promise<Judged>
  judge(rows: Parameters<typeof tableOfRows>[1], how?: How): Promise<Judged>
  /** Everything seen so far. */
  readonly seen: ReadonlyMap<string, Promise<Judged>>
}

interface How {
  readonly options?: Readonly<Record<string, unknown>>
  readonly rowsPerBatch?: number
  readonly seed?: number
}

/** Prepares the runs of a detector. */
export function runsOf(detector: AnyTableDetector, declared: Declaration): Runs {
  const seen = new Map<string, Promise<Judged>>()
  const once = (key: string, make: () => Promise<Judged>): Promise<Judged> => {
    if (!seen.has(key)) seen.set(key, make())
    return seen.get(key)!
  }
  const judging = (options?: Readonly<Record<string, unknown>>) => ({
    options: { [detector.id]: { ...declared.options, ...options } },
    ...(declared.statistics ? { statistics: declared.statistics } : {}),
  })
  const judge: Runs['judge'] = (rows, { options, rowsPerBatch, seed = 1 } = {}) =>
    judgeTable(heldTable(rows, rowsPerBatch), [detector], { ...judging(options), seed })
  return {
    seen,
    judge,
    clean: corpus => once(`clean ${corpus}`, () => judge(corpusOf(corpus).rows())),
    async trial(trial, seed) {
      const poisoned = poison(trial, seed)
      const judged = await once(`${titleOf(trial)} seed ${seed}`, () => judge(poisoned.rows, { seed }))
      return { judged, poisoned, score: score(judged, poisoned) }
    },
    example(example, options) {
      const table = example.table ?? heldTable(example.rows ?? [])
      const make = () =>
        judgeTable(table, [detector], {
          ...judging({ ...example.options, ...options }),
          ...(example.baseline ? { baseline: example.baseline } : {}),
        })
      return options ? make() : once(`example ${example.name}`, make)
    },
  }
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
