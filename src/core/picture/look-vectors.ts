import { coarseWaves, isFlat, looksSide, turnsInMirror, waveLengths } from '../math/picture-looks.ts'
import { resized } from './raster.ts'
import { slowWaves } from './slow-waves.ts'

/** Small squares of pictures, one after the other, as the statistic `thumbnails` gives them. */
export interface Squares {
  readonly side: number
  /** RGB, `side * side * 3` bytes a picture. */
  readonly pixels: Uint8Array
}

/** How pictures look, as vectors of length one whose cosine is how alike two pictures are. */
export interface LookVectors {
  /** Components of each vector. */
  readonly length: number
  /** How many of them, from the first, stay as they are in the mirror; the others turn their sign. */
  readonly staying: number
  readonly vectors: Float32Array
  /** 1 for pictures without any wave, which look like nothing; their vectors are zero. */
  readonly flat: Uint8Array
}

/** Side of the squares that colours are taken from. */
const colourSide = 8
/** Where each component comes from: a wave of brightness, or one of the two colours. */
const sources = [
  ...turnsInMirror.map((turns, k) => ({ turns, usual: 1 / waveLengths[k]! })),
  ...slowWaves.flatMap(([u, v]) => [0, 1].map(() => ({ turns: u % 2 === 1, usual: 0.3 / (1 + Math.hypot(u, v)) }))),
]
const order = [...sources.keys()].sort((a, b) => Number(sources[a]!.turns) - Number(sources[b]!.turns) || a - b)
const length = order.length
const staying = sources.filter(({ turns }) => !turns).length
/** Pictures that the spread of each wave is learnt from. */
const learnt = 4000
/** What a wave of natural pictures is worth beside the pictures seen, in pictures. */
const prior = 64

const cosines = Array.from({ length: 3 }, (_, u) =>
  Float64Array.from({ length: colourSide }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * colourSide))),
)
const patterns = slowWaves.map(([u, v]) =>
  Float64Array.from(
    { length: colourSide ** 2 },
    (_, p) => cosines[u]![p % colourSide]! * cosines[v]![Math.floor(p / colourSide)]!,
  ),
)

/**
 * The 64 coarsest waves of brightness and a few of colour, in units of the picture's own contrast, each measured from
 * its middle over all pictures and in units of its spread there: what all pictures of a set have in common makes no two
 * of them alike. Light, contrast, encoders and sizes change little of it.
 */
export function lookVectors({ side, pixels }: Squares): LookVectors {
  const bytes = side * side * 3
  const count = Math.floor(pixels.length / bytes)
  const vectors = new Float32Array(count * length)
  const flat = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const own = { width: side, height: side, pixels: pixels.subarray(i * bytes, (i + 1) * bytes) }
    const values = valuesOf(resized(own, looksSide, looksSide).pixels)
    if (!values) flat[i] = 1
    else for (let place = 0; place < length; place++) vectors[i * length + place] = values[order[place]!]!
  }
  whiten(vectors, flat)
  return { length, staying, vectors, flat }
}

const grey = new Float64Array(looksSide ** 2)
const colours = [new Float64Array(colourSide ** 2), new Float64Array(colourSide ** 2)] as const
/** The cell of colour that each pixel belongs to. */
const cellOf = Uint8Array.from(grey, (_, p) => {
  const block = looksSide / colourSide
  return Math.floor(p / looksSide / block) * colourSide + Math.floor((p % looksSide) / block)
})

/** The waves of a picture by its contrast; null for a flat one. */
function valuesOf(rgb: Uint8Array): Float64Array | null {
  const [reds, blues] = colours
  reds.fill(0)
  blues.fill(0)
  for (let p = 0, q = 0; p < looksSide ** 2; p++, q += 3) {
    const light = 0.299 * rgb[q]! + 0.587 * rgb[q + 1]! + 0.114 * rgb[q + 2]!
    const cell = cellOf[p]!
    grey[p] = light
    reds[cell]! += rgb[q]! - light
    blues[cell]! += rgb[q + 2]! - light
  }
  const waves = coarseWaves(grey)
  if (isFlat(waves)) return null
  let square = 0
  for (const v of waves) square += v * v
  const swing = Math.sqrt(square)
  const values = new Float64Array(length)
  for (let k = 0; k < waves.length; k++) values[k] = waves[k]! / swing
  for (let k = 0, at = waves.length; k < patterns.length; k++)
    for (const cells of colours) values[at++] = dot(patterns[k]!, cells) / (looksSide * swing)
  return values
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}

/** Each component from its middle in units of its spread, then each picture at length one. */
function whiten(vectors: Float32Array, flat: Uint8Array): void {
  const seen: number[] = []
  const step = Math.max(1, flat.length / learnt)
  for (let at = 0; at < flat.length; at += step) if (!flat[Math.floor(at)]) seen.push(Math.floor(at))
  const middles = Float64Array.from({ length }, (_, k) =>
    k >= staying ? 0 : middleOf(seen, i => vectors[i * length + k]!),
  )
  const spreads = spreadsOf(seen, vectors, middles)
  for (let i = 0; i < flat.length; i++) {
    if (flat[i]) continue
    let sum = 0
    for (let k = 0, at = i * length; k < length; k++, at++) {
      const value = (vectors[at]! - middles[k]!) / spreads[k]!
      vectors[at] = value
      sum += value * value
    }
    const scale = 1 / (Math.sqrt(sum) || 1)
    for (let at = i * length; at < (i + 1) * length; at++) vectors[at]! *= scale
  }
}

/** Spread of each component: of the pictures seen, drawn towards that of natural pictures where those are few. */
function spreadsOf(seen: readonly number[], vectors: Float32Array, middles: Float64Array): Float64Array {
  const scale = 1 / Math.sqrt(waveLengths.reduce((sum, own) => sum + 1 / own ** 2, 0))
  return middles.map((middle, k) => {
    const spread = 1.4826 * middleOf(seen, i => Math.abs(vectors[i * length + k]! - middle))
    const usual = scale * sources[order[k]!]!.usual
    return Math.sqrt((seen.length * spread ** 2 + prior * usual ** 2) / (seen.length + prior))
  })
}

function middleOf(seen: readonly number[], of: (i: number) => number): number {
  const sorted = Float64Array.from(seen, of).sort()
  return sorted[sorted.length >> 1] ?? 0
}
