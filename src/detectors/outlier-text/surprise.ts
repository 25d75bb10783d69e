import { fold, hashString } from '../../core/index.ts'

/** Buckets of character triples, and characters of a text that are read. */
const buckets = 2 ** 18
const mostCharacters = 4000
/** Fewer characters say little about how a text is written. */
const fewestCharacters = 12

/** Bits a character that each text needs under the character triples of all other texts; NaN for short texts. */
export function surpriseOf(texts: readonly (string | null)[]): Float64Array {
  const triples = new Float64Array(buckets)
  const pairs = new Float64Array(buckets)
  for (const text of texts)
    eachTriple(text, (triple, pair) => {
      triples[triple] = triples[triple]! + 1
      pairs[pair] = pairs[pair]! + 1
    })
  return Float64Array.from(texts, text => {
    const own = new Map<number, number>()
    let bits = 0
    let n = 0
    eachTriple(text, triple => void own.set(triple, (own.get(triple) ?? 0) + 1))
    eachTriple(text, (triple, pair) => {
      const [left, given] = [triples[triple]! - own.get(triple)!, pairs[pair]!]
      bits -= Math.log2((left + 0.01) / (given + 1))
      n++
    })
    return n < fewestCharacters ? Number.NaN : bits / n
  })
}

function eachTriple(text: string | null, visit: (triple: number, pair: number) => void): void {
  if (!text) return
  const read = `  ${fold(text.slice(0, mostCharacters))}`
  for (let k = 0; k + 3 <= read.length; k++)
    visit(hashString(read.slice(k, k + 3)) & (buckets - 1), hashString(read.slice(k, k + 2), 1) & (buckets - 1))
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
