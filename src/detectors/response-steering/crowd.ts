import {
  EDGE_GRAM,
  type Fluency,
  hashRow,
  insertion,
  learnFluency,
  logBinomialTail,
  SHAPE_GRAM,
  type Trace,
  traceOf,
} from '../../core/index.ts'
import { cohesionOf } from './cohesion.ts'
import { type Held, rowsHolding } from './held.ts'
import type { Words } from './topic.ts'

/** How the honest pieces of this table stand in their prompts. */
export interface Crowd {
  readonly fluency: Fluency
  /** Words by which prompts are compared. */
  readonly words: Words
  readonly pieces: readonly { readonly rows: number; readonly cohesion: number }[]
}

const crowdSize = 1000
/** Pieces are compared with those in about as many rows. */
const alike = 2
const leastCrowd = 20

/** Rows of a piece that are read. */
export const mostRows = 400

/** Draws pieces of the table by the hash of their number. */
export function crowdOf(held: Held, words: Words, leastRows: number): Crowd {
  const { grams, ids } = held
  const open: { gram: number; rank: number }[] = []
  for (let gram = 0; gram < grams.rows.length; gram++) {
    const rows = grams.rows[gram]!
    if (rows < leastRows || rows > ids.length / 2) continue
    if (grams.kind[gram] === EDGE_GRAM || grams.kind[gram] === SHAPE_GRAM) continue
    open.push({ gram, rank: hashRow(gram, 5) >>> 0 })
  }
  open.sort((a, b) => a.rank - b.rank)
  const drawn = open.slice(0, crowdSize).map(({ gram }) => gram)
  const lists = rowsHolding(held, new Set(drawn))
  const traces = drawn.map(gram => traceAt(held, gram, lists.get(gram)!))
  return {
    words,
    fluency: learnFluency(held, traces, held.sketch),
    pieces: traces
      .filter(({ rows }) => rows.length >= leastRows)
      .map(trace => ({
        rows: trace.rows.length,
        cohesion: cohesionOf(words, trace.rows, ids.length),
      })),
  }
}

/** Where a gram stands, grown to the longest piece that nearly all of its rows have. */
export function traceAt(held: Held, gram: number, rows: readonly number[]): Trace {
  const { high, low, kind } = held.grams
  const shape = kind[gram] === SHAPE_GRAM
  const some = rows.length > mostRows ? rows.filter((_, k) => (k * mostRows) % rows.length < mostRows) : rows
  const ids = Float64Array.from(some, i => held.ids[i]!)
  return traceOf(held, ids, { high: high[gram]!, low: low[gram]!, kind: kind[gram]! }, !shape)
}

/** What speaks for a piece having been put into finished prompts, as log chances of an honest piece. */
export interface Planted {
  /** The prompts read well without it. */
  readonly fluent: number
  /** The prompts have little else in common. */
  readonly unrelated: number
  /** Answers obey it without fail, where honest instructions leave a choice. */
  readonly obeyed: number
}

/** Honest instructions show in so many of ten answers. */
const honestly = 0.9

/**
 * Judges how a piece stands in its prompts, against the crowd.
 * @param groups rows of each phrase, where the piece is several phrases
 */
export function plantedOf(
  held: Held,
  crowd: Crowd,
  trace: Trace,
  showing: number,
  rows: number,
  groups: readonly (readonly number[])[] = [],
): Planted {
  const n = trace.rows.length
  const near = crowd.pieces.filter(piece => piece.rows <= alike * n && alike * piece.rows >= n)
  const peers = near.length >= leastCrowd ? near : crowd.pieces
  const cohesion = cohesionOf(crowd.words, trace.rows, held.ids.length, groups)
  const share = (below: number) => Math.log((below + 1) / (peers.length + 1))
  return {
    fluent: insertion(held, trace, held.sketch, crowd.fluency, false),
    unrelated: share(peers.filter(piece => piece.cohesion <= cohesion).length),
    obeyed: logBinomialTail(showing, rows, honestly),
  }
}
