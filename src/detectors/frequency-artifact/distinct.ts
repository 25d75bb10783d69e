import type { Thumbnails } from '../../statistics/index.ts'

const cell = 4
/** Likeness of two pictures, coarse and grey, from which they count as one: frames of one track, copies. */
const alike = 0.97
const mostCompared = 400

/** How many different pictures there are among some: each that is like an earlier one counts with it. */
export function distinctOf(pictures: readonly number[], { pixels, side }: Thumbnails): number {
  const leaders: Float64Array[] = []
  for (const picture of pictures.slice(0, mostCompared)) {
    const own = coarse(pixels, picture, side)
    if (!leaders.some(leader => leader.reduce((sum, x, k) => sum + x * own[k]!, 0) > alike)) leaders.push(own)
  }
  return leaders.length
}

/** The picture in cells, grey, without its mean, of length 1. */
function coarse(pixels: Uint8Array, picture: number, side: number): Float64Array {
  const across = side / cell
  const cells = new Float64Array(across * across)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const p = (picture * side * side + y * side + x) * 3
      cells[Math.floor(y / cell) * across + Math.floor(x / cell)]! += pixels[p]! + 2 * pixels[p + 1]! + pixels[p + 2]!
    }
  const mean = cells.reduce((sum, x) => sum + x, 0) / cells.length
  const length = Math.sqrt(cells.reduce((sum, x) => sum + (x - mean) ** 2, 0)) || 1
  return cells.map(x => (x - mean) / length)
}
