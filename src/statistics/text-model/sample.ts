import { hashRow, type WordKeys } from '../../core/index.ts'

/**
 * The rows with the smallest hashes, as token keys. The rule is a prefix of the hash order (as many rows, and as many
 * tokens, as fit), so that shards merge to what one pass would have kept.
 */
export interface TokenSample {
  size: number
  tokens: number
  /** Rows that hash to this or above are out; 2^32 while nothing had to go. */
  limit: number
  rank: Float64Array
  row: Float64Array
  label: Int32Array
  fold: Uint8Array
  /** Length capacity + 1; row j has the words [offset[j], offset[j + 1]). */
  offset: Float64Array
  high: Int32Array
  stem: Int32Array
  labels: string[]
  index: Map<string, number>
}

export interface SampleBounds {
  readonly rows: number
  readonly tokens: number
}

export function emptySample(): TokenSample {
  return {
    size: 0,
    tokens: 0,
    limit: 2 ** 32,
    rank: new Float64Array(1024),
    row: new Float64Array(1024),
    label: new Int32Array(1024),
    fold: new Uint8Array(1024),
    offset: new Float64Array(1025),
    high: new Int32Array(32768),
    stem: new Int32Array(32768),
    labels: [],
    index: new Map(),
  }
}

/** Place of a row in the order of the sample. */
export const rankOf = (row: number, seed: number): number => hashRow(row, seed) >>> 0

/** Number of a label, made up when it is new. */
export function numberOf(sample: TokenSample, label: string): number {
  let number = sample.index.get(label)
  if (number === undefined) {
    number = sample.labels.length
    sample.labels.push(label)
    sample.index.set(label, number)
  }
  return number
}

function longer<A extends Float64Array | Int32Array | Uint8Array>(array: A, length: number): A {
  if (array.length >= length) return array
  const grown = new (array.constructor as new (n: number) => A)(Math.max(length, array.length * 2))
  grown.set(array)
  return grown
}

/** A row for the sample: its label by number and its words as [from, to) of some keys. */
export interface Sampled {
  readonly rank: number
  readonly row: number
  readonly label: number
  readonly fold: number
  readonly from: number
  readonly to: number
}

/** Puts a row in. The caller has compared its rank with `limit`, and trims now and then. */
export function put(sample: TokenSample, { rank, row, label, fold, from, to }: Sampled, words: WordKeys): void {
  const { size, tokens } = sample
  sample.rank = longer(sample.rank, size + 1)
  sample.row = longer(sample.row, size + 1)
  sample.label = longer(sample.label, size + 1)
  sample.fold = longer(sample.fold, size + 1)
  sample.offset = longer(sample.offset, size + 2)
  sample.high = longer(sample.high, tokens + to - from)
  sample.stem = longer(sample.stem, tokens + to - from)
  sample.rank[size] = rank
  sample.row[size] = row
  sample.label[size] = label
  sample.fold[size] = fold
  sample.high.set(words.high.subarray(from, to), tokens)
  sample.stem.set(words.stem.subarray(from, to), tokens)
  sample.size++
  sample.tokens += to - from
  sample.offset[sample.size] = sample.tokens
}

/** True when a trim is due; at twice the bounds, so that trimming costs a constant a row. */
export const overfull = (sample: TokenSample, bounds: SampleBounds): boolean =>
  sample.size > 2 * bounds.rows || sample.tokens > 2 * bounds.tokens

/** Drops what is beyond the bounds. Rows of one rank go together, so that nothing depends on the order of arrival. */
export function trimmed(sample: TokenSample, bounds: SampleBounds): TokenSample {
  if (sample.size <= bounds.rows && sample.tokens <= bounds.tokens) return sample
  const { rank, offset } = sample
  const order = Int32Array.from({ length: sample.size }, (_, j) => j).sort((a, b) => rank[a]! - rank[b]!)
  let [kept, tokens] = [0, 0]
  for (const j of order) {
    tokens += offset[j + 1]! - offset[j]!
    if (kept === bounds.rows || tokens > bounds.tokens) break
    kept++
  }
  const limit = rank[order[kept]!]!
  return takenFrom(emptySample(), sample, j => rank[j]! < limit, limit)
}

/** Adds the rows of `from` that `keep` accepts to `to`. */
function takenFrom(to: TokenSample, from: TokenSample, keep: (j: number) => boolean, limit: number): TokenSample {
  to.limit = limit
  for (let j = 0; j < from.size; j++) {
    if (!keep(j)) continue
    const label = numberOf(to, from.labels[from.label[j]!]!)
    const [start, end] = [from.offset[j]!, from.offset[j + 1]!]
    put(to, { rank: from.rank[j]!, row: from.row[j]!, label, fold: from.fold[j]!, from: start, to: end }, from)
  }
  return to
}

/** The sample of both. */
export function united(a: TokenSample, b: TokenSample, bounds: SampleBounds): TokenSample {
  const limit = Math.min(a.limit, b.limit)
  const first = a.limit === limit ? a : takenFrom(emptySample(), a, j => a.rank[j]! < limit, limit)
  return trimmed(
    takenFrom(first, b, j => b.rank[j]! < limit, limit),
    bounds,
  )
}
