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

/** The 64 coarsest waves but the flat one, from the coarsest: by their length across the picture, ties row by row. */
const waves = Array.from({ length: 12 * 12 }, (_, i) => ({ u: i % 12, v: Math.floor(i / 12) }))
  .filter(({ u, v }) => u + v > 0)
  .sort((a, b) => a.u ** 2 + a.v ** 2 - b.u ** 2 - b.v ** 2 || a.v - b.v)
  .slice(0, kept)

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
  const values = waves.map(({ u, v }) => coefficient(grey, u, v))
  if (values.every(value => Math.abs(value) < leastSwing)) return null
  const sorted = [...values].sort((a, b) => a - b)
  const median = (sorted[kept / 2 - 1]! + sorted[kept / 2]!) / 2
  return values.reduce((bits, value, i) => (value > median ? bits | (1n << BigInt(kept - 1 - i)) : bits), 0n)
}

function coefficient(grey: ArrayLike<number>, u: number, v: number): number {
  const [across, down] = [cosines[u]!, cosines[v]!]
  let sum = 0
  for (let y = 0; y < looksSide; y++) {
    let row = 0
    for (let x = 0; x < looksSide; x++) row += across[x]! * grey[y * looksSide + x]!
    sum += row * down[y]!
  }
  return sum
}
