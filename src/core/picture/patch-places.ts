import { meanOf, type PatchField } from './patch-field.ts'

/** A square that stands out from what is around it, in pixels of the field. */
export interface PatchPlace {
  readonly x: number
  readonly y: number
  readonly side: number
  /** How far most of its surroundings differ from it, against its own unevenness where `even`. */
  readonly score: number
}

/** Sides of squares as shares of the root of the picture's area: inside stickers of 0.4 to 16 % of it. */
const sides = [0.065, 0.09, 0.125, 0.175, 0.24, 0.33]
/** Unevenness that noise and JPEG bring to any square. */
const grain = 8

interface Means {
  readonly across: number
  readonly down: number
  readonly step: number
  readonly planes: readonly [Float32Array, Float32Array, Float32Array]
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
  const sizes = new Set(sides.map(share => Math.max(2, Math.round(share * root))))
  for (const side of sizes) standOuts(field, side, even, any)
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

function meansOf({ width, height, sums, squares }: PatchField, side: number): Means {
  const step = Math.max(1, side >> 2)
  const [across, down] = [Math.floor((width - side) / step) + 1, Math.floor((height - side) / step) + 1]
  const plane = () => new Float32Array(across * down)
  const means: Means = { across, down, step, planes: [plane(), plane(), plane()], spread: plane() }
  const line = width + 1
  for (let j = 0, k = 0; j < down; j++)
    for (let i = 0; i < across; i++, k++) {
      let variance = meanOf(squares, line, i * step, j * step, side)
      for (let c = 0; c < 3; c++) {
        const mean = meanOf(sums[c]!, line, i * step, j * step, side)
        means.planes[c]![k] = mean
        variance -= mean * mean
      }
      means.spread[k] = Math.sqrt(Math.max(0, variance))
    }
  return means
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
      if (plain[k]! < grain) continue
      if (isPeak(weighed, i, j, across, down)) even.push({ x: i * step, y: j * step, side, score: weighed[k]! })
      if (isPeak(plain, i, j, across, down)) any.push({ x: i * step, y: j * step, side, score: plain[k]! })
    }
}

function isPeak(of: Float32Array, i: number, j: number, across: number, down: number): boolean {
  const own = of[j * across + i]!
  for (let y = Math.max(0, j - 1); y <= Math.min(down - 1, j + 1); y++)
    for (let x = Math.max(0, i - 1); x <= Math.min(across - 1, i + 1); x++) {
      const other = of[y * across + x]!
      if (other > own || (other === own && (y < j || (y === j && x < i)))) return false
    }
  return true
}

/** How far the third-nearest in colour of the squares around each square is from it. */
function contrastOf({ across, down, step, planes }: Means, side: number): Float32Array {
  const [l, a, b] = planes
  const away = Math.max(1, Math.round((side + Math.max(1, side / 4)) / step))
  const out = new Float32Array(across * down)
  for (let j = 0, k = 0; j < down; j++)
    for (let i = 0; i < across; i++, k++) {
      let first = Infinity
      let second = Infinity
      let third = Infinity
      let found = 0
      for (let v = -away; v <= away; v += away) {
        if (j + v < 0 || j + v >= down) continue
        for (let u = -away; u <= away; u += away) {
          if (i + u < 0 || i + u >= across || (u === 0 && v === 0)) continue
          const o = k + v * across + u
          const dl = l[k]! - l[o]!
          const da = a[k]! - a[o]!
          const db = b[k]! - b[o]!
          const far = dl * dl + da * da + db * db
          found++
          if (far >= third) continue
          if (far >= second) third = far
          else {
            third = second
            if (far >= first) second = far
            else {
              second = first
              first = far
            }
          }
        }
      }
      if (found >= 3) out[k] = Math.sqrt(found >= 7 ? third : found >= 5 ? second : first)
    }
  return out
}
