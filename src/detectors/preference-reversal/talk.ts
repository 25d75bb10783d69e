import { edgeHigh, edgeLow, pairHigh, pairLow, sketchCell, type Tokens, tokenise } from '../../core/index.ts'

/** Texts cut into tokens, with the breaks between turns and paragraphs, and how often neighbours meet. */
export interface Talk {
  readonly texts: readonly string[]
  readonly tokens: Tokens
  /** 1 where a break stands before the token; one more entry than tokens, and 1 at the beginning of every text. */
  readonly broken: Uint8Array
}

/** Tokens of a text that are read; the rest of a longer one is not searched for phrases. */
export const readTokens = 2048

/** Cuts texts. */
export function talkOf(texts: readonly string[]): Talk {
  const tokens = tokenise(texts)
  const { offsets, start, end } = tokens
  const broken = new Uint8Array(start.length + 1).fill(0)
  broken[start.length] = 1
  texts.forEach((text, i) => {
    const from = offsets[i]!
    broken[from] = 1
    for (let k = from + 1; k < offsets[i + 1]!; k++)
      if (
        start[k]! - end[k - 1]! >= 2 &&
        text.slice(end[k - 1]!, Math.min(start[k]!, end[k - 1]! + 64)).includes('\n\n')
      )
        broken[k] = 1
  })
  return { texts, tokens, broken }
}

/** First and last-but-one place of text i in the arrays of tokens, as far as it is read. */
export const placesIn = ({ tokens: { offsets } }: Talk, i: number): readonly [number, number] => [
  offsets[i]!,
  Math.min(offsets[i + 1]!, offsets[i]! + readTokens),
]

/** Counts of tokens and of neighbours over many texts, by hash and up to 255. */
export interface Neighbours {
  readonly cells: Uint8Array
  readonly bits: number
}

export function neighboursOf(talks: readonly Talk[]): Neighbours {
  const total = talks.reduce((sum, { tokens }) => sum + tokens.high.length, 0)
  const bits = Math.min(24, Math.max(16, Math.ceil(Math.log2(12 * total + 1))))
  const cells = new Uint8Array(2 ** bits)
  const seen = new Int32Array(2 ** bits).fill(-1)
  let text = 0
  const count = (high: number, low: number) => {
    const cell = sketchCell(high, low, bits)
    if (seen[cell] === text) return
    seen[cell] = text
    if (cells[cell]! < 255) cells[cell] = cells[cell]! + 1
  }
  for (const talk of talks)
    for (let i = 0; i < talk.texts.length; i++, text++) {
      const [from, end] = placesIn(talk, i)
      for (let k = from; k < end; k++) {
        count(talk.tokens.high[k]!, talk.tokens.low[k]!)
        countPair(talk, k, count)
        const [left, right] = [beforeOf(talk, k), afterOf(talk, k)]
        count(...tripleOf(talk, left, k, right))
      }
      if (end > from) count(edgeHigh(talk.tokens.high[end - 1]!, false), edgeLow(talk.tokens.low[end - 1]!, false))
    }
  return { cells, bits }
}

function countPair({ tokens: { high, low }, broken }: Talk, k: number, count: (h: number, l: number) => void): void {
  if (!broken[k]) {
    count(pairHigh(high[k - 1]!, high[k]!), pairLow(low[k - 1]!, low[k]!))
    return
  }
  count(edgeHigh(high[k]!, true), edgeLow(low[k]!, true))
  if (k > 0) count(edgeHigh(high[k - 1]!, false), edgeLow(low[k - 1]!, false))
}

/** The token before one in the same turn, -1 when there is none. */
export const beforeOf = ({ broken }: Talk, k: number): number => (broken[k] ? -1 : k - 1)
/** The token behind one in the same turn, -1 when there is none. */
export const afterOf = ({ broken }: Talk, k: number): number => (broken[k + 1] ? -1 : k + 1)

const edgeToken = 0x2c1b3c6d

function tripleOf({ tokens: { high, low } }: Talk, a: number, b: number, c: number): [number, number] {
  const h = (k: number) => (k < 0 ? edgeToken : high[k]!)
  const l = (k: number) => (k < 0 ? edgeToken : low[k]!)
  return [pairHigh(pairHigh(h(a), h(b)), h(c)), pairLow(pairLow(l(a), l(b)), l(c))]
}

/** Texts in which three tokens stand in this order side by side; -1 stands for an edge. */
export function seenTriple({ cells, bits }: Neighbours, talk: Talk, a: number, b: number, c: number): number {
  const [high, low] = tripleOf(talk, a, b, c)
  return cells[sketchCell(high, low, bits)]!
}

/** Texts in which a token stands. */
export const seenToken = ({ cells, bits }: Neighbours, { tokens: { high, low } }: Talk, k: number): number =>
  cells[sketchCell(high[k]!, low[k]!, bits)]!

/** Texts in which token `left` stands right before token `right`; -1 stands for an edge. */
export function seenPair(
  { cells, bits }: Neighbours,
  { tokens: { high, low } }: Talk,
  left: number,
  right: number,
): number {
  const [h, l] =
    left < 0
      ? [edgeHigh(high[right]!, true), edgeLow(low[right]!, true)]
      : right < 0
        ? [edgeHigh(high[left]!, false), edgeLow(low[left]!, false)]
        : [pairHigh(high[left]!, high[right]!), pairLow(low[left]!, low[right]!)]
  return cells[sketchCell(h, l, bits)]!
}
