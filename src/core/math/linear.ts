import { mix32 } from '../hash.ts'
import type { Tokens } from '../text/tokens.ts'

/** Tokens of one text that the model reads; the rest of a longer text does not count. */
export const modelTokens = 1024

/** What a text model learns from. */
export interface TextModelOptions {
  /** Most labels told apart; the rest are one class, "other". */
  readonly mostLabels: number
  /** Rows to learn from, drawn by hash of the row id. */
  readonly sampleRows: number
  /** Tokens to learn from, 8 bytes each. */
  readonly sampleTokens: number
  readonly folds: number
  readonly seed: number
}

/** What every detector asks the text model with, so that it is trained once. */
export const textModelDefaults: TextModelOptions = {
  mostLabels: 64,
  sampleRows: 100_000,
  sampleTokens: 10_000_000,
  folds: 5,
  seed: 1,
}

/**
 * Multinomial logistic regressions over hashed words, word beginnings and word pairs, one for each fold: fold f never saw the rows of
 * fold f, so it judges them without having learnt them by heart.
 */
export interface LinearModel {
  readonly bits: number
  readonly folds: number
  readonly classes: number
  /** Decides the fold of a row, see `foldOf`. */
  readonly seed: number
  /** Weight of column c in fold f for bucket b at `(f * 2^bits + b) * columns + c`; see `columnsOf`. */
  readonly weights: Float32Array
  /** Per fold and class: log share of the class plus what is learnt for every row. */
  readonly bias: Float32Array
  /** Inverse document frequency by bucket; 0 where a feature was in fewer than two rows and can teach nothing. */
  readonly idf: Float32Array
  /** Share of each class. */
  readonly prior: Float32Array
  /** Divides the logits, so that a probability of 0.9 is right nine times in ten. */
  readonly temperature: number
  /** Share of rows whose label follows the prior whatever the text says. Keeps probabilities from 0. */
  readonly floor: number
}

/** Weights of a fold for one bucket: two classes need one, for the second class has its negative. */
export const columnsOf = (classes: number): number => (classes === 2 ? 1 : classes)

/** Words as the model reads them: two hashes a token, flat. */
export interface WordKeys {
  readonly high: Int32Array
  readonly stem: Int32Array
}

/** Room for the features of one text, shared among calls. */
export interface Features {
  readonly bucket: Int32Array
  readonly count: Int32Array
  /** How much features of this kind weigh; after `weighFeatures` the feature's value. */
  readonly value: Float32Array
  /** Slot of a bucket plus one, 0 when the text does not have it. Always given back empty. */
  readonly slot: Uint16Array
  readonly logits: Float64Array
  /** One for each column of weights. */
  readonly sums: Float64Array
}

/** A token gives its word, the beginning of a long word, and the pair with the next word. */
const kinds = 3
/** Pairs and beginnings repeat what the words say, so they weigh half. */
const shareOf = Float32Array.of(1, 0.5, 0.5)

/** Makes room for the features of one text. */
export function featureRoom(bits: number, classes = 0): Features {
  const most = kinds * modelTokens
  return {
    bucket: new Int32Array(most),
    count: new Int32Array(most),
    value: new Float32Array(most),
    slot: new Uint16Array(2 ** bits),
    logits: new Float64Array(classes),
    sums: new Float64Array(columnsOf(classes)),
  }
}

/** Bucket of a single word. */
export const wordBucket = (key: number, bits: number): number => Math.imul(key, 0x85ebca6b) >>> (32 - bits)

/**
 * Fold of a text, from its tokens alone: copies share a fold and so cannot vouch for each other, and every row of a
 * table has a fold whether or not the model was trained on it.
 */
export function foldOf(tokens: Tokens, i: number, folds: number, seed: number): number {
  let h = seed | 0
  for (let k = tokens.offsets[i]!, end = tokens.offsets[i + 1]!; k < end; k++)
    h = Math.imul(h ^ tokens.high[k]!, 0x9e3779b1) ^ (h >>> 15)
  return (mix32(h) >>> 0) % folds
}

/**
 * Counts the features of words[start, end) by bucket; `mask[k - start]` leaves a token and its pairs out.
 * @returns how many buckets
 */
