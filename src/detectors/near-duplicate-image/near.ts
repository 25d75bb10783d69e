import { type Showing, shownOf, wantedOf } from './evidence.ts'
import { fineLikeness } from './fine.ts'
import type { Group } from './groups.ts'

/** Copies of a group of which the detail is compared, and the share of it that must agree in half of them. */
const compared = 8
const leastFine = 0.75

/** Whether the pictures agree near by as well, as far as they are large enough to tell. */
export function isFine(group: Group, showing: Showing): boolean {
  const fine = fineOf(group, showing)
  return fine === null || fine >= leastFine
}

/** What half of some copies reach; null when their pictures are too small to tell. */
function fineOf(group: Group, showing: Showing): number | null {
  const fine = wantedOf(group)
    .slice(1, 1 + compared)
    .flatMap(place => fineBetween(group.places[0]!, place, showing) ?? [])
    .sort((x, y) => x - y)
  return fine[fine.length >> 1] ?? null
}

/** How much of the detail of two pictures agrees, in the mirror or not; null where there is none to compare. */
function fineBetween(a: number, b: number, { thumbs, shown }: Showing): number | null {
  const [one, other] = [a, b].map(place => shown.pictures.get(thumbs.rows[place]!)?.raster)
  if (!one || !other) return null
  const found = [false, true].map(mirrored => fineLikeness(one, other, mirrored))
  return found.includes(null) ? null : Math.max(...found.map(Number))
}

/**
 * Groups under several labels that are no copies near by: of the pairs of different labels among those looked at, fewer
 * than half agree. Smooth pictures are alike from afar and say nothing of each other. Groups beyond `most` are taken for
 * what most of the others are.
 */
export function refutedOf(disputed: readonly Group[], most: number, showing: Showing): Set<Group> {
  const refuted = new Set(disputed.slice(0, most).filter(group => !isDisputedNearBy(group, showing)))
  if (2 * refuted.size > Math.min(most, disputed.length)) for (const group of disputed.slice(most)) refuted.add(group)
  return refuted
}

function isDisputedNearBy(group: Group, showing: Showing): boolean {
  const { label } = showing.thumbs
  const places = shownOf(group, showing.thumbs).filter(place => label[place]! >= 0)
  const pairs = places.flatMap((a, k) =>
    places.slice(k + 1).flatMap(b => (label[a] === label[b] ? [] : [[a, b] as const])),
  )
  const agreeing = pairs.filter(([a, b]) => (fineBetween(a, b, showing) ?? 0) >= leastFine)
  return 2 * agreeing.length >= pairs.length
}
