import { type Tokens, tokenise } from '../../core/index.ts'

/** Rows of a class that a candidate is compared with, and tokens of a row that are read. */
const mostPeers = 500
const mostTokens = 200

type Vector = ReadonlyMap<number, number>

/**
 * Distance of each candidate to its nearest peer of the same class, over the distance of that peer to its own nearest
 * peer: near 1 inside a crowd, far above it for a row that stands alone.
 */
export function isolationOf(
  texts: readonly (string | null)[],
  classes: readonly number[],
  candidates: readonly number[],
) {
  const peersOf = new Map<number, number[]>()
  classes.forEach((c, i) => {
    const own = peersOf.get(c)
    if (!own) peersOf.set(c, [i])
    else if (own.length < mostPeers) own.push(i)
  })
  const used = [...new Set([...candidates, ...[...peersOf.values()].flat()])]
  const vectors = vectorsOf(used.map(i => texts[i] ?? null))
  const vectorOf = new Map(used.map((i, k) => [i, vectors[k]!]))
  const memo = new Map<number, number>()
  const nearest = (i: number) => {
    let [least, at] = [1, -1]
    for (const j of peersOf.get(classes[i]!) ?? []) {
      if (j === i) continue
      const distance = 1 - product(vectorOf.get(i)!, vectorOf.get(j)!)
      if (distance < least || at < 0) [least, at] = [distance, j]
    }
    return { least, at }
  }
  return candidates.map(i => {
    const { least, at } = nearest(i)
    if (at < 0) return 1
    const usual = memo.get(at) ?? nearest(at).least
    memo.set(at, usual)
    return least / Math.max(0.05, usual)
  })
}

/** Term counts times rarity, of length 1. */
function vectorsOf(texts: readonly (string | null)[]): Vector[] {
  const tokens = tokenise(texts)
  const frequency = new Map<number, number>()
  const counts = texts.map((_, i) => countsOf(tokens, i))
  for (const own of counts) for (const key of own.keys()) frequency.set(key, (frequency.get(key) ?? 0) + 1)
  return counts.map(own => {
    const weighed = [...own].map(
      ([key, n]) => [key, (1 + Math.log(n)) * Math.log(1 + texts.length / frequency.get(key)!)] as const,
    )
    const length = Math.sqrt(weighed.reduce((sum, [, w]) => sum + w * w, 0)) || 1
    return new Map(weighed.map(([key, w]) => [key, w / length]))
  })
}

function countsOf({ offsets, high }: Tokens, i: number): Map<number, number> {
  const own = new Map<number, number>()
  const to = Math.min(offsets[i + 1]!, offsets[i]! + mostTokens)
  for (let k = offsets[i]!; k < to; k++) own.set(high[k]!, (own.get(high[k]!) ?? 0) + 1)
  return own
}

function product(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [key, w] of small) sum += w * (large.get(key) ?? 0)
  return sum
}
