/** Side of the grey picture that looks are taken from. */
export const looksSide = 32

/** Coefficients kept: as many as looks have bits. */
const kept = 64

/**
 * A picture in which no coefficient reaches this is flat: what is left is the noise of its encoder, and any two flat
 * pictures would look alike. It is the swing of a wave of about half a grey level.
 */
const leastSwing = 8

/** Waves along one side that the coarsest 64 can have. */
const along = 12

/** The 64 coarsest waves but the flat one, from the coarsest: by their length across the picture, ties row by row. */
const waves = Array.from({ length: along ** 2 }, (_, i) => ({ u: i % along, v: Math.floor(i / along) }))
  .filter(({ u, v }) => u + v > 0)
  .sort((a, b) => a.u ** 2 + a.v ** 2 - b.u ** 2 - b.v ** 2 || a.v - b.v)
  .slice(0, kept)

/** Of each wave along a side one half of the orthonormal DCT-II basis: the other half repeats it, with odd waves negated. */
const half = looksSide / 2
const cosines = Float64Array.from({ length: along * half }, (_, i) => {
  const [u, x] = [Math.floor(i / half), i % half]
  return Math.sqrt((u === 0 ? 1 : 2) / looksSide) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * looksSide))
})

/** Which of the coarsest waves turn their sign in the mirror. */
export const turnsInMirror: readonly boolean[] = waves.map(({ u }) => u % 2 === 1)

/** How often each of the coarsest waves swings across a side, both sides together: natural pictures have less of more. */
export const waveLengths: readonly number[] = waves.map(({ u, v }) => Math.hypot(u, v))

/**
 * The 64 coarsest waves of a picture but the flat one: orthonormal DCT-II, from the coarsest.
 * @param grey 32 × 32 brightnesses, row by row.
 */
export function coarseWaves(grey: ArrayLike<number>): Float64Array {
  for (let y = 0; y < looksSide; y++) {
    fold(grey, y * looksSide, line, 0)
    for (let u = 0; u < along; u++) rows[u * looksSide + y] = halfDot(line, 0, u)
  }
  for (let u = 0; u < along; u++) fold(rows, u * looksSide, lines, u * looksSide)
  const found = new Float64Array(kept)
  for (let k = 0; k < kept; k++) found[k] = halfDot(lines, places[2 * k]! * looksSide, places[2 * k + 1]!)
  return found
}

const rows = new Float64Array(along * looksSide)
const lines = new Float64Array(along * looksSide)
const line = new Float64Array(looksSide)
const places = Uint8Array.from(waves.flatMap(({ u, v }) => [u, v]))

/** Sums of the samples that mirror each other along a line, then their differences: all that even and odd waves need. */
function fold(from: ArrayLike<number>, at: number, into: Float64Array, to: number): void {
  for (let x = 0; x < half; x++) {
    const a = from[at + x]!
    const b = from[at + looksSide - 1 - x]!
    into[to + x] = a + b
    into[to + half + x] = a - b
  }
}

function halfDot(folded: Float64Array, at: number, wave: number): number {
  const own = wave * half
  const side = at + (wave % 2) * half
  let sum = 0
  for (let x = 0; x < half; x++) sum += cosines[own + x]! * folded[side + x]!
  return sum
}

/** Whether no wave swings: what is left is the noise of an encoder. */
export const isFlat = (waves: Float64Array): boolean => waves.every(value => Math.abs(value) < leastSwing)

/**
 * Perceptual hash of a picture: the signs of its 64 coarsest waves, against their median, so that half of the bits are
 * set in every picture. Brightness, contrast, encoders and sizes leave coarse waves as they are; crops, turns and
 * borders do not. Null for a flat picture, which looks like nothing.
 *
 * After Zauner, "Implementation and benchmarking of perceptual image hash functions" (2010), section 3.2.1, with waves
 * taken in a quarter circle instead of a square.
 * @param grey 32 × 32 brightnesses from 0 to 255, row by row.
 */
export function pictureBits(grey: ArrayLike<number>): bigint | null {
  const values = coarseWaves(grey)
  if (isFlat(values)) return null
  const sorted = values.slice().sort()
  const median = (sorted[kept / 2 - 1]! + sorted[kept / 2]!) / 2
  return values.reduce((bits, value, i) => (value > median ? bits | (1n << BigInt(kept - 1 - i)) : bits), 0n)
}
