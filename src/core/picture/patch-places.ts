import { fieldNumbers, type PatchField } from './patch-field.ts'
import type { PatchSquare } from './patch-look.ts'

/** A square that stands out from what is around it, in pixels of the field. */
export interface PatchPlace extends PatchSquare {
  /** How far most of its surroundings differ from it, against its own unevenness where it is sought as even. */
  readonly score: number
}

/** Sides of squares as shares of the root of the picture's area: inside stickers of 0.5 to 12 % of it. */
const sides = [0.07, 0.11, 0.17, 0.26]
/** Sizes nearer to each other than this see the same. */
const apart = 1.35
/** Unevenness that noise and JPEG bring to any square. */
const grain = 8
/** Means are kept as whole numbers of so many to a step. */
const fine = 4
const leastFar = (fine * grain) ** 2
/** Area of a field up to which the smallest squares, as many as all others together, go by two pixels. */
const smallField = 36 ** 2
const smallestSide = 4
/** Smaller squares are noise. */
const leastSide = 3

interface Means {
  readonly across: number
  readonly down: number
  readonly step: number
  /** Mean lightness and colours of each square, three whole numbers each, in quarters. */
  readonly planes: Int16Array
  readonly spread: Float32Array
}

/**
 * The squares that stand out most on nearly all sides, so that an edge or a stripe does not count: half chosen as even
 * (stickers of one colour), half whatever they hold.
 */
export function patchPlaces(field: PatchField, most: number): PatchPlace[] {
  const even: PatchPlace[] = []
  const any: PatchPlace[] = []
  const root = Math.sqrt(field.width * field.height)
  let last = 0
  for (const share of sides) {
    const side = Math.max(leastSide, Math.round(share * root))
    if (side < apart * last) continue
    standOuts(field, side, even, any)
    last = side
  }
  const chosen: PatchPlace[] = []
  choose(even, Math.ceil(most / 2), chosen)
  choose(any, most, chosen)
  return chosen
}

/** Adds the best places to the chosen until there are `most`, leaving out those that a chosen one nearly covers. */
function choose(from: PatchPlace[], most: number, chosen: PatchPlace[]): void {
  from.sort((a, b) => b.score - a.score || a.side - b.side || a.y - b.y || a.x - b.x)
  for (const place of from) {
    if (chosen.length >= most) return
    if (!chosen.some(other => nearlySame(place, other))) chosen.push(place)
  }
}

function nearlySame(a: PatchPlace, b: PatchPlace): boolean {
  const [large, small] = a.side > b.side ? [a, b] : [b, a]
  if (large.side > 1.6 * small.side) return false
  const reach = 0.5 * large.side
  const dx = Math.abs(a.x + a.side / 2 - b.x - b.side / 2)
  return dx < reach && Math.abs(a.y + a.side / 2 - b.y - b.side / 2) < reach
}

function meansOf({ width, height, sums }: PatchField, side: number): Means {
  const step = side < smallestSide && width * height <= smallField ? 2 : Math.max(1, Math.round(side / 3))
  const [across, down] = [Math.floor((width - side) / step) + 1, Math.floor((height - side) / step) + 1]
  const planes = new Int16Array(across * down * 3)
  const spread = new Float32Array(across * down)
  const line = (width + 1) * fieldNumbers
  const right = side * fieldNumbers
  const area = 1 / (side * side)
  for (let j = 0, k = 0; j < down; j++) {
    let top = j * step * line
    let low = top + side * line
    for (let i = 0; i < across; i++, k++, top += step * fieldNumbers, low += step * fieldNumbers) {
      const l = (sums[low + right]! - sums[low]! - sums[top + right]! + sums[top]!) * area
      const a = (sums[low + right + 1]! - sums[low + 1]! - sums[top + right + 1]! + sums[top + 1]!) * area
      const b = (sums[low + right + 2]! - sums[low + 2]! - sums[top + right + 2]! + sums[top + 2]!) * area
      const q = (sums[low + right + 3]! - sums[low + 3]! - sums[top + right + 3]! + sums[top + 3]!) * area
      planes[3 * k] = fine * l
      planes[3 * k + 1] = fine * a
      planes[3 * k + 2] = fine * b
      spread[k] = Math.sqrt(Math.max(0, q - l * l - a * a - b * b))
    }
  }
  return { across, down, step, planes, spread }
}

/** Puts the local maxima of one size of square into the lists. */
function standOuts(field: PatchField, side: number, even: PatchPlace[], any: PatchPlace[]): void {
  if (Math.min(field.width, field.height) < side + 2) return
  const means = meansOf(field, side)
  const { across, down, step, spread } = means
  const plain = contrastOf(means, side)
  const weighed = new Float32Array(plain.length)
  for (let k = 0; k < plain.length; k++) weighed[k] = plain[k]! / (grain + spread[k]!)
  for (let j = 0, k = 0; j < down; j++)
    for (let i = 0; i < across; i++, k++) {
      if (plain[k] === 0) continue
      if (isPeak(weighed, i, j, across, down)) even.push({ x: i * step, y: j * step, side, score: weighed[k]! })
      if (isPeak(plain, i, j, across, down)) any.push({ x: i * step, y: j * step, side, score: plain[k]! })
    }
}

function isPeak(of: Float32Array, i: number, j: number, across: number, down: number): boolean {
  const own = of[j * across + i]!
  for (let y = j > 0 ? j - 1 : 0, to = j + 1 < down ? j + 1 : j; y <= to; y++)
    for (let x = i > 0 ? i - 1 : 0, end = i + 1 < across ? i + 1 : i; x <= end; x++) {
      const other = of[y * across + x]!
      if (other > own || (other === own && (y < j || (y === j && x < i)))) return false
    }
  return true
}

/** Farther than any two means, squared. */
const distant = 2 ** 30

/** How far the third-nearest in colour of the squares around each square is from it; 0 where that is no more than grain. */
function contrastOf({ across, down, step, planes }: Means, side: number): Float32Array {
  const away = Math.max(1, Math.round((side + Math.max(1, side / 4)) / step))
  const out = new Float32Array(across * down)
  const [row, column] = [3 * away * across, 3 * away]
  for (let j = 0, k = 0; j < down; j++) {
    const upper = j >= away ? -row : 0
    const lower = j + away < down ? row : 0
    for (let i = 0; i < across; i++, k++) {
      const left = i >= away ? -column : 0
      const right = i + away < across ? column : 0
      const far = thirdNearest(planes, 3 * k, upper, lower, row, left, right, column)
      out[k] = far < leastFar ? 0 : Math.sqrt(far) / fine
    }
  }
  return out
}

/** Squared; the second or first of fewer than eight around it, at the edge; 0 where that is surely too near. */
function thirdNearest(
  planes: Int16Array,
  own: number,
  upper: number,
  lower: number,
  row: number,
  left: number,
  right: number,
  column: number,
): number {
  const l = planes[own]!
  const a = planes[own + 1]!
  const b = planes[own + 2]!
  let first = distant
  let second = distant
  let third = distant
  let found = -1
  for (let v = own + upper; v <= own + lower; v += row) {
    for (let o = v + left; o <= v + right; o += column) {
      found++
      if (o === own) continue
      const dl = l - planes[o]!
      const da = a - planes[o + 1]!
      const db = b - planes[o + 2]!
      const far = dl * dl + da * da + db * db
      third = Math.min(third, Math.max(second, far))
      second = Math.min(second, Math.max(first, far))
      first = Math.min(first, far)
    }
    if (third < leastFar) return 0
  }
  return found >= 7 ? third : found >= 5 ? second : found >= 3 ? first : 0
}
