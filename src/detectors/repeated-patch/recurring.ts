import type { LocalPatches } from '../../statistics/index.ts'
import { type NearPatches, patchOf, widest } from './near-patches.ts'
import { promisingPatches } from './promising.ts'
import type { Surprise } from './surprise.ts'

/** A patch that pictures of one label share more often than their looks explain. */
export interface Recurring {
  readonly label: number
  /** The patch, as compared. */
  readonly shows: Float64Array
  readonly radius: number
  /** Natural logarithm of the chance of so many, bounded from above (Chernoff), for one patch and one radius. */
  readonly logChance: number
}

const fewestSharing = 4
/** Patches that are compared with those of all pictures: the most promising. */
const mostAsked = 400

/** Patches that recur under one label against the looks of their pictures, the least likely first. */
export function recurringPatches(
  patches: LocalPatches,
  surprise: Surprise,
  near: NearPatches,
): { readonly found: Recurring[]; readonly tried: number } {
  const { promising, tried } = promisingPatches(patches, surprise)
  const found: Recurring[] = []
  for (const { picture, patch } of promising.slice(0, mostAsked)) {
    const shows = patchOf(patches, patch)
    const label = surprise.label[picture]!
    const best = bestRadius(near, shows, { label, except: picture, surprise })
    if (best.logChance < 0) found.push({ label, shows, ...best })
  }
  found.sort((a, b) => a.logChance - b.logChance)
  return { found, tried }
}

interface Asked {
  readonly label: number
  /** A picture that is not counted: the one that the patch was taken from. -1 for none. */
  readonly except: number
  readonly surprise: Surprise
}

/** Counts by distance: all pictures, those with the label, and how many of them the looks would give it. */
const all = new Float64Array(widest + 1)
const shared = new Float64Array(widest + 1)
const expected = new Float64Array(widest + 1)

/** The radius at which it is least likely that so many of the pictures with the patch have the label. */
export function bestRadius(near: NearPatches, wanted: Float64Array, { label, except, surprise }: Asked) {
  const { chance, classes, label: labels } = surprise
  for (const counts of [all, shared, expected]) counts.fill(0)
  for (const i of near.within(wanted, widest)) {
    if (i === except) continue
    const at = Math.ceil(Math.sqrt(near.distance[i]!))
    all[at]!++
    expected[at]! += chance[i * classes + label]!
    if (labels[i] === label) shared[at]!++
  }
  let best = { logChance: 0, radius: 0 }
  for (let radius = 1; radius <= widest; radius++) {
    all[radius]! += all[radius - 1]!
    expected[radius]! += expected[radius - 1]!
    shared[radius]! += shared[radius - 1]!
    if (shared[radius]! < fewestSharing || shared[radius] === shared[radius - 1]) continue
    const logChance = chernoff(shared[radius]!, all[radius]!, expected[radius]!)
    if (logChance < best.logChance) best = { logChance, radius }
  }
  return best
}

/** Bound of the logarithm of P(at least `hits` of `tries`) when `expected` are expected. */
function chernoff(hits: number, tries: number, expected: number): number {
  const share = hits / tries
  const mean = Math.min(1 - 1e-9, expected / tries)
  if (share <= mean) return 0
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - mean)) : 0
  return -tries * (share * Math.log(share / mean) + rest)
}
