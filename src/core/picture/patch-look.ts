import { fieldNumbers, type PatchField } from './patch-field.ts'
import { slowWaves } from './slow-waves.ts'

/** A square of a picture, in pixels of its field. */
export interface PatchSquare {
  readonly x: number
  readonly y: number
  readonly side: number
}

/** Cells a side of the grid that a patch is seen through. */
const grid = 4
/** Numbers that describe what a patch shows: three planes by six waves. */
export const patchNumbers = 18

const cosines = Float64Array.from({ length: grid * grid }, (_, k) => {
  const [wave, cell] = [Math.floor(k / grid), k % grid]
  return (wave === 0 ? 1 : Math.SQRT2) * Math.cos(((2 * cell + 1) * wave * Math.PI) / (2 * grid))
})
/** How each cell weighs in each wave. */
const weights = Float64Array.from({ length: slowWaves.length * grid * grid }, (_, k) => {
  const [wave, cell] = [Math.floor(k / (grid * grid)), k % (grid * grid)]
  const [u, v] = slowWaves[wave]!
  return (cosines[u * grid + (cell % grid)]! * cosines[v * grid + Math.floor(cell / grid)]!) / (grid * grid)
})
/** Lightness counts less than colour, and even lightness least: stickers stand in sun and shade. */
const evenLight = 0.35
const unevenLight = 0.6

/** Sums up to the corners of the cells, and the means of the cells, three planes each. */
const corners = new Float64Array((grid + 1) * (grid + 1) * 3)
const cells = new Float64Array(grid * grid * 3)

/** Writes what the patch shows: waves of its lightness and colours, each within a signed byte. */
export function describePatch(field: PatchField, { x, y, side }: PatchSquare, into: Int8Array, at: number): void {
  const step = side / grid
  for (let j = 0, k = 0; j <= grid; j++)
    for (let i = 0; i <= grid; i++, k += 3) cornerAt(field, x + i * step, y + j * step, k)
  const row = (grid + 1) * 3
  const area = step * step
  for (let j = 0, k = 0; j < grid; j++)
    for (let i = 0; i < grid; i++)
      for (let c = 0; c < 3; c++, k++) {
        const top = j * row + i * 3 + c
        cells[k] = (corners[top + row + 3]! - corners[top + row]! - corners[top + 3]! + corners[top]!) / area
      }
  for (let c = 0; c < 3; c++)
    for (let k = 0; k < slowWaves.length; k++) {
      let sum = 0
      for (let cell = 0; cell < grid * grid; cell++) sum += weights[k * grid * grid + cell]! * cells[cell * 3 + c]!
      if (c === 0) sum = k === 0 ? (sum - 128) * evenLight : sum * unevenLight
      into[at + c * slowWaves.length + k] = Math.max(-127, Math.min(127, Math.round(sum)))
    }
}

/** The first wave of each plane alone, as `describePatch` would give it but for rounding, of a square between whole pixels. */
export function squareMean({ width, sums }: PatchField, { x, y, side }: PatchSquare, into: Float64Array): void {
  const line = (width + 1) * fieldNumbers
  const top = y * line + x * fieldNumbers
  const low = top + side * line
  const right = side * fieldNumbers
  for (let c = 0; c < 3; c++) {
    const sum = sums[low + right + c]! - sums[low + c]! - sums[top + right + c]! + sums[top + c]!
    into[c] = sum / (side * side)
  }
  into[0] = (into[0]! - 128) * evenLight
}

/** The sums up to a place that may lie between pixels. */
function cornerAt({ width, height, sums }: PatchField, x: number, y: number, k: number): void {
  const x0 = Math.min(Math.floor(x), width - 1)
  const y0 = Math.min(Math.floor(y), height - 1)
  const u = x - x0
  const v = y - y0
  const line = (width + 1) * fieldNumbers
  const at = y0 * line + x0 * fieldNumbers
  for (let c = 0; c < 3; c++) {
    const upper = (1 - u) * sums[at + c]! + u * sums[at + fieldNumbers + c]!
    const lower = (1 - u) * sums[at + line + c]! + u * sums[at + line + fieldNumbers + c]!
    corners[k + c] = (1 - v) * upper + v * lower
  }
}
