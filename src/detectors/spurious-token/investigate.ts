import {
  type Fluency,
  featureRoom,
  type GramSketch,
  insertion,
  type LinearModel,
  learnFluency,
  logFisher,
  logNormalTail,
  SHAPE_GRAM,
  shapeNames,
  shapeOf,
  type Trace,
  traceOf,
} from '../../core/index.ts'
import type { RowsWith } from '../../statistics/index.ts'
import { type Combination, combinedTrace } from './combination.ts'
import type { Held } from './held.ts'
import { learnRepetition, repeatedBy } from './repetition.ts'
import { type Case, COMBINED, leanOf } from './scoring.ts'
import type { Suspect } from './screen.ts'
import { learnStrangeness, type Strangeness, strangenessOf } from './strangeness.ts'
import { defiance, type Judge, marksOf, type Testimony, testimony } from './witness.ts'

/** Rows read to see whether a piece deserves all of them. */
const glance = 32
const mostRows = 256
/** A glance this little surprising ends the matter, on a log scale, when honest words may lean by `e`. */
const dull = -1

/** All that cases are made from. */
export interface Bench {
  readonly held: Held
  readonly judge: Judge
  readonly sketch: GramSketch
  readonly fluency: Fluency
  readonly repetition: Float64Array
  readonly strangeness: Strangeness
  /** What texts of the whole table say, by class. */
  readonly common: CommonRows
}

/** Mean and spread of a class's probability over the rows of the table. */
export interface CommonRows {
  readonly mean: Float64Array
  readonly spread: Float64Array
}

/** Learns what the rows of a table say of each class. */
export function commonRows(probability: Float32Array, classes: number): CommonRows {
  const rows = Math.max(1, probability.length / classes)
  const mean = new Float64Array(classes)
  const spread = new Float64Array(classes)
  probability.forEach((p, k) => {
    mean[k % classes] = mean[k % classes]! + p / rows
    spread[k % classes] = spread[k % classes]! + (p * p) / rows
  })
  return { mean, spread: spread.map((square, c) => Math.sqrt(Math.max(1e-6, square - mean[c]! ** 2))) }
}

/** Log chance that rows drawn from the whole table would speak so little for the label (normal approximation). */
function displacement({ probability }: Testimony, label: number, { mean, spread }: CommonRows): number {
  const own = probability.reduce((sum, p) => sum + p, 0) / Math.max(1, probability.length)
  const excess = ((mean[label]! - own) * Math.sqrt(probability.length)) / spread[label]!
  return excess <= 0 ? 0 : logNormalTail(excess) - Math.LN2
}

/** Prepares the rows in memory for judging, and learns from the crowd how natural pieces leave their rows. */
export function bench(
  held: Held,
  model: LinearModel,
  sketch: GramSketch,
  crowd: readonly Suspect[],
  rows: RowsWith['rows'],
  common: CommonRows,
): Bench {
  const judge = { model, features: featureRoom(model.bits, model.classes), marks: marksOf(held) }
  const traces = crowd.flatMap((s, q) => (s.kind === SHAPE_GRAM ? [] : [traceOf(held, rows[q]!, s, true)]))
  return {
    held,
    judge,
    sketch,
    fluency: learnFluency(held, traces, sketch),
    repetition: learnRepetition(traces),
    strangeness: learnStrangeness(held),
    common,
  }
}

/** A gram's case, or null when the rest of its rows explains their labels. */
export function investigate(
  of: Bench,
  suspect: Suspect,
  ids: Float64Array,
  label: number | null,
  seen: Set<string>,
): Case | null {
  const shape = suspect.kind === SHAPE_GRAM
  const trace = traceOf(of.held, ids, suspect, !shape)
  if (trace.rows.length === 0) return null
  const name = `${shape}/${trace.text}/${trace.rows.length}/${trace.rows[0]}`
  if (seen.has(name)) return null
  seen.add(name)
  const named = shape ? { ...trace, text: shapeNames[shapeOf(suspect.high)] ?? '' } : trace
  return caseOf(of, named, label ?? leadingLabel(of.held, trace), suspect)
}

/** The case of words that stand apart. */
export function investigateCombination(
  of: Bench,
  combination: Combination,
  ids: Float64Array,
  total: number,
): Case | null {
  const trace = combinedTrace(of.held, ids, combination)
  if (trace.rows.length === 0) return null
  const agreeing = trace.rows.filter(i => of.held.label[i] === combination.label).length
  return caseOf(of, trace, combination.label, { kind: COMBINED, rows: total, agreeing })
}

function caseOf(
  of: Bench,
  trace: Trace,
  label: number,
  about: Pick<Suspect, 'kind' | 'rows' | 'agreeing'>,
): Case | null {
  const first = testimony(of.held, trace, label, of.judge, glance)
  if (defiance(first, 1) > dull && defiance(first, 0) > 4 * dull) return null
  const all = trace.rows.length > glance ? testimony(of.held, trace, label, of.judge, mostRows) : first
  const gaps = about.kind === SHAPE_GRAM ? 0 : insertion(of.held, trace, of.sketch, of.fluency, about.kind === COMBINED)
  const repeated = about.kind === COMBINED ? null : repeatedBy(of.repetition, trace.length, all.rows.length)
  return {
    ...about,
    held: of.held,
    trace,
    testimony: all,
    label,
    lean: leanOf(all),
    against: defiance(all, 1),
    inserted: repeated === null ? gaps : logFisher(2, gaps + repeated),
    strange: about.kind === SHAPE_GRAM || about.kind === COMBINED ? 0 : strangenessOf(of.held, trace, of.strangeness),
    displaced: displacement(all, label, of.common),
  }
}

/** The label of most rows. */
function leadingLabel({ label }: Held, { rows }: Trace): number {
  const counts = new Map<number, number>()
  for (const i of rows) counts.set(label[i]!, (counts.get(label[i]!) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}
