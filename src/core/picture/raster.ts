import type { Plain } from '../plain.ts'

/** Pixels as they are: RGB, row by row from the top left, `width * height * 3` bytes. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Tells pixels from any other cell. */
export function isRaster(cell: Plain | Uint8Array | Raster | undefined): cell is Raster {
  if (typeof cell !== 'object' || cell === null || !('pixels' in cell)) return false
  const { width, height, pixels } = cell as Partial<Raster>
  return pixels instanceof Uint8Array && width! >= 1 && height! >= 1 && pixels.length === width! * height! * 3
}

/** A raster of one colour; black when none is given. */
export function blank(width: number, height: number, [r, g, b]: readonly [number, number, number] = [0, 0, 0]): Raster {
  const pixels = new Uint8Array(width * height * 3)
  for (let p = 0; p < pixels.length; p += 3) pixels.set([r, g, b], p)
  return { width, height, pixels }
}

/** Part of a raster; what lies outside is left out. Null when nothing is left. */
export function cropped(from: Raster, left: number, top: number, width: number, height: number): Raster | null {
  const [x0, y0] = [Math.max(0, left), Math.max(0, top)]
  const [x1, y1] = [Math.min(from.width, left + width), Math.min(from.height, top + height)]
  if (x1 <= x0 || y1 <= y0) return null
  const pixels = new Uint8Array((x1 - x0) * (y1 - y0) * 3)
  for (let y = y0; y < y1; y++)
    pixels.set(from.pixels.subarray((y * from.width + x0) * 3, (y * from.width + x1) * 3), (y - y0) * (x1 - x0) * 3)
  return { width: x1 - x0, height: y1 - y0, pixels }
}

/** What share of which source cells an output cell covers, along one side. */
interface Cover {
  readonly first: Int32Array
  /** The last cell of which it covers anything. */
  readonly last: Int32Array
  readonly shares: Float64Array
  readonly most: number
}

/** Area shares where a side shrinks, linear interpolation where it grows. */
function coverOf(from: number, to: number): Cover {
  const step = from / to
  const most = step > 1 ? Math.ceil(step) + 1 : 2
  const [first, last] = [new Int32Array(to), new Int32Array(to)]
  const shares = new Float64Array(to * most)
  for (let i = 0; i < to; i++) {
    const [at, own] = step > 1 ? areaAt(i, step, from, most) : betweenAt(i, step, from)
    first[i] = at
    last[i] =
      at +
      Math.max(
        0,
        own.findLastIndex(share => share > 0),
      )
    shares.set(own, i * most)
  }
  return { first, last, shares, most }
}

function areaAt(i: number, step: number, from: number, most: number): readonly [number, readonly number[]] {
  const [start, end] = [i * step, Math.min(from, (i + 1) * step)]
  const first = Math.floor(start)
  const overlap = (at: number) => Math.max(0, Math.min(end, at + 1) - Math.max(start, at))
  return [first, Array.from({ length: most }, (_, k) => overlap(first + k) / (end - start))]
}

function betweenAt(i: number, step: number, from: number): readonly [number, readonly number[]] {
  const at = Math.min(from - 1, Math.max(0, (i + 0.5) * step - 0.5))
  const first = Math.min(Math.floor(at), Math.max(0, from - 2))
  const rest = from === 1 ? 0 : at - first
  return [first, [1 - rest, rest]]
}

const covers = new Map<number, Cover>()
function cover(from: number, to: number): Cover {
  const key = from * 65_536 + to
  let found = covers.get(key)
  if (!found) {
    if (covers.size > 4096) covers.clear()
    found = coverOf(from, to)
    covers.set(key, found)
  }
  return found
}

/**
 * The raster in another size, its sides stretched as needed: averaged over areas where it shrinks, interpolated where it
 * grows. The same raster when the size is the same.
 */
export function resized(from: Raster, width: number, height: number): Raster {
  if (from.width === width && from.height === height) return from
  const across = cover(from.width, width)
  const down = cover(from.height, height)
  const line = width * 3
  if (squeezed.length < line * from.height) squeezed = new Float64Array(line * from.height)
  for (let y = 0; y < from.height; y++) squeezeRow(from, y, across, squeezed)
  const pixels = new Uint8Array(width * height * 3)
  const sums = new Float64Array(line)
  for (let y = 0; y < height; y++) sumRows(squeezed, y, down, sums, pixels)
  return { width, height, pixels }
}

/** Lines as wide as the result: kept, since making room anew would take a third of the time. */
let squeezed = new Float64Array(0)

/** One line of the result: the squeezed lines it covers, by their shares. */
function sumRows(
  rows: Float64Array,
  y: number,
  { first, shares, most }: Cover,
  sums: Float64Array,
  out: Uint8Array,
): void {
  const line = sums.length
  sums.fill(0)
  for (let k = 0; k < most; k++) {
    const share = shares[y * most + k]!
    const at = (first[y]! + k) * line
    if (share !== 0) for (let x = 0; x < line; x++) sums[x]! += share * rows[at + x]!
  }
  for (let x = 0; x < line; x++) out[y * line + x] = sums[x]! + 0.5
}

/** Pixels between the first and the last that a cell covers lie in it whole: they are summed before they are weighed. */
function squeezeRow(from: Raster, y: number, { first, last, shares, most }: Cover, out: Float64Array): void {
  const { pixels } = from
  const start = y * from.width * 3
  for (let x = 0, at = y * first.length * 3; x < first.length; x++, at += 3) {
    const p = start + first[x]! * 3
    const q = start + last[x]! * 3
    const head = shares[x * most]!
    let [r, g, b] = [0, 0, 0]
    for (let i = p + 3; i < q; i += 3) {
      r += pixels[i]!
      g += pixels[i + 1]!
      b += pixels[i + 2]!
    }
    const whole = q > p + 3 ? shares[x * most + 1]! : 0
    const tail = q > p ? shares[x * most + (q - p) / 3]! : 0
    out[at] = head * pixels[p]! + whole * r + tail * pixels[q]!
    out[at + 1] = head * pixels[p + 1]! + whole * g + tail * pixels[q + 1]!
    out[at + 2] = head * pixels[p + 2]! + whole * b + tail * pixels[q + 2]!
  }
}
