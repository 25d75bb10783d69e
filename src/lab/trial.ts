import type { AnyTableAttack, AnyTableDetector, Row } from '../core/index.ts'
import { type Judged, type JudgeRowsOptions, judgeRows } from './judged.ts'
import { type Dose, type Poisoned, poisonRows } from './poison.ts'
import { type Known, type Score, score } from './score.ts'

/** One poisoning judged by some detectors. */
export interface TrialRequest {
  readonly rows: readonly Row[]
  readonly attack: AnyTableAttack
  /** Raw options of the attack. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly dose: Dose
  readonly detectors: readonly AnyTableDetector[]
  readonly seed: number
  readonly donors?: readonly Row[]
  /** Detector options and plugins' statistics. */
  readonly judging?: Omit<JudgeRowsOptions, 'seed'>
  /** The judgement of the clean rows: what it accuses already is no catch. */
  readonly before?: Known
}

/** A score, and all that it was made from. */
export interface Trial {
  readonly score: Score
  readonly poisoned: Poisoned
  readonly judged: Judged
}

/** Poisons, judges and scores once. The same request gives the same score. */
export async function trial(request: TrialRequest): Promise<Trial> {
  const { rows, attack, options, dose, detectors, seed, donors, judging, before } = request
  const poisoned = poisonRows(rows, {
    attack,
    dose,
    seed,
    ...(options ? { options } : {}),
    ...(donors ? { donors } : {}),
  })
  const judged = await judgeRows(poisoned.rows, detectors, { ...judging, seed })
  return { poisoned, judged, score: score(judged, poisoned, before) }
}

/** What some trials of one attack at one dose say together. */
export interface Power {
  readonly trials: number
  readonly caught: number
  readonly blocked: number
  readonly named: number
  /** Exact 95 % interval of the share caught. */
  readonly interval: readonly [number, number]
  readonly recall: number
  readonly precision: number
  readonly auroc: number | null
  /** Middle rank of the first true finding among the trials that have one. */
  readonly rank: number | null
  readonly falseAlarms: number
}

/** Sums up scores of the same attack, options and dose. */
export function powerOf(scores: readonly Score[]): Power {
  const count = (test: (s: Score) => boolean) => scores.filter(test).length
  const mean = (of: (s: Score) => number) =>
    scores.length === 0 ? 0 : scores.reduce((sum, s) => sum + of(s), 0) / scores.length
  const ranked = scores.filter(s => s.auroc !== null)
  const ranks = scores.flatMap(s => (s.rank === null ? [] : [s.rank])).sort((a, b) => a - b)
  const caught = count(s => s.caught)
  return {
    trials: scores.length,
    caught,
    blocked: count(s => s.blocked),
    named: count(s => s.named),
    interval: binomialInterval(caught, scores.length),
    recall: mean(s => s.recall),
    precision: mean(s => s.precision),
    auroc: ranked.length === 0 ? null : ranked.reduce((sum, s) => sum + s.auroc!, 0) / ranked.length,
    rank: ranks[Math.floor((ranks.length - 1) / 2)] ?? null,
    falseAlarms: mean(s => s.falseAlarms),
  }
}

/** Runs the same trial with several seeds. */
export async function measurePower(
  request: Omit<TrialRequest, 'seed' | 'before'>,
  seeds: readonly number[],
): Promise<Power> {
  const scores: Score[] = []
  for (const seed of seeds) scores.push((await trial({ ...request, seed })).score)
  return powerOf(scores)
}

/** Exact (Clopper–Pearson 1934) 95 % interval of a share, by bisection of the binomial tails. */
export function binomialInterval(hits: number, tries: number): readonly [number, number] {
  if (tries === 0) return [0, 1]
  const atLeast = (p: number) => tail(hits, tries, p)
  const atMost = (p: number) => 1 - tail(hits + 1, tries, p)
  const low = hits === 0 ? 0 : bisect(p => atLeast(p) < 0.025)
  const high = hits === tries ? 1 : bisect(p => atMost(p) > 0.025)
  return [low, high]
}

/** The largest p for which `below` holds, for a predicate that holds from 0 up to some p. */
function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return low
}

/** P(X >= k) for X binomial with n tries of chance p. */
function tail(k: number, n: number, p: number): number {
  if (p <= 0) return k <= 0 ? 1 : 0
  if (p >= 1) return k <= n ? 1 : 0
  let term = n * Math.log1p(-p)
  let sum = 0
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += Math.exp(term)
    term += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p)
  }
  return Math.min(1, sum)
}
