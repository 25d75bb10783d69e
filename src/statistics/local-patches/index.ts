import {
  describePatch,
  emptyRanked,
  hashRow,
  isPicture,
  labelOf,
  mergeRanked,
  patchFieldOf,
  patchNumbers,
  patchPlaces,
  putRanked,
  type Ranked,
  type Raster,
  type RowId,
  rankedValues,
  statistic,
} from '../../core/index.ts'

export interface LocalPatchesOptions {
  /** Most pictures kept; 60,000 when absent. Of more, those whose hashed rows rank lowest: an even sample. */
  readonly most?: number
  /** Patches of a picture; 16 when absent, 24 of large pictures. */
  readonly each?: number
  /** Decides the sample; 1 when absent. */
  readonly seed?: number
}

/** Small squares that stand out from their surroundings, some of each picture, in the order of the rows. */
export interface LocalPatches {
  /** Pictures that were decoded, of which `rows.length` were kept. */
  readonly total: number
  readonly rows: Float64Array
  /** Labels by falling frequency among the kept. */
  readonly labels: readonly string[]
  /** Index of each row's label in `labels`; -1 where there is none. */
  readonly label: Int32Array
  /** The patches of picture i are those from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array
  /** What each patch shows, in `patchNumbers` signed numbers: waves of its lightness and two colour differences. */
  readonly shows: Int8Array
  /** Where it is: centre across and down, and side, in 255ths of the width, the height, and the root of the area. */
  readonly where: Uint8Array
}

interface Kept {
  readonly row: RowId
  readonly label: string | null
  readonly shows: Int8Array
  readonly where: Uint8Array
}

export interface LocalPatchesState {
  total: number
  kept: Ranked<Kept>
}

const usualMost = 60_000
const usualEach = 16
const eachOfLarge = 24
/** Root of the area of a field from which the picture is large. */
const largeField = 56
const boundsOf = ({ most = usualMost }: LocalPatchesOptions) => ({ items: most, weight: Infinity })

export default statistic<LocalPatchesOptions, LocalPatchesState, LocalPatches>({
  id: 'local-patches',
  title: 'Small squares that stand out in their pictures',
  looks: true,
  roles: () => ['image', 'label'],
  init: () => ({ total: 0, kept: emptyRanked() }),
  add(state, batch, options) {
    const { seed = 1 } = options
    const labels = batch.columns.get('label')
    for (let i = 0; i < batch.size; i++) {
      const seen = batch.pictures?.[i] ?? null
      if (!isPicture(seen)) continue
      state.total++
      const row = batch.rows[i]!
      const rank = hashRow(row, seed) >>> 0
      if (rank >= state.kept.limit) continue
      const patches = patchesOf(seen, options)
      putRanked(state.kept, rank, 1, { row, label: labelOf(labels?.[i]), ...patches }, boundsOf(options))
    }
    return state
  },
  merge: (a, b, options) => ({ total: a.total + b.total, kept: mergeRanked(a.kept, b.kept, boundsOf(options)) }),
  finish({ total, kept }, options) {
    const values = rankedValues(kept, boundsOf(options)).sort((a, b) => a.row - b.row)
    const labels = labelsOf(values)
    const places = new Map(labels.map((label, i) => [label, i]))
    const starts = new Uint32Array(values.length + 1)
    values.forEach(({ where }, i) => void (starts[i + 1] = starts[i]! + where.length / 3))
    const count = starts[values.length]!
    const [shows, where] = [new Int8Array(count * patchNumbers), new Uint8Array(count * 3)]
    values.forEach((value, i) => {
      shows.set(value.shows, starts[i]! * patchNumbers)
      where.set(value.where, starts[i]! * 3)
    })
    return {
      total,
      rows: Float64Array.from(values, v => v.row),
      labels,
      label: Int32Array.from(values, v => (v.label === null ? -1 : places.get(v.label)!)),
      starts,
      shows,
      where,
    }
  },
})

function patchesOf(picture: Raster, { each }: LocalPatchesOptions) {
  const field = patchFieldOf(picture)
  if (!field) return { shows: new Int8Array(0), where: new Uint8Array(0) }
  const root = Math.sqrt(field.width * field.height)
  const places = patchPlaces(field, each ?? (root < largeField ? usualEach : eachOfLarge))
  const shows = new Int8Array(places.length * patchNumbers)
  const where = new Uint8Array(places.length * 3)
  const share = (part: number, whole: number) => Math.min(255, Math.round((255 * part) / whole))
  for (const [k, place] of places.entries()) {
    describePatch(field, place, shows, k * patchNumbers)
    const [x, y] = [place.x + place.side / 2, place.y + place.side / 2]
    where.set([share(x, field.width), share(y, field.height), share(place.side, root)], k * 3)
  }
  return { shows, where }
}

function labelsOf(values: readonly Kept[]): string[] {
  const counts = new Map<string, number>()
  for (const { label } of values) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label)
}
