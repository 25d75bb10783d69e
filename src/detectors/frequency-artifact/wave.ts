import { area, cosines, side } from './cosines.ts'
import { bandOf, bands, channels, depth, type Usual } from './flatten.ts'

/** A plane wave: half periods over the square down and right, and what each channel has of it. */
export interface Wave {
  readonly down: number
  readonly right: number
  /** Cosine and sine part of each channel, in grey levels, the angle counted from the middle of the square. */
  readonly parts: Float64Array
  /** What of the square of the judged numbers it explains. */
  readonly explains: number
}

/** The cosine transforms of a wave's two parts: `[0, area)` even about the middle of the square, then odd. */
export function waveCosines(down: number, right: number): Float64Array {
  const both = new Float64Array(2 * area)
  const square = new Float64Array(area)
  for (const odd of [0, 1]) {
    for (let p = 0; p < area; p++) square[p] = waveAt(down, right, p, odd === 1)
    cosines(square, both, odd * area)
  }
  return both
}

/** Value of a wave of height 1 at pixel `p`. */
export function waveAt(down: number, right: number, p: number, odd: boolean): number {
  const middle = (side - 1) / 2
  const angle = (Math.PI / side) * (right * ((p % side) - middle) + down * (Math.floor(p / side) - middle))
  return odd ? Math.sin(angle) : Math.cos(angle)
}

/**
 * Fits a wave to flattened numbers by least squares, channel by channel, at the best of some places near the given one.
 * @param gains what flattening multiplies a band of a channel with, besides dividing by the usual spread
 */
export function fitted(
  numbers: Float64Array,
  usual: Usual,
  gains: Float64Array,
  down: number,
  right: number,
  steps: readonly number[],
): Wave {
  let best: Wave | null = null
  for (const dy of steps)
    for (const dx of steps) {
      const wave = fitAt(numbers, usual, gains, down + dy, right + dx)
      if (!best || wave.explains > best.explains) best = wave
    }
  return best!
}

function fitAt(numbers: Float64Array, usual: Usual, gains: Float64Array, down: number, right: number): Wave {
  const both = waveCosines(down, right)
  const parts = new Float64Array(2 * channels)
  let explains = 0
  for (let c = 0; c < channels; c++) {
    let [ee, eo, oo, ey, oy] = [0, 0, 0, 0, 0]
    for (let p = 0; p < area; p++) {
      const gain = gains[c * bands + bandOf[p]!]! / usual.spread[c * area + p]!
      const [e, o, y] = [both[p]! * gain, both[area + p]! * gain, numbers[c * area + p]!]
      ee += e * e
      eo += e * o
      oo += o * o
      ey += e * y
      oy += o * y
    }
    const whole = ee * oo - eo * eo
    // At the edges of the spectrum one of the two parts is nothing.
    const even = whole > 1e-9 * ee * oo ? (ey * oo - oy * eo) / whole : ee > oo ? ey / ee : 0
    const odd = whole > 1e-9 * ee * oo ? (oy * ee - ey * eo) / whole : oo >= ee && oo > 0 ? oy / oo : 0
    parts[2 * c] = even
    parts[2 * c + 1] = odd
    explains += even * ey + odd * oy
  }
  return { down, right, parts, explains }
}

/** What a wave adds to the cosines of a picture, divided by the usual spread: a template before a picture's own scale. */
export function templateOf({ down, right, parts }: Wave, usual: Usual): Float64Array {
  const both = waveCosines(down, right)
  const template = new Float64Array(depth)
  for (let d = 0; d < depth; d++) {
    const c = Math.floor(d / area)
    const p = d % area
    template[d] = (parts[2 * c]! * both[p]! + parts[2 * c + 1]! * both[area + p]!) / usual.spread[d]!
  }
  return template
}
