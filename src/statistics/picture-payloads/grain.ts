import type { Raster } from '../../core/index.ts'

/** Pairs of neighbours that a verdict needs. */
const leastPairs = 15_000
/** Side of the middle part that is read. */
const mostSide = 512

/**
 * Share of the lowest bits that a message seems to have replaced, by sample pairs (Dumitrescu, Wu and Wang): with a
 * message, pairs (2k, 2k+1) and (2k+1, 2k) become as frequent as each other. Null where too few neighbours differ to
 * tell: flat drawings, palettes.
 */
export function grainOf({ width, height, pixels }: Raster): number | null {
  const [left, top] = [width, height].map(side => Math.max(0, (side - mostSide) >> 1)) as [number, number]
  const [right, bottom] = [Math.min(width, left + mostSide), Math.min(height, top + mostSide)]
  let [pairs, x, y, z, w] = [0, 0, 0, 0, 0]
  for (let row = top; row < bottom; row++)
    for (let k = (row * width + left) * 3; k < (row * width + right - 1) * 3; k++) {
      const u = pixels[k]!
      const v = pixels[k + 3]!
      // Clipped samples have lost their lowest bits.
      if (u < 2 || v < 2 || u > 253 || v > 253) continue
      pairs++
      if (u === v) z++
      else if (u >> 1 === v >> 1) w++
      if ((v & 1) === 0 ? u < v : u > v) x++
      else if (u !== v) y++
    }
  if (pairs < leastPairs || z > 0.7 * pairs || w < 100) return null
  const [a, b, c] = [(w + z) / 2, 2 * x - pairs, y - x]
  const root = b * b - 4 * a * c
  // Without a real root the estimate is nearest at the vertex: the bits are nearly all replaced.
  const reach = Math.sqrt(Math.max(0, root))
  const both = [(-b + reach) / (2 * a), (-b - reach) / (2 * a)]
  const flips = Math.abs(both[0]!) < Math.abs(both[1]!) ? both[0]! : both[1]!
  return Math.max(-1, Math.min(1, 2 * flips))
}
