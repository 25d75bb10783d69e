import {
  cellsOf,
  emptyRanked,
  isPicture,
  labelOf,
  lowestDistinct,
  mergeRanked,
  placesIn,
  putRanked,
  type Ranked,
  type Raster,
  type RowId,
  resized,
  statistic,
  trimRanked,
} from '../../core/index.ts'

export interface PicturesOfOptions {
  /** Rows wanted; those beyond the 4,000 lowest are left out. */
  readonly rows: readonly RowId[] | Float64Array
  /** Longest side in pixels; larger pictures are shrunk. 96 when absent. */
  readonly side?: number
}

/** One picture for people, and what its row is called. */
export interface PictureOf {
  readonly row: RowId
  readonly raster: Raster
  readonly label: string | null
  /** Name of the file, or the row's id; empty when it has neither. */
  readonly name: string
  /** Of the stored picture. */
  readonly width: number
  readonly height: number
}

/** The pictures of some rows by name. */
export interface PicturesOf {
  readonly pictures: ReadonlyMap<RowId, PictureOf>
}

export interface PicturesOfState {
  /** Rows wanted, ascending. */
  readonly wanted: Float64Array
  found: Ranked<PictureOf>
}

const bounds = { items: 4000, weight: 200_000_000 }
const usualSide = 96
const mostName = 200

export default statistic<PicturesOfOptions, PicturesOfState, PicturesOf>({
  id: 'pictures-of',
  title: 'The pictures of named rows',
  looks: true,
  looksAt: ({ rows }) => {
    const wanted = new Set(rows)
    return row => wanted.has(row)
  },
  roles: () => ['image', 'label', 'id'],
  init: ({ rows }) => ({ wanted: lowestDistinct(rows, bounds.items), found: emptyRanked() }),
  add(state, batch, { side = usualSide }) {
    const [images, labels, ids] = [cellsOf(batch, 'image'), cellsOf(batch, 'label'), cellsOf(batch, 'id')]
    for (const i of placesIn(batch.rows, state.wanted)) {
      const row = batch.rows[i]!
      const seen = batch.pictures?.[i]
      if (!isPicture(seen)) continue
      const { width, height } = seen.facts
      const raster = fitted(seen, side)
      const name = (nameOf(images[i]) || labelOf(ids[i]) || '').slice(0, mostName)
      const value = { row, raster, label: labelOf(labels[i]), name, width, height }
      putRanked(state.found, row, raster.pixels.length, value, bounds)
    }
    return state
  },
  merge: (a, b) => ({ wanted: a.wanted, found: mergeRanked(a.found, b.found, bounds) }),
  finish: ({ found }) => ({
    pictures: new Map(trimRanked(found, bounds).items.map(({ value }) => [value.row, value])),
  }),
})

/** What a cell of pictures says of the file's name. */
function nameOf(cell: unknown): string {
  if (typeof cell === 'string') return cell
  const path = typeof cell === 'object' && cell !== null ? (cell as { path?: unknown }).path : null
  return typeof path === 'string' ? path : ''
}

/** The picture with its longest side at most `side`; a raster of its own, so that the large one can go. */
function fitted({ width, height, pixels }: Raster, side: number): Raster {
  const scale = Math.min(1, side / Math.max(width, height))
  if (scale === 1) return { width, height, pixels: pixels.slice() }
  return resized(
    { width, height, pixels },
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  )
}
