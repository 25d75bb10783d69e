import {
  type Features,
  foldOf,
  type LinearModel,
  logPoissonBinomialTail,
  mix32,
  scoreRow,
  type Trace,
} from '../../core/index.ts'
import type { Held } from './held.ts'

/** What the rows of a trace say once the trace is left out. */
export interface Testimony {
  /** Rows whose rests differ from one another (copies say a thing once). Places in `Held`. */
  readonly rows: readonly number[]
  /** Probability of the label by row, from the rest of the row. */
  readonly probability: readonly number[]
  /** Rows among them that have the label. */
  readonly agreeing: number
}

export interface Judge {
  readonly model: LinearModel
  readonly features: Features
  /** Some words of each row, by which copies are known. */
  readonly marks: readonly Int32Array[]
}

const marksPerRow = 24
/** Rows that share this much of their words are copies. */
const alike = 0.5

/** The words of each row that hash lowest. */
export function marksOf({ tokens, texts }: Held): Int32Array[] {
  return texts.map((_, i) => {
    const own = new Set(tokens.high.subarray(tokens.offsets[i]!, tokens.offsets[i + 1]!))
    return Int32Array.from(own, mix32).sort().slice(0, marksPerRow)
  })
}

/** Reads the label from the rest of each row, for at most `most` rows that are no copies of one another. */
export function testimony(held: Held, trace: Trace, label: number, judge: Judge, most: number): Testimony {
  const { tokens } = held
  const { model, features, marks } = judge
  const rows: number[] = []
  const probability: number[] = []
  let agreeing = 0
  const out = new Float64Array(model.classes)
  const seen = new Map<number, number[]>()
  const sizes: number[] = []
  for (let r = 0; r < trace.rows.length && rows.length < most; r++) {
    const i = trace.rows[r]!
    const from = tokens.offsets[i]!
    const mask = new Uint8Array(tokens.offsets[i + 1]! - from)
    const own = new Set<number>()
    for (const [start, end] of trace.spans[r]!) {
      mask.fill(1, start, end)
      for (let k = start; k < end; k++) own.add(mix32(tokens.high[from + k]!))
    }
    if (
      isCopy(
        marks[i]!.filter(mark => !own.has(mark)),
        seen,
        sizes,
      )
    )
      continue
    scoreRow(model, foldOf(tokens, i, model.folds, model.seed), tokens, i, mask, out, features)
    rows.push(i)
    probability.push(out[label] ?? 0)
    if (held.label[i] === label) agreeing++
  }
  return { rows, probability, agreeing }
}

/** Puts a rest among those seen, unless one of them shares most words with it. */
function isCopy(rest: Int32Array, seen: Map<number, number[]>, sizes: number[]): boolean {
  const shared = new Map<number, number>()
  for (const word of rest) for (const other of seen.get(word) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
  for (const [other, n] of shared) if (n >= alike * (rest.length + sizes[other]! - n)) return true
  if (rest.length === 0 && sizes.includes(0)) return true
  for (const word of rest) {
    const list = seen.get(word)
    if (list) list.push(sizes.length)
    else seen.set(word, [sizes.length])
  }
  sizes.push(rest.length)
  return false
}

/**
 * Log chance of so much agreement if the piece were an honest word, which may lean: it multiplies the odds that the
 * rest of a row gives to the label, but at most by e^lean.
 */
export function defiance({ probability, agreeing }: Testimony, lean: number): number {
  const odds = Math.exp(lean)
  return logPoissonBinomialTail(
    agreeing,
    probability.map(p => (p * odds) / (1 - p + p * odds)),
  )
}
