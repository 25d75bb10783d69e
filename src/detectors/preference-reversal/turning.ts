/** Log odds count in steps of this much: sums then have a grid on which their chances are exact. */
const grid = 0.125
const mostWeight = 24
/** Judgements beyond this are thinned evenly: they say enough. */
const mostJudged = 1500

/**
 * Log chance that judgements would contradict a model so much, were the model right about how often each is contradicted.
 * The measure is the sum of the model's log odds over the contradicted ones: to contradict it where it is sure counts more.
 * @param given log odds of each judgement as it was given, by a model that never saw it
 */
export function turned(given: readonly number[]): number {
  const step = Math.max(1, Math.ceil(given.length / mostJudged))
  const used = step === 1 ? given : given.filter((_, i) => i % step === 0)
  const tries = used.map(odds => ({
    weight: Math.min(mostWeight, Math.round(Math.abs(odds) / grid)),
    against: odds < 0,
    chance: 1 / (1 + Math.exp(Math.abs(odds))),
  }))
  const seen = tries.reduce((sum, t) => sum + (t.against ? t.weight : 0), 0)
  if (seen === 0) return 0
  // ways[s] is the chance of the sum s; ways[seen] gathers everything from there on.
  const ways = new Float64Array(seen + 1)
  ways[0] = 1
  let reached = 0
  for (const { weight, chance } of tries) {
    if (weight === 0) continue
    for (let s = reached; s >= 0; s--) {
      const moved = ways[s]! * chance
      if (s < seen) ways[s] = ways[s]! - moved
      const to = Math.min(seen, s + weight)
      if (to !== s) ways[to] = ways[to]! + moved
    }
    reached = Math.min(seen, reached + weight)
  }
  return Math.min(0, Math.log(Math.max(1e-300, ways[seen]!)))
}

/** How many judgements contradict the model, and how many would if it were right. */
export function contradicted(given: readonly number[]): { readonly against: number; readonly expected: number } {
  let against = 0
  let expected = 0
  for (const odds of given) {
    against += odds < 0 ? 1 : odds === 0 ? 0.5 : 0
    expected += 1 / (1 + Math.exp(Math.abs(odds)))
  }
  return { against: Math.round(against), expected }
}
