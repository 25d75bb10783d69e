import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { type AnyTableDetector, canonical, hashString } from '../core/index.ts'
import { corpusOf, powerOf, type Score } from '../lab/index.ts'
import type { Declaration, DeclaredTrial } from './declaration.ts'
import { attackOf, groundOf, isPossible, type Runs } from './runs.ts'

/** Doses of the measured curve, in rows. */
const ladder = [6, 12, 25, 50, 100, 250]
const seeds = [1, 2, 3]

/** What the lab measured of a detector: the numbers that its page shows. */
export interface Accuracy {
  /** Fingerprint of the detector's version and options and of what was declared. */
  readonly declared: string
  readonly clean: readonly { corpus: string; rows: number; block: number; hold: number }[]
  readonly attacks: readonly AttackAccuracy[]
}

export interface AttackAccuracy {
  readonly attack: string
  readonly options: Readonly<Record<string, unknown>>
  readonly corpus: string
  readonly doses: readonly {
    rows: number
    trials: number
    caught: number
    interval: readonly [number, number]
    recall: number
    precision: number
    rank: number | null
    auroc: number | null
  }[]
}

/**
 * Holds the folder's `accuracy.json` to the code: its fingerprint must fit and one of its numbers is measured again.
 * With BEZOAR_LAB=write in the environment it is measured and written instead.
 */
export function checkAccuracy(detector: AnyTableDetector, declared: Declaration, runs: Runs): void {
  const write = process.env.BEZOAR_LAB === 'write'
  it(write ? 'writes accuracy.json' : 'has a fresh accuracy.json', {
    timeout: write ? 1_800_000 : 180_000,
  }, async () => {
    const path = join(dirname(expect.getState().testPath ?? ''), 'accuracy.json')
    if (write) {
      writeFileSync(path, `${JSON.stringify(await measure(detector, declared, runs), null, 2)}\n`)
      return
    }
    expect(existsSync(path), 'run npm run lab').toBe(true)
    const stored: Accuracy = JSON.parse(readFileSync(path, 'utf8'))
    expect(stored.declared, 'run npm run lab').toBe(fingerprint(detector, declared))
    const spot = spotOf(declared)
    if (!spot) return
    const { dose, ...curve } = spot
    const doses = stored.attacks.find(a => sameCurve(a, curve))?.doses ?? []
    const own = doses.find(({ rows }) => 'rows' in dose && rows === dose.rows)
    const known = own ?? doses[Math.floor((doses.length - 1) / 2)]
    expect(known, 'run npm run lab').toBeDefined()
    expect(await measureDose(runs, curve, known!.rows)).toEqual(known)
  })
}

/** The trial whose number is measured again: one with a dose of the ladder, of which most runs have happened by then. */
function spotOf({ caught, missed }: Declaration): DeclaredTrial | undefined {
  const possible = [...caught, ...missed].filter(isPossible)
  return possible.find(({ dose }) => 'rows' in dose && ladder.includes(dose.rows)) ?? possible[0]
}

type Curve = Omit<DeclaredTrial, 'dose'>

const idOf = ({ attack }: Curve): string => attackOf(attack).id
const sameCurve = (a: AttackAccuracy, curve: Curve): boolean =>
  a.attack === idOf(curve) && a.corpus === groundOf(curve) && canonical(a.options) === canonical(curve.options ?? {})

/** The declared trials, one for each attack, options and corpus. */
function curves(declared: Declaration): DeclaredTrial[] {
  const byKey = new Map<string, DeclaredTrial>()
  for (const trial of [...declared.caught, ...declared.missed]) {
    const key = canonical([idOf(trial), trial.options ?? {}, groundOf(trial)])
    if (!byKey.has(key)) byKey.set(key, trial)
  }
  return [...byKey.values()]
}

function fingerprint(detector: AnyTableDetector, { clean, caught, missed, options = {} }: Declaration): string {
  const trials = [...caught, ...missed].map(trial => ({ ...trial, attack: idOf(trial) }))
  const said = canonical({
    version: detector.version,
    options: detector.options.parse(options),
    clean,
    trials,
    ladder,
    seeds,
  })
  return [1, 2].map(seed => (hashString(said, seed) >>> 0).toString(16).padStart(8, '0')).join('')
}

async function measure(detector: AnyTableDetector, declared: Declaration, runs: Runs): Promise<Accuracy> {
  const clean: Accuracy['clean'][number][] = []
  for (const entry of declared.clean) {
    const corpus = typeof entry === 'string' ? entry : entry.corpus
    if (!corpusOf(corpus).here) continue
    const { accusations } = await runs.clean(corpus)
    const count = (severity: string) => accusations.filter(a => a.finding.severity === severity).length
    clean.push({ corpus, rows: corpusOf(corpus).rows().length, block: count('block'), hold: count('hold') })
  }
  const attacks: AttackAccuracy[] = []
  for (const { dose: _, ...curve } of curves(declared).filter(isPossible)) {
    const total = corpusOf(curve.on ?? 'reviews').rows().length
    const doses: AttackAccuracy['doses'][number][] = []
    for (const rows of ladder.filter(rows => rows <= total / 4)) {
      const measured = await measureDose(runs, curve, rows)
      if (measured) doses.push(measured)
    }
    attacks.push({ attack: idOf(curve), options: curve.options ?? {}, corpus: groundOf(curve), doses })
  }
  return { declared: fingerprint(detector, declared), clean, attacks }
}

const short = (value: number): number => Math.round(value * 1000) / 1000

/** Null when fewer rows than the dose can carry the poison. */
async function measureDose(runs: Runs, curve: Curve, rows: number): Promise<AttackAccuracy['doses'][number] | null> {
  const scores: Score[] = []
  for (const seed of seeds) {
    const { score, poisoned } = await runs.trial({ ...curve, dose: { rows } }, seed)
    if (poisoned.truth.size < rows) return null
    scores.push(score)
  }
  const { trials, caught, interval, recall, precision, rank, auroc } = powerOf(scores)
  const [low, high] = interval
  return {
    rows,
    trials,
    caught,
    interval: [short(low), short(high)],
    recall: short(recall),
    precision: short(precision),
    rank,
    auroc: auroc === null ? null : short(auroc),
  }
}
