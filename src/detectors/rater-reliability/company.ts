import type { Pool } from './pool.ts'

/** Pools with more raters are not asked who keeps whose company: the matrix of pairs would be too large. */
const mostRaters = 2500
const mostMembers = 40
const mostSeeds = 40
/** How much oftener than by chance members of a ring meet, and the weights of meeting and of the chance to. */
const oftener = 2.5
const meeting = Math.log(oftener)
/** Evidence, as a natural logarithm, that a group needs for each member: it is chosen among all groups. */
const each = 5

/**
 * Groups of raters who rate the same things oftener than chance. Who rates what says nothing about the votes, so what
 * such a group's votes say afterwards needs no discount for having been chosen. Empty where everybody rates everything.
 */
export function companiesOf(pool: Pool): number[][] {
  const raters = pool.raters.length
  if (raters > mostRaters || pool.rater.length > 0.8 * raters * pool.items) return []
  const pull = pulls(pool)
  const strongest = topPairs(pull, raters)
  const taken = new Set<number>()
  const found: number[][] = []
  for (const [a, b] of strongest) {
    if (taken.has(a) || taken.has(b)) continue
    const members = grown(pull, raters, [a, b], taken)
    if (members === null) continue
    found.push(members)
    for (const member of members) taken.add(member)
  }
  return found
}

/** For each pair the logarithm of how much likelier their meetings are for members of a ring (a Poisson ratio). */
function pulls({ raters, items, byRater, byItem, rater, rater: { length: votes } }: Pool): Float32Array {
  const n = raters.length
  const pull = new Float32Array(n * n)
  const most = Math.max(50, Math.floor(40_000_000 / Math.max(1, votes)))
  // Where raters sit by chance alone, a pair meets at a thing by the share of raters it has.
  const company = Float64Array.from({ length: items }, (_, m) => byItem[m]!.length / n)
  const room = company.reduce((sum, c) => sum + c * c, 0)
  const mean = votes / n
  for (const all of byItem) {
    if (all.length > most) continue
    for (const v of all) for (const w of all) if (v !== w) pull[rater[v]! * n + rater[w]!]! += meeting
  }
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      pull[a * n + b]! -= (oftener - 1) * ((room * byRater[a]!.length * byRater[b]!.length) / (mean * mean))
  return pull
}

function topPairs(pull: Float32Array, raters: number): (readonly [number, number])[] {
  const best: { readonly a: number; readonly b: number; readonly weight: number }[] = []
  for (let a = 0; a < raters; a++) {
    let b = -1
    for (let c = 0; c < raters; c++) if (c !== a && (b < 0 || pull[a * raters + c]! > pull[a * raters + b]!)) b = c
    if (b >= 0 && pull[a * raters + b]! > 0) best.push({ a, b, weight: pull[a * raters + b]! })
  }
  best.sort((x, y) => y.weight - x.weight || x.a - y.a)
  return best.slice(0, mostSeeds).map(({ a, b }) => [a, b] as const)
}

function grown(
  pull: Float32Array,
  raters: number,
  seed: readonly number[],
  taken: ReadonlySet<number>,
): number[] | null {
  const members = [...seed]
  const drawn = new Float64Array(raters)
  const welcome = (member: number) => {
    for (let c = 0; c < raters; c++) drawn[c]! += pull[member * raters + c]!
  }
  for (const member of seed) welcome(member)
  let weight = pull[seed[0]! * raters + seed[1]!]!
  while (members.length < mostMembers) {
    let best = -1
    for (let c = 0; c < raters; c++)
      if (!members.includes(c) && !taken.has(c) && (best < 0 || drawn[c]! > drawn[best]!)) best = c
    if (best < 0 || drawn[best]! <= Math.log(raters)) break
    weight += drawn[best]!
    members.push(best)
    welcome(best)
  }
  return members.length >= 3 && weight >= each * members.length ? members : null
}
