import { area, lineTransform, side } from './cosines.ts'
import { bandOf, type Usual } from './flatten.ts'

/** A plane wave: half periods over the square down and right, and how high it is. */
export interface Wave {
  readonly down: number
  readonly right: number
  /** Cosine and sine part in grey levels, the angle counted from the middle of the square. */
  readonly even: number
  readonly odd: number
  /** What of the square of the judged numbers it explains. */
  readonly explains: number
}

/** Cosine transforms of a cosine and a sine along one line, the angle counted from its middle. */
function lineCosines(turns: number): readonly [Float64Array, Float64Array] {
  const middle = (side - 1) / 2
  const line = (odd: boolean) =>
    lineTransform(
      Float64Array.from({ length: side }, (_, x) => {
        const angle = (Math.PI / side) * turns * (x - middle)
        return odd ? Math.sin(angle) : Math.cos(angle)
      }),
    )
  return [line(false), line(true)]
}

/** The cosine transforms of a wave's two parts: `[0, area)` even about the middle of the square, then odd. */
export function waveCosines(down: number, right: number): Float64Array {
  const [cosDown, sinDown] = lineCosines(down)
  const [cosRight, sinRight] = lineCosines(right)
  const both = new Float64Array(2 * area)
  for (let u = 0; u < side; u++)
    for (let v = 0; v < side; v++) {
      both[u * side + v] = cosDown[u]! * cosRight[v]! - sinDown[u]! * sinRight[v]!
      both[area + u * side + v] = sinDown[u]! * cosRight[v]! + cosDown[u]! * sinRight[v]!
    }
  return both
}

/** Value of a wave of height 1 at pixel `p`. */
export function waveAt(down: number, right: number, p: number, odd: boolean): number {
  const middle = (side - 1) / 2
  const angle = (Math.PI / side) * (right * ((p % side) - middle) + down * (Math.floor(p / side) - middle))
  return odd ? Math.sin(angle) : Math.cos(angle)
}

/** What a sine part beside a cosine part explains of some numbers: least squares with two unknowns. */
export function fitTwo(numbers: ArrayLike<number>, both: Float64Array): readonly [number, number, number] {
  const n = both.length / 2
  let [ee, eo, oo, ey, oy] = [0, 0, 0, 0, 0]
  for (let p = 0; p < n; p++) {
    const [e, o, y] = [both[p]!, both[n + p]!, numbers[p]!]
    ee += e * e
    eo += e * o
    oo += o * o
    ey += e * y
    oy += o * y
  }
  const whole = ee * oo - eo * eo
  // At the edges of the spectrum one of the two parts is nothing.
  if (whole <= 1e-9 * ee * oo) {
    const [even, odd] = ee > oo ? [ey / ee, 0] : [0, oo > 0 ? oy / oo : 0]
    return [even, odd, even * ey + odd * oy]
  }
  const even = (ey * oo - oy * eo) / whole
  const odd = (oy * ee - ey * eo) / whole
  return [even, odd, even * ey + odd * oy]
}

/**
 * Fits a wave to flattened numbers, at the best of some places near the given one.
 * @param gains what flattening multiplies a band with, besides dividing by the usual spread
 */
export function fitted(
  numbers: Float64Array,
  usual: Usual,
  gains: Float64Array,
  [down, right]: readonly [number, number],
  steps: readonly number[],
): Wave {
  let best: Wave | null = null
  for (const dy of steps)
    for (const dx of steps) {
      const both = flatWave(down + dy, right + dx, usual, gains)
      const [even, odd, explains] = fitTwo(numbers, both)
      if (!best || explains > best.explains) best = { down: down + dy, right: right + dx, even, odd, explains }
    }
  return best!
}

/** The two parts of a wave as flattening shows them. */
export function flatWave(down: number, right: number, usual: Usual, gains: ArrayLike<number>): Float64Array {
  const both = waveCosines(down, right)
  for (let d = 0; d < both.length; d++) both[d]! *= gains[bandOf[d % area]!]! / usual.spread[d % area]!
  return both
}
