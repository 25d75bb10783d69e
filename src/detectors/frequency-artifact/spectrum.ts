import { area, side } from './cosines.ts'

/** Points of the spectrum along a side: half a period apart. */
export const points = 2 * side
/** Points kept across: the others mirror them. */
export const across = side + 1
/** Periods over a side up to which a point stands, and how often it is sampled. */
const turns = Float64Array.from({ length: points }, (_, k) => (2 * Math.PI * k) / points)
const cosTurns = turns.map(Math.cos)
const sinTurns = turns.map(Math.sin)
const reversed = Int32Array.from({ length: points }, (_, k) => {
  let back = 0
  for (let bit = 1; bit < points; bit <<= 1) back = (back << 1) | (k & bit ? 1 : 0)
  return back
})

/** A spectrum on the half-period grid, `[down * across + right]`, as real and imaginary parts. */
export interface Spectrum {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** Room for a spectrum. */
export const emptySpectrum = (): Spectrum => ({
  re: new Float64Array(points * across),
  im: new Float64Array(points * across),
})

const lineRe = new Float64Array(points)
const lineIm = new Float64Array(points)

/** The Fourier transform of a square, zeros around it, into `out`. */
export function spectrumOf(square: Float64Array, out: Spectrum): void {
  out.re.fill(0)
  out.im.fill(0)
  // Two real rows are one complex row: their spectra are its even and odd parts.
  for (let y = 0; y < side; y += 2) {
    lineRe.fill(0)
    lineIm.fill(0)
    for (let x = 0; x < side; x++) {
      lineRe[x] = square[y * side + x]!
      lineIm[x] = square[(y + 1) * side + x]!
    }
    transform(lineRe, lineIm)
    for (let k = 0; k < across; k++) {
      const m = (points - k) % points
      out.re[y * across + k] = (lineRe[k]! + lineRe[m]!) / 2
      out.im[y * across + k] = (lineIm[k]! - lineIm[m]!) / 2
      out.re[(y + 1) * across + k] = (lineIm[k]! + lineIm[m]!) / 2
      out.im[(y + 1) * across + k] = (lineRe[m]! - lineRe[k]!) / 2
    }
  }
  for (let k = 0; k < across; k++) {
    for (let y = 0; y < points; y++) {
      lineRe[y] = out.re[y * across + k]!
      lineIm[y] = out.im[y * across + k]!
    }
    transform(lineRe, lineIm)
    for (let y = 0; y < points; y++) {
      out.re[y * across + k] = lineRe[y]!
      out.im[y * across + k] = lineIm[y]!
    }
  }
}

/** Cooley and Tukey's transform in place. */
function transform(re: Float64Array, im: Float64Array): void {
  for (let k = 0; k < points; k++) {
    const m = reversed[k]!
    if (m <= k) continue
    const [a, b] = [re[k]!, im[k]!]
    re[k] = re[m]!
    im[k] = im[m]!
    re[m] = a
    im[m] = b
  }
  for (let size = 2; size <= points; size *= 2) {
    const [step, reach] = [points / size, size / 2]
    for (let start = 0; start < points; start += size) butterflies(re, im, start, reach, step)
  }
}

function butterflies(re: Float64Array, im: Float64Array, start: number, reach: number, step: number): void {
  for (let k = 0; k < reach; k++) {
    const [c, s] = [cosTurns[k * step]!, -sinTurns[k * step]!]
    const [i, j] = [start + k, start + k + reach]
    const a = re[j]! * c - im[j]! * s
    const b = re[j]! * s + im[j]! * c
    re[j] = re[i]! - a
    im[j] = im[i]! - b
    re[i]! += a
    im[i]! += b
  }
}

/** A peak of one picture's spectrum. */
export interface Peak {
  /** Place in the spectrum. */
  readonly at: number
  /** Height where the noise of each part has a standard deviation of 1. */
  readonly height: number
  /** Angle at the top left corner, in radians. */
  readonly phase: number
}

/** Peaks above `least`, highest first, at most `most`. */
export function peaksOf({ re, im }: Spectrum, least: number, most: number): Peak[] {
  const floor = (least * least * area) / 2
  const power = (down: number, right: number): number => {
    // Beyond the edge the spectrum goes on as its mirror.
    const mirrored = right < 0 || right >= across
    const x = right < 0 ? -right : right >= across ? 2 * side - right : right
    const k = (((mirrored ? -down : down) + points) % points) * across + x
    return re[k]! * re[k]! + im[k]! * im[k]!
  }
  const peaks: Peak[] = []
  for (let down = 0; down < points; down++)
    for (let right = 0; right < across; right++) {
      const at = down * across + right
      const own = re[at]! * re[at]! + im[at]! * im[at]!
      if (own < floor || !isWave(down, right) || !isTop(power, down, right, own)) continue
      peaks.push({ at, height: Math.sqrt((2 * own) / area), phase: Math.atan2(im[at]!, re[at]!) })
    }
  return peaks.sort((a, b) => b.height - a.height || a.at - b.at).slice(0, most)
}

/** Less than a period and a half is a slope, no wave; the mirrored half of the outermost columns is left out. */
export function isWave(down: number, right: number): boolean {
  const y = down > side ? down - points : down
  if ((right === 0 || right === side) && y < 0) return false
  return y * y + right * right >= 9
}

function isTop(power: (down: number, right: number) => number, down: number, right: number, own: number): boolean {
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      if (dy === 0 && dx === 0) continue
      const other = power(down + dy, right + dx)
      if (other > own || (other === own && (dy < 0 || (dy === 0 && dx < 0)))) return false
    }
  return true
}
