import { excessOf, logShareAbove, type TwoLevels, twoLevels } from '../math/crowd.ts'
import { edgeHigh, edgeLow, pairHigh, pairLow, sketchCell, type TokenSpan } from './grams.ts'
import type { HeldTexts, Trace } from './span.ts'

/** A byte for each gram of a table: rows that hold it, at most 255. */
export interface GramSketch {
  readonly bytes: Uint8Array
  readonly bits: number
  readonly deep: boolean
}

/**
 * How well texts read once a piece is taken out of them. A word that was put into a finished text leaves words side by
 * side that stood so before; a word that grew there leaves a hole. Two levels: natural pieces, and the gaps of each.
 */
export interface Fluency extends TwoLevels {
  /** Log likelihood ratio, put in against grown, of one gap, by cell and by whether the gap closes. */
  readonly ratio: Float64Array
  /** Excess of the natural pieces, falling. */
  readonly crowd: Float64Array
}

const levels = 9
const cells = (levels + 1) * (levels + 1)

/** Rows that hold a token, as a power of two; the last level is the edge of a text. */
function levelOf(held: HeldTexts, token: number, sketch: GramSketch): number {
  const rows = sketch.bytes[sketchCell(held.tokens.high[token]!, held.tokens.low[token]!, sketch.bits)]!
  return Math.min(levels - 1, 31 - Math.clz32(rows + 1))
}

/** Cell and closure of the gap that a span leaves: `2 * cell + (closed ? 1 : 0)`; -1 when nothing is left around it. */
function gapAt(held: HeldTexts, i: number, [start, end]: TokenSpan, sketch: GramSketch, own: number): number {
  const { high, low, offsets } = held.tokens
  const from = offsets[i]!
  const length = offsets[i + 1]! - from
  if (end - start >= length) return -1
  const left = from + start - 1
  const right = from + end
  const before = start === 0
  const behind = end === length
  const h = before
    ? edgeHigh(high[right]!, true)
    : behind
      ? edgeHigh(high[left]!, false)
      : pairHigh(high[left]!, high[right]!)
  const l = before ? edgeLow(low[right]!, true) : behind ? edgeLow(low[left]!, false) : pairLow(low[left]!, low[right]!)
  const cell =
    (before ? levels : levelOf(held, left, sketch)) * (levels + 1) + (behind ? levels : levelOf(held, right, sketch))
  return 2 * cell + (sketch.bytes[sketchCell(h, l, sketch.bits)]! > own ? 1 : 0)
}

/** Learns from all neighbours in the rows how often a pair occurs, and from natural pieces how often a gap closes. */
export function learnFluency(held: HeldTexts, crowd: readonly Trace[], sketch: GramSketch): Fluency {
  const joined = new Float64Array(2 * cells).fill(0.5)
  const rows = Math.min(held.texts.length, 20_000)
  for (let i = 0; i < rows; i++) {
    const length = Math.min(held.tokens.offsets[i + 1]! - held.tokens.offsets[i]!, 200)
    for (let k = 0; k <= length && length > 0; k++) {
      const gap = gapAt(held, i, [k, k], sketch, 1)
      if (gap >= 0) joined[gap] = joined[gap]! + 1
    }
  }
  const left = new Float64Array(2 * cells).fill(0.5)
  const gaps = crowd.map(trace => gapsOf(held, trace, sketch))
  for (const own of gaps) for (const gap of own) left[gap] = left[gap]! + 1 / Math.max(1, own.length / 32)
  const ratio = new Float64Array(2 * cells)
  for (let c = 0; c < cells; c++) {
    const put = joined[2 * c]! + joined[2 * c + 1]!
    const grown = left[2 * c]! + left[2 * c + 1]!
    for (const k of [2 * c, 2 * c + 1]) ratio[k] = Math.log(joined[k]! / put) - Math.log(left[k]! / grown)
  }
  const pieces = gaps.filter(own => own.length >= leastGaps).map(own => own.map(gap => ratio[gap]!))
  const model = twoLevels(pieces)
  return {
    ratio,
    ...model,
    crowd: Float64Array.from(pieces, own => excessOf(own, model))
      .sort()
      .reverse(),
  }
}

/** Fewer gaps than this tell nothing. */
const leastGaps = 4

const mostGaps = 256
/** Words of a row that a combination is made of. */
const mostWords = 8

/** Gaps that a piece leaves: its first in each row, or those of all the words that it is made of. */
function gapsOf(held: HeldTexts, trace: Trace, sketch: GramSketch, scattered = false): number[] {
  const found: number[] = []
  for (let r = 0; r < trace.rows.length && found.length < mostGaps; r++) {
    for (const span of trace.spans[r]!.slice(0, scattered ? mostWords : 1)) {
      const gap = gapAt(held, trace.rows[r]!, span, sketch, 0)
      if (gap >= 0) found.push(gap)
    }
  }
  return found
}

/** Log chance that a natural piece leaves texts that read so well without it, counted among natural pieces. */
export function insertion(
  held: HeldTexts,
  trace: Trace,
  sketch: GramSketch,
  fluency: Fluency,
  scattered: boolean,
): number {
  const own = gapsOf(held, trace, sketch, scattered)
  if (own.length < leastGaps || fluency.crowd.length === 0) return 0
  const ratios = own.map(gap => fluency.ratio[gap]!)
  // Standard errors by which the texts read better without the piece than they do without natural pieces.
  return logShareAbove(fluency.crowd, excessOf(ratios, fluency))
}
