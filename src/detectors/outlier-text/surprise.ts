import { folded, mix32 } from '../../core/index.ts'

/** Buckets of character triples, and characters of a text that are read. */
const buckets = 2 ** 18
const mostCharacters = 4000
/** Fewer characters say little about how a text is written. */
const fewestCharacters = 12

/** The character triples of one text, and the pairs they begin with, by bucket. */
interface Triples {
  size: number
  readonly triple: Int32Array
  readonly pair: Int32Array
}

/** Bits a character that each text needs under the character triples of all other texts; NaN for short texts. */
export function surpriseOf(texts: readonly (string | null)[]): Float64Array {
  const triples = new Int32Array(buckets)
  const pairs = new Int32Array(buckets)
  const own = new Int32Array(buckets)
  const room: Triples = { size: 0, triple: new Int32Array(mostCharacters), pair: new Int32Array(mostCharacters) }
  for (const text of texts) {
    triplesOf(text, room)
    countIn(triples, room.triple, room.size, 1)
    countIn(pairs, room.pair, room.size, 1)
  }
  return Float64Array.from(texts, text => {
    triplesOf(text, room)
    const { size, triple, pair } = room
    if (size < fewestCharacters) return Number.NaN
    countIn(own, triple, size, 1)
    let bits = 0
    for (let k = 0; k < size; k++) {
      const left = triples[triple[k]!]! - own[triple[k]!]!
      bits -= Math.log2((left + 0.01) / (pairs[pair[k]!]! + 1))
    }
    countIn(own, triple, size, -1)
    return bits / size
  })
}

function countIn(counts: Int32Array, buckets: Int32Array, size: number, step: number): void {
  for (let k = 0; k < size; k++) counts[buckets[k]!] = counts[buckets[k]!]! + step
}

const space = 0x20
const prime = 0x01000193
const [tripleStart, pairStart] = [0x811c9dc5, 0x811c9dc5 ^ 1]

/** Lists the triples of a text that begins after two spaces. */
function triplesOf(text: string | null, to: Triples): void {
  to.size = 0
  if (!text) return
  const length = Math.min(text.length, mostCharacters)
  let [first, second] = [space, space]
  for (let k = 0; k < length; k++) {
    const third = folded[text.charCodeAt(k)]!
    const triple = Math.imul(Math.imul(Math.imul(tripleStart ^ first, prime) ^ second, prime) ^ third, prime)
    const pair = Math.imul(Math.imul(pairStart ^ first, prime) ^ second, prime)
    to.triple[k] = mix32(triple ^ 3) & (buckets - 1)
    to.pair[k] = mix32(pair ^ 2) & (buckets - 1)
    first = second
    second = third
  }
  to.size = length
}

/** Standard errors above the median of the row's class, by the median absolute deviation; NaN stays NaN. */
export function robustScores(values: Float64Array, classes: readonly number[]): Float64Array {
  const byClass = new Map<number, number[]>()
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return
    const own = byClass.get(classes[i]!)
    if (own) own.push(value)
    else byClass.set(classes[i]!, [value])
  })
  const scales = new Map(
    [...byClass].map(([c, own]) => {
      const middle = medianOf(own)
      const spread = 1.4826 * medianOf(own.map(v => Math.abs(v - middle)))
      return [c, { middle, spread: Math.max(spread, 1e-3) }]
    }),
  )
  return values.map((value, i) => {
    const scale = scales.get(classes[i]!)
    return scale ? (value - scale.middle) / scale.spread : Number.NaN
  })
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1]!
}
