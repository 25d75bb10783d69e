import { logHypergeometricTail } from '../../core/index.ts'
import type { LocalPatches } from '../../statistics/index.ts'
import { type LookAlikes, lookAlikes } from './look-alikes.ts'
import { NearPatches, patchColumns, patchInto, patchOf } from './near-patches.ts'
import type { Surprise } from './surprise.ts'

/** A patch that a group of pictures shares, and neither their look-alikes nor the rest of their label. */
export interface Contrast {
  readonly among: LookAlikes
  readonly shows: Float64Array
  readonly radius: number
  /** Pictures that hold it: of the group, of the look-alikes, of the rest. */
  readonly holding: readonly [number, number, number]
  /** Natural logarithm of the chance that so many are of the group, the larger of both comparisons. */
  readonly logChance: number
}

/** Largest distance of two views of one patch: nearer than where looks decide, for the time it takes. */
const farthest = 28
const fewestSharing = 4
/** Pictures of a group whose patches are asked for, and patches asked for in all. */
const mostAsking = 40
const mostAsked = 20_000
/** Patches of a group that are counted again, frames of one scene once. */
const mostRecounted = 24
const promising = -7
/** Centres this near in two frames of one scene are the same thing, in 255ths of the sides. */
const samePlace = 30

/** The patches that tell groups from their look-alikes, the least likely first; and how many were tried. */
export function contrasts(patches: LocalPatches, surprise: Surprise) {
  const groups = lookAlikes(surprise)
  const asking = groups.reduce((sum, { group }) => sum + Math.min(mostAsking, group.length), 0)
  const perPicture = patches.where.length / 3 / Math.max(1, patches.rows.length)
  const share = Math.min(1, mostAsked / Math.max(1, asking * perPicture))
  const found: Contrast[] = []
  let tried = 0
  for (const among of groups) {
    const counter = new Counter(patches, surprise, among)
    const wanted = Math.max(fewestSharing + 1, Math.ceil(share * Math.min(mostAsking, among.group.length)))
    const first: { readonly shows: Float64Array; readonly picture: number; readonly logChance: number }[] = []
    for (const picture of evenly(among.group, wanted))
      for (let patch = patches.starts[picture]!; patch < patches.starts[picture + 1]!; patch++) {
        tried++
        const shows = patchOf(patches, patch)
        const { logChance } = counter.best(shows, picture)
        if (logChance < promising) first.push({ shows, picture, logChance })
      }
    first.sort((a, b) => a.logChance - b.logChance)
    for (const { shows, picture } of first.slice(0, mostRecounted)) found.push(counter.settled(shows, picture))
  }
  found.sort((a, b) => a.logChance - b.logChance)
  return { found, tried }
}

const evenly = (all: readonly number[], most: number): number[] => {
  const taken = Math.min(all.length, most)
  return Array.from({ length: taken }, (_, k) => all[Math.floor((k * all.length) / taken)]!)
}

/** Counts which pictures of a group, of its look-alikes and of the rest of its label hold a patch. */
class Counter {
  readonly #patches: LocalPatches
  readonly #surprise: Surprise
  readonly #among: LookAlikes
  readonly #near: NearPatches
  /** 1 for the group, 2 for look-alikes, 3 for the rest. */
  readonly #kind: Uint8Array
  readonly #counts = [0, 1, 2, 3].map(() => new Float64Array(farthest + 1))

  constructor(patches: LocalPatches, surprise: Surprise, among: LookAlikes) {
    this.#patches = patches
    this.#surprise = surprise
    this.#among = among
    this.#kind = new Uint8Array(surprise.pictures)
    const kinds = [among.group, among.others, among.rest]
    for (const [k, all] of kinds.entries()) for (const i of all) this.#kind[i] = k + 1
    this.#near = new NearPatches(
      patches,
      kinds.flat().sort((a, b) => a - b),
    )
  }

  /** The radius at which the patch tells most, without one picture; -1 for with all. */
  best(shows: Float64Array, except: number) {
    for (const counts of this.#counts) counts.fill(0)
    for (const i of this.#near.within(shows, farthest))
      if (i !== except) this.#counts[this.#kind[i]!]![Math.ceil(Math.sqrt(this.#near.distance[i]!))]!++
    const held = [0, 0, 0]
    const least = except < 0 ? 0 : 1
    let best = { logChance: 0, radius: 0 }
    for (let radius = 0; radius <= farthest; radius++) {
      const more = this.#counts[1]![radius]!
      for (let k = 0; k < 3; k++) held[k]! += this.#counts[k + 1]![radius]!
      if (more === 0 || held[0]! < fewestSharing) continue
      const logChance = this.#chance(held, least)
      if (logChance < best.logChance) best = { logChance, radius }
    }
    return best
  }

  #chance([own, others, rest]: readonly number[], except: number): number {
    const { group, others: alike, rest: same } = this.#among
    const size = group.length - except
    const against = (held: number, of: number) =>
      own! * of <= held * size ? 0 : logHypergeometricTail(own!, size, own! + held, size + of)
    const first = against(others!, alike.length)
    return first > promising ? first : Math.max(first, against(rest!, same.length))
  }

  /** The mean of those that hold the patch, where that tells more; frames of one scene count once. */
  settled(from: Float64Array, picture: number): Contrast {
    let best = this.#counted(from, this.best(from, picture).radius, picture)
    const mean = this.#mean(from, best.radius)
    const again = mean ? this.#counted(mean, this.best(mean, -1).radius, -1) : best
    if (again.logChance < best.logChance) best = again
    return best
  }

  #mean(of: Float64Array, radius: number): Float64Array | null {
    const hits = this.#near.within(of, radius + 2).filter(i => this.#kind[i] === 1)
    if (hits.length < 2) return null
    const mean = new Float64Array(patchColumns)
    const own = new Float64Array(patchColumns)
    for (const i of hits) {
      patchInto(this.#patches, this.#near.nearest[i]!, own, 0)
      for (let k = 0; k < patchColumns; k++) mean[k]! += own[k]! / hits.length
    }
    return mean
  }

  #counted(shows: Float64Array, radius: number, except: number): Contrast {
    const { where } = this.#patches
    const seen = new Map<string, number[]>()
    const holding: [number, number, number] = [0, 0, 0]
    const near = this.#near.within(shows, radius + 1e-6)
    for (const i of near.sort((a, b) => Number(b === except) - Number(a === except) || a - b)) {
      const key = `${this.#surprise.group[i]} ${this.#kind[i]}`
      const patch = this.#near.nearest[i]!
      const others = seen.get(key) ?? []
      seen.set(key, others)
      const close = (a: number, b: number) => Math.abs(where[a]! - where[b]!) < samePlace
      const known = others.some(p => close(3 * p, 3 * patch) && close(3 * p + 1, 3 * patch + 1))
      if (known && this.#kind[i] === 1) continue
      others.push(patch)
      if (i !== except) holding[this.#kind[i]! - 1]!++
    }
    const enough = holding[0] >= fewestSharing
    const logChance = enough ? this.#chance(holding, except < 0 ? 0 : 1) : 0
    return { among: this.#among, shows, radius, holding, logChance }
  }
}
