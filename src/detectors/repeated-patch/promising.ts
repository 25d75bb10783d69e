import { hashRow } from '../../core/index.ts'
import type { LocalPatches } from '../../statistics/index.ts'
import { NearPatches, patchOf } from './near-patches.ts'
import type { Surprise } from './surprise.ts'

/** A patch that a label's surprising pictures seem to share. */
export interface Promising {
  readonly picture: number
  readonly patch: number
  readonly promise: number
}

/** Pictures whose look agrees with their label cannot tell of a wrong one. */
const surprising = 0.5
/** Surprising pictures that are searched: of one label, and of all. */
const mostOfLabel = 250
const mostPictures = 4000
/** Pictures of any label that tell how common a patch is. */
const usualPictures = 250
/** Distances at which pictures are counted. */
const radii = [12, 18, 25]
const fewestSharing = 3
/** Pairs that may be compared: bounds the time on tables whose patches are all alike. */
const mostCompared = 3e8

/**
 * Patches by how much more often the surprising pictures of their label have them than pictures in general, the most
 * promising first: a cheap look among few, before the exact count among all.
 */
export function promisingPatches(patches: LocalPatches, surprise: Surprise) {
  const groups = surprisingPictures(surprise)
  const usual = evenly(surprise.pictures, usualPictures)
  const common = new NearPatches(patches, usual)
  const promising: Promising[] = []
  let tried = 0
  let compared = 0
  for (const [label, group] of groups.entries()) {
    if (group.length <= fewestSharing || common.compared + compared > mostCompared) continue
    const near = new NearPatches(patches, group)
    const others = Math.max(
      1,
      usual.reduce((sum, i) => sum + Number(surprise.label[i] !== label), 0),
    )
    for (const picture of group)
      for (let patch = patches.starts[picture]!; patch < patches.starts[picture + 1]!; patch++) {
        tried++
        const shows = patchOf(patches, patch)
        const counts = countsOf(near, shows, i => i !== picture)
        if (counts.at(-1)! < fewestSharing) continue
        const elsewhere = countsOf(common, shows, i => surprise.label[i] !== label)
        const promise = promiseOf(counts, elsewhere, group.length / others)
        if (promise > 0) promising.push({ picture, patch, promise })
      }
    compared += near.compared
  }
  promising.sort((a, b) => b.promise - a.promise || a.patch - b.patch)
  return { promising, tried }
}

/** Pictures that hold the patch within each of the radii. */
function countsOf(near: NearPatches, shows: Float64Array, counts: (picture: number) => boolean): number[] {
  const found = radii.map(() => 0)
  for (const i of near.within(shows, radii.at(-1)!)) {
    if (!counts(i)) continue
    for (let r = radii.length - 1; r >= 0 && near.distance[i]! < radii[r]! ** 2; r--) found[r]!++
  }
  return found
}

/** Logarithm of how many times more than elsewhere, for all that share it, at the radius where that is most. */
function promiseOf(counts: readonly number[], elsewhere: readonly number[], ratio: number): number {
  let best = 0
  for (const [r, count] of counts.entries()) {
    if (count < fewestSharing) continue
    const expected = ratio * (elsewhere[r]! + 0.5)
    if (count > expected) best = Math.max(best, count * Math.log(count / expected) - count + expected)
  }
  return best
}

/** Of each label by its size, those pictures whose label surprises: half the most surprising, half evenly from all. */
function surprisingPictures({ pictures, classes, label, chance }: Surprise): number[][] {
  const own = (i: number) => chance[i * classes + label[i]!]!
  const byLabel = Array.from({ length: classes }, (): number[] => [])
  let all = 0
  for (let i = 0; i < pictures; i++)
    if (label[i]! >= 0 && own(i) < surprising) {
      byLabel[label[i]!]!.push(i)
      all++
    }
  const share = Math.min(1, mostPictures / Math.max(1, all))
  return byLabel.map(group => {
    const quota = Math.min(mostOfLabel, Math.max(40, Math.ceil(share * group.length)))
    if (quota >= group.length) return group
    // In noisy tables the most surprising are errors of another kind.
    const ordered = group.sort((a, b) => own(a) - own(b) || a - b)
    const half = ordered.slice(0, quota / 2)
    const rest = ordered.slice(half.length).sort((a, b) => (hashRow(a, 9) >>> 0) - (hashRow(b, 9) >>> 0))
    return half.concat(rest.slice(0, quota - half.length)).sort((a, b) => a - b)
  })
}

function evenly(count: number, most: number): number[] {
  const taken = Math.min(count, most)
  return Array.from({ length: taken }, (_, k) => Math.floor((k * count) / taken))
}
