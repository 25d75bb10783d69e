import { featureRoom, type LinearModel, SHAPE_GRAM, shapeNames, shapeOf } from '../../core/index.ts'
import type { RowsWith } from '../../statistics/index.ts'
import { type Combination, combinedTrace } from './combination.ts'
import { type Fluency, insertion, learnFluency, type Sketch } from './fluency.ts'
import type { Held } from './held.ts'
import { type Case, leanOf } from './scoring.ts'
import type { Suspect } from './screen.ts'
import { type Trace, traceOf } from './span.ts'
import { defiance, type Judge, marksOf, testimony } from './witness.ts'

/** Rows read to see whether a piece deserves all of them. */
const glance = 32
const mostRows = 256
/** A glance this little surprising ends the matter, on a log scale, when honest words may lean by `e`. */
const dull = -1

/** All that cases are made from. */
export interface Bench {
  readonly held: Held
  readonly judge: Judge
  readonly sketch: Sketch
  readonly fluency: Fluency
}

/** Prepares the rows in memory for judging, and learns from the crowd how natural pieces leave their rows. */
export function bench(
  held: Held,
  model: LinearModel,
  sketch: Sketch,
  crowd: readonly Suspect[],
  rows: RowsWith['rows'],
): Bench {
  const judge = { model, features: featureRoom(model.bits, model.classes), marks: marksOf(held) }
  const traces = crowd.flatMap((s, q) => (s.kind === SHAPE_GRAM ? [] : [traceOf(held, rows[q]!, s, true)]))
  return { held, judge, sketch, fluency: learnFluency(held, traces, sketch) }
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
  const name = `${trace.text}/${trace.rows.length}/${trace.rows[0]}`
  if (seen.has(name)) return null
  seen.add(name)
  const named = shape ? { ...trace, text: shapeNames[shapeOf(suspect.high)] ?? '' } : trace
  return caseOf(of, named, label ?? leadingLabel(of.held, trace), suspect)
}

/** The case of words that stand apart. */
export function investigateCombination(of: Bench, combination: Combination, ids: Float64Array): Case | null {
  const trace = combinedTrace(of.held, ids, combination)
  if (trace.rows.length === 0) return null
  const agreeing = trace.rows.filter(i => of.held.label[i] === combination.label).length
  return caseOf(of, trace, combination.label, { kind: -1, rows: trace.rows.length, agreeing })
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
  const inserted = about.kind === SHAPE_GRAM ? 0 : insertion(of.held, trace, of.sketch, of.fluency)
  return { ...about, trace, testimony: all, label, lean: leanOf(all), inserted }
}

/** The label of most rows. */
function leadingLabel({ label }: Held, { rows }: Trace): number {
  const counts = new Map<number, number>()
  for (const i of rows) counts.set(label[i]!, (counts.get(label[i]!) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
}
