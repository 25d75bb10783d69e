import { mix32 } from '../hash.ts'
import { shapesOf, tokenShapes } from './shapes.ts'
import type { Tokens } from './tokens.ts'

/** What a gram is made of: one to three tokens in a row, two with one between them, or a shape of a token. */
export const gramKinds = ['word', 'pair', 'triple', 'gapped', 'shape', 'edge'] as const
export const WORD_GRAM = 0
export const PAIR_GRAM = 1
export const TRIPLE_GRAM = 2
export const GAPPED_GRAM = 3
export const SHAPE_GRAM = 4
/** The first or last token of a text, with the text's edge. Tells natural beginnings and ends; never a candidate. */
export const EDGE_GRAM = 5

/** The grams of one text; one that stands there twice is listed twice. Share one among calls. */
export interface Grams {
  size: number
  high: Int32Array
  low: Int32Array
  kind: Uint8Array
}

/** Tokens of one text that are read; a longer text is a book and has no place for chance to be measured. */
export const gramTokens = 16_384

/** Room for the grams of a text. */
export const gramRoom = (): Grams => roomOf(1024)

const roomOf = (capacity: number): Grams => ({
  size: 0,
  high: new Int32Array(capacity),
  low: new Int32Array(capacity),
  kind: new Uint8Array(capacity),
})

const edge = 0x5bd1e995
const gap = 0x2545f491
const third = 0x1b873593

/** High half of the gram of two tokens (or of a gram and a token) in this order. */
export const pairHigh = (a: number, b: number): number => mix32(Math.imul(a, 0x9e3779b1) + b)
/** Low half, mixed in another way so that the halves are independent. */
export const pairLow = (a: number, b: number): number => mix32(Math.imul(a, 0x85ebca6b) ^ (b + third))

/** Halves of the pair of a token and the text's edge before (`true`) or behind it. */
export const edgeHigh = (token: number, before: boolean): number =>
  before ? pairHigh(edge, token) : pairHigh(token, edge)
export const edgeLow = (token: number, before: boolean): number =>
  before ? pairLow(edge, token) : pairLow(token, edge)

function put(to: Grams, high: number, low: number, kind: number): void {
  to.high[to.size] = high
  to.low[to.size] = low
  to.kind[to.size++] = kind
}

/**
 * Lists the grams of text i in `to`.
 * @param text the text itself, for the shapes
 * @param deep also triples and gapped pairs, which are twice the work
 */
export function gramsOf(tokens: Tokens, i: number, text: string, deep: boolean, to: Grams): void {
  const from = tokens.offsets[i]!
  const end = Math.min(tokens.offsets[i + 1]!, from + gramTokens)
  const most = 4 * (end - from) + 64
  if (to.high.length < most) Object.assign(to, roomOf(2 * most))
  to.size = 0
  const { high, low } = tokens
  for (let k = from; k < end; k++) {
    const h = high[k]!
    const l = low[k]!
    put(to, h, l, WORD_GRAM)
    if (k + 1 >= end) break
    const h2 = pairHigh(h, high[k + 1]!)
    const l2 = pairLow(l, low[k + 1]!)
    put(to, h2, l2, PAIR_GRAM)
    if (!deep || k + 2 >= end) continue
    put(to, pairHigh(h2, high[k + 2]!), pairLow(l2, low[k + 2]!), TRIPLE_GRAM)
    put(to, pairHigh(h ^ gap, high[k + 2]!), pairLow(l ^ gap, low[k + 2]!), GAPPED_GRAM)
  }
  if (end > from) {
    put(to, edgeHigh(high[from]!, true), edgeLow(low[from]!, true), EDGE_GRAM)
    put(to, edgeHigh(high[end - 1]!, false), edgeLow(low[end - 1]!, false), EDGE_GRAM)
  }
  const shapes = shapesOf(text, tokens, from, end)
  for (let s = 0; shapes >>> s !== 0; s++) if ((shapes >>> s) & 1) put(to, mix32(s + 1), mix32(~s), SHAPE_GRAM)
}

/** Byte of a sketch of 2^bits bytes that counts the gram with these halves. */
export const sketchCell = (high: number, low: number, bits: number): number =>
  (high ^ Math.imul(low, 0x9e3779b1)) >>> (32 - bits)

/** Tokens of a text that a gram covers: [start, end), counted from the text's first token. */
export type TokenSpan = readonly [number, number]

/** Every place where text i holds the gram, overlapping ones too. */
export function placesOf(
  tokens: Tokens,
  i: number,
  text: string,
  gram: { readonly high: number; readonly low: number; readonly kind: number },
): TokenSpan[] {
  const from = tokens.offsets[i]!
  const end = Math.min(tokens.offsets[i + 1]!, from + gramTokens)
  const length = [1, 2, 3, 3, 1, 2][gram.kind]!
  const shape = gram.kind === SHAPE_GRAM ? shapeOf(gram.high) : 0
  const found: TokenSpan[] = []
  for (let k = from; k + length <= end; k++) {
    const here =
      gram.kind === SHAPE_GRAM ? ((tokenShapes(text, tokens, k) >>> shape) & 1) === 1 : isGram(tokens, k, gram)
    if (here) found.push([k - from, k - from + length])
  }
  return found
}

/** Number of the shape whose gram has this high half. */
export function shapeOf(high: number): number {
  for (let s = 0; s < 32; s++) if (mix32(s + 1) === high) return s
  return 0
}

function isGram({ high, low }: Tokens, k: number, gram: { high: number; low: number; kind: number }): boolean {
  if (gram.kind === WORD_GRAM) return high[k] === gram.high && low[k] === gram.low
  if (gram.kind === GAPPED_GRAM)
    return pairHigh(high[k]! ^ gap, high[k + 2]!) === gram.high && pairLow(low[k]! ^ gap, low[k + 2]!) === gram.low
  const h = pairHigh(high[k]!, high[k + 1]!)
  const l = pairLow(low[k]!, low[k + 1]!)
  if (gram.kind === PAIR_GRAM) return h === gram.high && l === gram.low
  return pairHigh(h, high[k + 2]!) === gram.high && pairLow(l, low[k + 2]!) === gram.low
}