export function countFeatures(
  { high, stem }: WordKeys,
  start: number,
  end: number,
  bits: number,
  mask: Uint8Array | null,
  room: Features,
): number {
  const last = Math.min(end, start + modelTokens)
  const { bucket, count, value, slot } = room
  const shift = 32 - bits
  let size = 0
  for (let k = start; k < last; k++) {
    if (mask !== null && mask[k - start] === 1) continue
    const word = high[k]!
    for (let kind = 0; kind < kinds; kind++) {
      let key = word
      if (kind === 1) {
        key = stem[k]! ^ 0x2545f491
        if (stem[k] === 0) continue
      } else if (kind === 2) {
        if (k + 1 >= last || (mask !== null && mask[k + 1 - start] === 1)) continue
        key = mix32(Math.imul(word, 0x9e3779b1) + high[k + 1]!)
      }
      const b = Math.imul(key, 0x85ebca6b) >>> shift
      const at = slot[b]!
      if (at !== 0) count[at - 1]!++
      else {
        bucket[size] = b
        count[size] = 1
        value[size] = shareOf[kind]!
        slot[b] = ++size
      }
    }
  }
  for (let j = 0; j < size; j++) slot[bucket[j]!] = 0
  return size
}

/** 1 + ln(count), for the counts that occur. */
const dampened = Float32Array.from({ length: 64 }, (_, n) => 1 + Math.log(Math.max(1, n)))

/**
 * Turns counts into log counts times rarity, of length 1.
 * @returns how many buckets are left once those that teach nothing are dropped
 */
export function weighFeatures({ bucket, count, value }: Features, size: number, idf: Float32Array): number {
  let kept = 0
  let squares = 0
  for (let j = 0; j < size; j++) {
    const rarity = idf[bucket[j]!]!
    if (rarity === 0) continue
    const v = dampened[Math.min(63, count[j]!)]! * rarity * value[j]!
    bucket[kept] = bucket[j]!
    value[kept++] = v
    squares += v * v
  }
  if (kept === 0) return 0
  const scale = 1 / Math.sqrt(squares)
  for (let j = 0; j < kept; j++) value[j] = value[j]! * scale
  return kept
}

/** Turns logits into calibrated probabilities; `out` may be the logits themselves. */
export function calibrated(
  logits: Float32Array | Float64Array,
  from: number,
  { classes, temperature, floor, prior }: Pick<LinearModel, 'classes' | 'temperature' | 'floor' | 'prior'>,
  out: Float32Array | Float64Array,
  at: number,
): void {
  let most = -Infinity
  for (let c = 0; c < classes; c++) most = Math.max(most, logits[from + c]!)
  let sum = 0
  for (let c = 0; c < classes; c++) sum += out[at + c] = Math.exp((logits[from + c]! - most) / temperature)
  for (let c = 0; c < classes; c++) out[at + c] = ((1 - floor) * out[at + c]!) / sum + floor * prior[c]!
}

/** Features by bucket and value, flat. */
export interface WeighedFeatures {
  readonly bucket: Int32Array
  readonly value: Float32Array
}

/** Fills z, which is as long as there are columns, with the weights of the features [from, to) times their values. */
export function gather(
  { bucket, value }: WeighedFeatures,
  weights: Float32Array,
  first: number,
  from: number,
  to: number,
  z: Float64Array,
): void {
  const columns = z.length
  for (let c = 0; c + 4 <= columns; c += 4) gatherFour(bucket, value, weights, first + c, from, to, z, c)
  for (let c = columns & ~3; c < columns; c++) {
    let sum = 0
    for (let j = from; j < to; j++) sum += value[j]! * weights[first + bucket[j]! * columns + c]!
    z[c] = sum
  }
}

/** Four columns in registers: three times as fast. */
function gatherFour(
  bucket: Int32Array,
  value: Float32Array,
  weights: Float32Array,
  first: number,
  from: number,
  to: number,
  z: Float64Array,
  at: number,
): void {
  const columns = z.length
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let j = from; j < to; j++) {
    const base = first + bucket[j]! * columns
    const v = value[j]!
    a += v * weights[base]!
    b += v * weights[base + 1]!
    c += v * weights[base + 2]!
    d += v * weights[base + 3]!
  }
  z[at] = a
  z[at + 1] = b
  z[at + 2] = c
  z[at + 3] = d
}

/**
 * Probability of each class of text i, judged by `fold`'s model, as if the masked tokens were not there.
 * @param mask one byte for each token of the text, 1 to leave out; null for none
 * @param out at least `classes` long
 * @param room from `featureRoom(model.bits, model.classes)`
 */
export function scoreRow(
  model: LinearModel,
  fold: number,
  tokens: Tokens,
  i: number,
  mask: Uint8Array | null,
  out: Float32Array | Float64Array,
  room: Features,
): void {
  const { bits, classes, weights, bias } = model
  const { logits, sums } = room
  const counted = countFeatures(tokens, tokens.offsets[i]!, tokens.offsets[i + 1]!, bits, mask, room)
  const size = weighFeatures(room, counted, model.idf)
  gather(room, weights, (fold << bits) * sums.length, 0, size, sums)
  logits.set(sums)
  if (classes === 2) logits[1] = -logits[0]!
  for (let c = 0; c < classes; c++) logits[c] = logits[c]! + bias[fold * classes + c]!
  calibrated(logits, 0, model, out, 0)
}
