import { logBinomialTail } from '../../core/index.ts'
import { side } from './cosines.ts'
import { across, points } from './spectrum.ts'

/** A peak, whose it is, and its angle at the middle of the square: there it does not turn as a peak slips by a point. */
export interface PeakOf {
  readonly picture: number
  readonly at: number
  readonly angle: number
}

/** A wave that more pictures of a label have in step than chance would give. */
export interface Candidate {
  readonly label: number
  readonly at: number
  readonly angle: number
  /** How many are in step. */
  readonly count: number
  /** Natural logarithm of the chance of so many. */
  readonly chance: number
  readonly expected: number
}

/** Signed half periods down and right. */
export function turnsOf(at: number): readonly [number, number] {
  const down = Math.floor(at / across)
  return [down > side ? down - points : down, at % across]
}

/** Turns an angle at the corner into the angle at the middle. */
export function angleAtMiddle(at: number, phase: number): number {
  const [down, right] = turnsOf(at)
  return wrapped(phase + (Math.PI * (down + right) * (side - 1)) / (2 * side))
}

/** The angle between -pi and pi. */
const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))

/** Sectors of angle: each a quarter turn, neighbours overlap by half. */
export const sectors = 8
const reach = Math.PI / 4
const cells = points * across * sectors

/** How many pictures have a peak within a point of each place, by sector of its angle: `[at * sectors + sector]`. */
export function stepsOf(peaks: readonly PeakOf[]): Int32Array {
  const counts = new Int32Array(cells)
  const last = new Int32Array(cells).fill(-1)
  for (const { picture, at, angle } of peaks)
    for (const cell of cellsNear(at, angle)) {
      if (last[cell] === picture) continue
      last[cell] = picture
      counts[cell]!++
    }
  return counts
}

function cellsNear(at: number, angle: number): number[] {
  const [row, column] = [Math.floor(at / across), at % across]
  const first = Math.ceil((angle - reach) / reach)
  const near: number[] = []
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      const x = column + dx
      if (x < 0 || x >= across) continue
      const place = (((row + dy + points) % points) * across + x) * sectors
      for (let s = first; s * reach <= angle + reach; s++) near.push(place + ((s + sectors) % sectors))
    }
  return near
}

/** Pictures among the owners of the peaks that are in step with a candidate. */
export function inStep({ at, angle }: Candidate, peaks: readonly PeakOf[]): number[] {
  const sector = (Math.round(angle / reach) + sectors) % sectors
  const cell = at * sectors + sector
  return [...new Set(peaks.filter(peak => cellsNear(peak.at, peak.angle).includes(cell)).map(({ picture }) => picture))]
}

/** An honest label may have a wave so many times as often as the others. */
const allowance = 2

/**
 * All candidates of a label, rarest first. What to expect comes from the other labels, and from how many peaks the
 * label's pictures have anywhere.
 * @param every counts of all `total` pictures, of which `count` have the label
 */
export function candidatesOf(
  label: number,
  own: readonly PeakOf[],
  every: Int32Array,
  total: number,
  count: number,
  least: number,
): Candidate[] {
  const anywhere = (own.length * 9) / (4 * points * across) / Math.max(1, count)
  const found: Candidate[] = []
  stepsOf(own).forEach((steps, cell) => {
    if (steps < least) return
    const elsewhere = every[cell]! - steps
    const rate = Math.min(0.5, allowance * Math.max(anywhere, (elsewhere + 1) / (total - count + 2)))
    const angle = wrapped((cell % sectors) * reach)
    const chance = logBinomialTail(steps, count, rate)
    const expected = (rate * count) / allowance
    found.push({ label, at: Math.floor(cell / sectors), angle, count: steps, chance, expected })
  })
  return found.sort((a, b) => a.chance - b.chance || a.at - b.at)
}
