import { meanWithin, type PatchField } from './patch-field.ts'
import type { PatchPlace } from './patch-places.ts'

/** Cells a side of the grid that a patch is seen through. */
const grid = 4
/** Waves of the grid that are kept of each plane, as [across, down]: the mean, and what survives a mild turn or shift. */
const waves: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [0, 2],
]
/** Numbers that describe what a patch shows: three planes by six waves. */
export const patchNumbers = 18

const cosines = Float64Array.from({ length: grid * grid }, (_, k) => {
  const [wave, cell] = [Math.floor(k / grid), k % grid]
  return (wave === 0 ? 1 : Math.SQRT2) * Math.cos(((2 * cell + 1) * wave * Math.PI) / (2 * grid))
})
/** Lightness counts less than colour, and even lightness least: stickers stand in sun and shade. */
const evenLight = 0.35
const unevenLight = 0.6

const cells = new Float64Array(grid * grid)

/** Writes what the patch shows: waves of its lightness and colours, each within a signed byte. */
export function describePatch(
  { width, sums }: PatchField,
  { x, y, side }: PatchPlace,
  into: Int8Array,
  at: number,
): void {
  const line = width + 1
  const step = side / grid
  for (let c = 0; c < 3; c++) {
    for (let j = 0; j < grid; j++)
      for (let i = 0; i < grid; i++) cells[j * grid + i] = meanWithin(sums[c]!, line, x + i * step, y + j * step, step)
    for (let k = 0; k < waves.length; k++) {
      const [u, v] = waves[k]!
      const light = k === 0 ? evenLight : unevenLight
      const mean = c === 0 && k === 0 ? 128 : 0
      into[at + c * waves.length + k] = clamped((waveOf(u, v) - mean) * (c === 0 ? light : 1))
    }
  }
}

function waveOf(u: number, v: number): number {
  let sum = 0
  for (let j = 0; j < grid; j++)
    for (let i = 0; i < grid; i++) sum += cells[j * grid + i]! * cosines[u * grid + i]! * cosines[v * grid + j]!
  return sum / (grid * grid)
}

const clamped = (value: number): number => Math.max(-127, Math.min(127, Math.round(value)))
