import { type EvidenceOf, type Part, type Row, type RowId, type Tile, tileOf } from '../../core/index.ts'
import type { PicturesOf, Thumbnails } from '../../statistics/index.ts'
import { countsOf, type Group } from './groups.ts'

/** Pictures of one group that are shown beside each other. */
const shownOfGroup = 6
const mostGroups = 12
const mostTiles = 24
const mostBeside = 12

/** What pictures are shown with. */
export interface Showing {
  readonly thumbs: Thumbnails
  readonly shown: PicturesOf
  readonly parts: readonly Part[]
  readonly cells: ReadonlyMap<RowId, Row>
}

/** Some of the places, evenly from first to last. */
export function spread(places: readonly number[], most: number): number[] {
  const step = Math.max(1, places.length / most)
  return Array.from({ length: Math.min(most, places.length) }, (_, k) => places[Math.floor(k * step)]!)
}

/** Places whose pictures are worth fetching for a group that may be told of alone. */
export const wantedOf = ({ places }: Group): number[] => spread(places, mostTiles)

/** Other pictures of the same label, evenly from all of them. */
export function besideOf(group: Group, { label }: Thumbnails): number[] {
  const own = new Set(group.places)
  const others = [...label.keys()].filter(i => label[i] === group.label && !own.has(i))
  return spread(others, mostBeside)
}

/** The picture at a place as a tile: as it was fetched, else its thumbnail. */
function tileAt(place: number, { thumbs, shown, parts }: Showing): Tile {
  const { side, pixels, label, labels, rows } = thumbs
  const row = rows[place]!
  const large = shown.pictures.get(row)
  const small = {
    width: side,
    height: side,
    pixels: pixels.slice(place * side * side * 3, (place + 1) * side * side * 3),
  }
  return tileOf(large?.raster ?? small, { row, name: large?.name ?? '', label: labels[label[place]!] ?? null }, parts)
}

/** What stands in evidence beside the pictures. */
interface Said {
  readonly score: number
  readonly expected: number
}

/** One group: its pictures, and others of its label. */
export function groupEvidence(group: Group, showing: Showing, said: Said): EvidenceOf<'pictures'> {
  const { thumbs } = showing
  const tiles = spread(group.places, mostTiles).map(place => tileAt(place, showing))
  const beside = besideOf(group, thumbs).map(place => tileAt(place, showing))
  return {
    kind: 'pictures',
    shared: 'copy',
    ...named(thumbs, group.label),
    rows: group.places.length,
    agreeing: group.agreeing,
    from: othersOf(group.places, thumbs, group.label),
    tiles,
    beside,
    ...said,
  }
}

/** Several groups, the first ones shown side by side. */
export function groupsEvidence(
  groups: readonly Group[],
  places: readonly number[],
  showing: Showing,
  said: Said & { readonly label?: number },
): EvidenceOf<'pictures'> {
  const { thumbs } = showing
  const { label = -1, score, expected } = said
  return {
    kind: 'pictures',
    shared: 'copy',
    ...named(thumbs, label),
    rows: places.length,
    agreeing: label < 0 ? 0 : places.filter(i => thumbs.label[i] === label).length,
    from: othersOf(
      groups.flatMap(group => group.places),
      thumbs,
      label,
    ),
    tiles: [],
    beside: [],
    groups: groups.slice(0, mostGroups).map(group => shownOf(group, thumbs).map(place => tileAt(place, showing))),
    score,
    expected,
  }
}

/** Of each label of a group one picture, then others. */
export function shownOf({ places }: Group, { label }: Thumbnails): number[] {
  const first = places.filter((place, k) => places.findIndex(other => label[other] === label[place]) === k)
  return [...first, ...places.filter(place => !first.includes(place)).slice(0, shownOfGroup)].slice(0, shownOfGroup)
}

const named = ({ labels }: Thumbnails, label: number) => (label < 0 ? {} : { label: labels[label]!.slice(0, 200) })

function othersOf(places: readonly number[], { label, labels }: Thumbnails, but: number) {
  return [...countsOf(places, label)]
    .filter(([own]) => own !== but)
    .map(([own, rows]) => ({ label: labels[own]!.slice(0, 200), rows }))
    .sort((a, b) => b.rows - a.rows || (a.label < b.label ? -1 : 1))
    .slice(0, 64)
}
