import { logBinomialTail } from '../../core/index.ts'
import { side } from './cosines.ts'
import { across, points } from './spectrum.ts'

/** A peak, whose it is, and its angle at the middle of the square: there it does not turn as a peak slips by a point. */
export interface PeakOf {
  readonly picture: number
  readonly channel: number
  readonly at: number
  readonly height: number
  readonly angle: number
}

/** A wave that more pictures of a label have in step than chance would give. */
export interface Candidate {
  readonly label: number
  readonly channel: number
  readonly at: number
  readonly angle: number
  readonly pictures: readonly number[]
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
export const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))

const sectors = 8
/** Half the width of a sector: neighbours overlap by half. */
const reach = Math.PI / 4

/** Peaks by place, so that all near one can be listed. */
export function byPlace(peaks: readonly PeakOf[]): ReadonlyMap<number, readonly PeakOf[]> {
  const places = new Map<number, PeakOf[]>()
  for (const peak of peaks) {
    const key = placeOf(peak.channel, peak.at)
    const known = places.get(key)
    if (known) known.push(peak)
    else places.set(key, [peak])
  }
  return places
}

const placeOf = (channel: number, at: number): number => channel * points * across + at

/** Pictures with a peak within a point of `at` whose angle is within the sector around `angle`. */
export function inStep(
  places: ReadonlyMap<number, readonly PeakOf[]>,
  channel: number,
  at: number,
  angle: number,
): number[] {
  const [row, right] = [Math.floor(at / across), at % across]
  const found = new Set<number>()
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) {
      if (right + dx < 0 || right + dx >= across) continue
      const place = ((row + dy + points) % points) * across + right + dx
      for (const peak of places.get(placeOf(channel, place)) ?? [])
        if (Math.abs(wrapped(peak.angle - angle)) <= reach) found.add(peak.picture)
    }
  return [...found]
}

/** An honest label may have a wave so many times as often as the others. */
const allowance = 2

/**
 * All candidates of a label, rarest first. What to expect comes from the other labels, and from how many peaks the
 * label's pictures have anywhere.
 * @param every peaks of all `total` pictures, of which `count` have the label
 */
export function candidatesOf(
  label: number,
  own: readonly PeakOf[],
  every: ReadonlyMap<number, readonly PeakOf[]>,
  total: number,
  count: number,
  least: number,
): Candidate[] {
  const places = byPlace(own)
  const anywhere = ((own.length / 3) * 9) / (4 * points * across) / Math.max(1, count)
  const found: Candidate[] = []
  for (const [place, peaks] of places) {
    const [channel, at] = [Math.floor(place / (points * across)), place % (points * across)]
    for (let sector = 0; sector < sectors; sector++) {
      const angle = wrapped((2 * Math.PI * sector) / sectors)
      if (!peaks.some(peak => Math.abs(wrapped(peak.angle - angle)) <= reach)) continue
      const pictures = inStep(places, channel, at, angle)
      if (pictures.length < least) continue
      const elsewhere = inStep(every, channel, at, angle).length - pictures.length
      const rate = Math.min(0.5, allowance * Math.max(anywhere, (elsewhere + 1) / (total - count + 2)))
      const chance = logBinomialTail(pictures.length, count, rate)
      found.push({ label, channel, at, angle, pictures, chance, expected: (rate * count) / allowance })
    }
  }
  return found.sort((a, b) => a.chance - b.chance || a.at - b.at)
}
