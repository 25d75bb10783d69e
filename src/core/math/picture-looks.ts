/** Side of the grey picture that looks are taken from. */
export const looksSide = 32

/** Coefficients kept: as many as looks have bits. */
const kept = 64

/**
 * A picture in which no coefficient reaches this is flat: what is left is the noise of its encoder, and any two flat
 * pictures would look alike. It is the swing of a wave of about half a grey level.
 */
const leastSwing = 8

/** `cosines[u][x]`: the orthonormal DCT-II basis. */
const cosines = Array.from({ length: looksSide }, (_, u) =>
  Float64Array.from(
    { length: looksSide },
    (_, x) => Math.sqrt((u === 0 ? 1 : 2) / looksSide) * Math.cos(((2 * x + 1) * u * Math.PI) / (2 * looksSide)),
  ),
)

/** Waves along one side that the coarsest 64 can have. */
const along = 12

/** The 64 coarsest waves but the flat one, from the coarsest: by their length across the picture, ties row by row. */
const waves = Array.from({ length: along ** 2 }, (_, i) => ({ u: i % along, v: Math.floor(i / along) }))
  .filter(({ u, v }) => u + v > 0)
  .sort((a, b) => a.u ** 2 + a.v ** 2 - b.u ** 2 - b.v ** 2 || a.v - b.v)
  .slice(0, kept)

/** Which of the coarsest waves turn their sign in the mirror. */
export const turnsInMirror: readonly boolean[] = waves.map(({ u }) => u % 2 === 1)

/** How often each of the coarsest waves swings across a side, both sides together: natural pictures have less of more. */
export const waveLengths: readonly number[] = waves.map(({ u, v }) => Math.hypot(u, v))

/**
 * The 64 coarsest waves of a picture but the flat one: orthonormal DCT-II, from the coarsest.
 * @param grey 32 × 32 brightnesses, row by row.
 */
export function coarseWaves(grey: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(looksSide * along)
  for (let y = 0; y < looksSide; y++)
    for (let u = 0; u < along; u++) {
      const across = cosines[u]!
      let sum = 0
      for (let x = 0; x < looksSide; x++) sum += across[x]! * grey[y * looksSide + x]!
      rows[y * along + u] = sum
    }
  return Float64Array.from(waves, ({ u, v }) => {
    const down = cosines[v]!
    let sum = 0
    for (let y = 0; y < looksSide; y++) sum += down[y]! * rows[y * along + u]!
    return sum
  })
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
