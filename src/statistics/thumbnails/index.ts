import {
  appearanceInto,
  appearanceSide,
  appearanceSize,
  emptyRanked,
  hashRow,
  isPicture,
  labelOf,
  mergeRanked,
  putRanked,
  type Ranked,
  type Raster,
  type RowId,
  rankedValues,
  standardise,
  statistic,
} from '../../core/index.ts'

export interface ThumbnailsOptions {
  /** Side of the square that every picture is brought to, in pixels; 32 when absent. */
  readonly side?: number
  /** Most pictures kept; 60,000 when absent. Of more, those whose hashed rows rank lowest: an even sample. */
  readonly most?: number
  /** Decides the sample; 1 when absent. */
  readonly seed?: number
}

/** Small squares of the pictures of a table, in the order of its rows. */
export interface Thumbnails {
  readonly side: number
  /** Pictures that were decoded, of which `rows.length` were kept. */
  readonly total: number
  /** Rows that name a picture which nobody could see. */
  readonly unseen: number
  readonly rows: Float64Array
  /** Labels by falling frequency among the kept. */
  readonly labels: readonly string[]
  /** Index of each row's label in `labels`; -1 where there is none. */
  readonly label: Int32Array
  /** RGB of each picture, `side * side * 3` bytes a picture. */
  readonly pixels: Uint8Array
  /** How each picture appears, as `appearancesOf` tells it: worked out where the pictures are read. Squares of 32 alone. */
  readonly appearances?: Float32Array
  /** Width and height of each stored picture. */
  readonly sizes: Int32Array
}

interface Kept {
  readonly row: RowId
  readonly label: string | null
  /** The pixels, and behind them how they appear: one array of bytes travels faster than two. */
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

export interface ThumbnailsState {
  total: number
  unseen: number
  kept: Ranked<Kept>
}

const usualSide = 32
const usualMost = 60_000
const boundsOf = ({ most = usualMost }: ThumbnailsOptions) => ({ items: most, weight: Infinity })

export default statistic<ThumbnailsOptions, ThumbnailsState, Thumbnails>({
  id: 'thumbnails',
  title: 'Small squares of the pictures',
  looks: true,
  roles: () => ['image', 'label'],
  init: () => ({ total: 0, unseen: 0, kept: emptyRanked() }),
  add(state, batch, options) {
    const { side = usualSide, seed = 1 } = options
    const labels = batch.columns.get('label')
    for (let i = 0; i < batch.size; i++) {
      const seen = batch.pictures?.[i] ?? null
      if (!isPicture(seen)) {
        if (seen) state.unseen++
        continue
      }
      state.total++
      const row = batch.rows[i]!
      const rank = hashRow(row, seed) >>> 0
      if (rank >= state.kept.limit) continue
      const { width, height } = seen.facts
      const value = { row, label: labelOf(labels?.[i]), bytes: bytesOf(seen.square(side)), width, height }
      putRanked(state.kept, rank, 1, value, boundsOf(options))
    }
    return state
  },
  merge(a, b, options) {
    return {
      total: a.total + b.total,
      unseen: a.unseen + b.unseen,
      kept: mergeRanked(a.kept, b.kept, boundsOf(options)),
    }
  },
  finish({ total, unseen, kept }, options) {
    const { side = usualSide } = options
    const values = rankedValues(kept, boundsOf(options)).sort((a, b) => a.row - b.row)
    const labels = labelsOf(values)
    const places = new Map(labels.map((label, i) => [label, i]))
    const size = side * side * 3
    const pixels = new Uint8Array(values.length * size)
    values.forEach(({ bytes }, i) => void pixels.set(bytes.subarray(0, size), i * size))
    return {
      side,
      total,
      unseen,
      rows: Float64Array.from(values, v => v.row),
      labels,
      label: Int32Array.from(values, v => (v.label === null ? -1 : places.get(v.label)!)),
      pixels,
      ...(side === appearanceSide ? { appearances: appearancesIn(values, size) } : {}),
      sizes: Int32Array.from(values.flatMap(v => [v.width, v.height])),
    }
  },
})

const appearanceBytes = appearanceSize * Float32Array.BYTES_PER_ELEMENT
const own = new Float32Array(appearanceSize)

function bytesOf({ width, pixels }: Raster): Uint8Array {
  if (width !== appearanceSide) return pixels.slice()
  const bytes = new Uint8Array(pixels.length + appearanceBytes)
  bytes.set(pixels)
  appearanceInto(pixels, 0, own, 0)
  bytes.set(new Uint8Array(own.buffer), pixels.length)
  return bytes
}

function appearancesIn(values: readonly Kept[], from: number): Float32Array {
  const appearances = new Float32Array(values.length * appearanceSize)
  const all = new Uint8Array(appearances.buffer)
  values.forEach(({ bytes }, i) => void all.set(bytes.subarray(from), i * appearanceBytes))
  standardise(appearances, appearanceSize)
  return appearances
}

function labelsOf(values: readonly Kept[]): string[] {
  const counts = new Map<string, number>()
  for (const { label } of values) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label)
}
