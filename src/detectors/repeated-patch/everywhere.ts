import {
  describePatch,
  type PatchField,
  patchFieldOf,
  patchNumbers,
  type Raster,
  type RowId,
  squareMean,
} from '../../core/index.ts'
import type { PictureOf } from '../../statistics/index.ts'
import { type Campaign, distance, falseShare, type Member, unsurprising } from './campaign.ts'
import { patchColumns, patchInto, widest } from './near-patches.ts'
import type { Surprise } from './surprise.ts'

/** Pictures that are searched for the patch once it is known, and those that tell how often it is found by accident. */
const mostSearched = 600
const mostControls = 300
/** Sizes that are tried between the smallest and the largest of the members. */
const sizes = 4

/** Pictures of the label that may hold the patch unseen, and pictures of other labels that are measured beside them. */
export function searchedOf({ label, like, members }: Campaign, surprise: Surprise) {
  const { pictures, classes, chance, label: labels, look, second } = surprise
  const known = new Set(members.map(m => m.picture))
  const looks = new Set(members.map(m => look[m.picture]!))
  const strange: number[] = []
  const alike: number[] = []
  for (let i = 0; i < pictures; i++)
    if (labels[i] === label) {
      if (!known.has(i) && (chance[i * classes + label]! < unsurprising || (like >= 0 && second[i] === like)))
        strange.push(i)
    } else if (labels[i]! >= 0 && looks.has(look[i]!)) alike.push(i)
  return { searched: evenly(strange, mostSearched), controls: evenly(alike, mostControls) }
}

/** The campaign with the pictures that hold its patch where no square stood out, as rarely found elsewhere. */
export function everywhere(
  campaign: Campaign,
  surprise: Surprise,
  pictureOf: (picture: number) => PictureOf | undefined,
): Campaign {
  const { searched, controls } = searchedOf(campaign, surprise)
  const sides = sidesOf(campaign.members)
  const nearest = (pictures: readonly number[]) =>
    pictures
      .flatMap(picture => {
        const raster = pictureOf(picture)?.raster
        const found = raster ? nearestIn(raster, campaign.shows, sides) : null
        return found ? [{ picture, ...found }] : []
      })
      .sort((a, b) => a.distance - b.distance || a.picture - b.picture)
  const beside = nearest(controls)
  const hits = nearest(searched)
  let end = 0
  for (const [k, hit] of hits.entries()) {
    const others = beside.filter(c => c.distance <= hit.distance).length
    const accidents = (searched.length * (others + 1)) / Math.max(1, controls.length)
    if (accidents <= falseShare * (k + 1 + campaign.members.length)) end = k + 1
  }
  return { ...campaign, members: [...campaign.members, ...hits.slice(0, end)] }
}

function sidesOf(members: readonly Member[]): number[] {
  const all = members.map(m => m.at[2]).sort((a, b) => a - b)
  const [least, most] = [all[0]!, all.at(-1)!]
  return Array.from({ length: sizes }, (_, k) => least * (most / least) ** (k / (sizes - 1)))
}

const described = new Int8Array(patchNumbers)
const where = new Uint8Array(3)
const own = new Float64Array(patchColumns)

/** The square that shows the patch best, and how far it is from it; null where nothing is near. */
function nearestIn(raster: Raster, shows: Float64Array, sides: readonly number[]) {
  const field = patchFieldOf(raster)
  if (!field) return null
  const root = Math.sqrt(field.width * field.height)
  let best: { readonly at: Member['at']; readonly distance: number } | null = null
  const tried = new Set<number>()
  for (const share of sides) {
    const side = Math.max(3, Math.round((share * root) / 255))
    if (tried.has(side)) continue
    tried.add(side)
    for (const [x, y] of nearColour(field, side, shows)) {
      describePatch(field, { x, y, side }, described, 0)
      where[2] = Math.min(255, Math.round((255 * side) / root))
      patchInto({ shows: described, where }, 0, own, 0)
      const far = distance(own, shows)
      if (far >= (best?.distance ?? widest)) continue
      const centre = (from: number, whole: number) => Math.min(255, (255 * (from + side / 2)) / whole)
      best = { at: [centre(x, field.width), centre(y, field.height), where[2]], distance: far }
    }
  }
  return best
}

/** Places whose mean colour alone does not rule the patch out. */
function nearColour(field: PatchField, side: number, shows: Float64Array): [number, number][] {
  const found: [number, number][] = []
  const mean = new Float64Array(3)
  for (let y = 0; y + side <= field.height; y++)
    for (let x = 0; x + side <= field.width; x++) {
      squareMean(field, { x, y, side }, mean)
      const [l, a, b] = [mean[0]! - shows[0]!, mean[1]! - shows[1]!, mean[2]! - shows[2]!]
      if (l * l + a * a + b * b < widest * widest) found.push([x, y])
    }
  return found
}

function evenly(all: readonly number[], most: number): number[] {
  const taken = Math.min(all.length, most)
  return Array.from({ length: taken }, (_, k) => all[Math.floor((k * all.length) / taken)]!)
}

/** Rows whose pictures the search wants. */
export function rowsSearched(campaign: Campaign, surprise: Surprise, rows: ArrayLike<RowId>): RowId[] {
  const { searched, controls } = searchedOf(campaign, surprise)
  return [...searched, ...controls].map(i => rows[i]!)
}
