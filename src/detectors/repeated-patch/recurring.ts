import { hashRow } from '../../core/index.ts'
import type { LocalPatches } from '../../statistics/index.ts'
import { NearPatches, patchColumns, patchInto } from './near-patches.ts'
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

export interface SearchOptions {
  /** Pictures among which is searched. */
  readonly mostPictures: number
  /** Patches that are tried. */
  readonly mostSeeds: number
}

/** Largest distance of two views of one patch. */
export const widest = 40
/** Pairs that may be compared: bounds the time on tables whose patches are all alike. */
const mostCompared = 2.5e9
const fewestSharing = 4

/** Patches that recur under one label against the looks of their pictures, the least likely first. */
export function recurringPatches(
  patches: LocalPatches,
  surprise: Surprise,
  options: SearchOptions,
): { readonly found: Recurring[]; readonly tried: number } {
  const chosen = sampled(surprise, options.mostPictures)
  const near = new NearPatches(patches, chosen)
  const found: Recurring[] = []
  const wanted = new Float64Array(patchColumns)
  let tried = 0
  for (const i of seedPictures(patches, surprise, chosen, options.mostSeeds)) {
    if (near.compared > mostCompared) break
    for (let patch = patches.starts[i]!; patch < patches.starts[i + 1]!; patch++) {
      tried++
      patchInto(patches, patch, wanted, 0)
      const best = bestRadius(near, wanted, { label: surprise.label[i]!, except: i, surprise })
      if (best.logChance < 0) found.push({ label: surprise.label[i]!, shows: wanted.slice(), ...best })
    }
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

/** Pictures among which is searched, ascending: all, or those whose label surprises most and an even sample. */
function sampled({ pictures, label, chance, classes }: Surprise, most: number): number[] {
  const all = Array.from({ length: pictures }, (_, i) => i)
  if (pictures <= most) return all
  const own = (i: number) => (label[i]! < 0 ? 1 : chance[i * classes + label[i]!]!)
  const contrary = all.filter(i => own(i) < 0.1).sort((a, b) => own(a) - own(b) || a - b)
  const taken = new Set(contrary.slice(0, most / 3))
  for (const i of all.sort((a, b) => (hashRow(a, 5) >>> 0) - (hashRow(b, 5) >>> 0))) {
    if (taken.size >= most) break
    taken.add(i)
  }
  return [...taken].sort((a, b) => a - b)
}

/** Pictures whose look agrees with their label cannot tell of a wrong one. */
const surprising = 0.5

/** Pictures whose patches are tried: of each label by its size, those whose label surprises most. */
function seedPictures(patches: LocalPatches, surprise: Surprise, from: readonly number[], most: number): number[] {
  const { classes, label, chance } = surprise
  const own = (i: number) => chance[i * classes + label[i]!]!
  const byLabel = Array.from({ length: classes }, (): number[] => [])
  for (const i of from) if (label[i]! >= 0 && own(i) < surprising) byLabel[label[i]!]!.push(i)
  const all = byLabel.reduce((sum, pictures) => sum + pictures.length, 0)
  const perPicture = Math.max(1, patches.starts[patches.rows.length]! / Math.max(1, patches.rows.length))
  return byLabel.flatMap(pictures => {
    const quota = Math.max(fewestSharing, Math.ceil((most * pictures.length) / Math.max(1, all) / perPicture))
    const ordered = pictures.sort((a, b) => own(a) - own(b) || a - b)
    if (quota >= ordered.length) return ordered
    // Half the least likely, half evenly from all of them: in noisy tables the least likely are other errors.
    const half = ordered.slice(0, quota / 2)
    const rest = ordered.slice(half.length).sort((a, b) => (hashRow(a, 9) >>> 0) - (hashRow(b, 9) >>> 0))
    return half.concat(rest.slice(0, quota - half.length))
  })
}
