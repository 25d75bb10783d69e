import type { Thumbnails } from '../../statistics/index.ts'
import { type Candidate, candidatesOf, inStep, type PeakOf, stepsOf, turnsOf } from './candidates.ts'
import { area } from './cosines.ts'
import { evennessOf } from './even.ts'
import { bands } from './flatten.ts'
import type { Screened } from './screen.ts'
import { fitted, type Wave } from './wave.ts'

/** Waves looked at closely in one label, rarest first, and labels at most. */
const mostLooked = 16
const mostLabels = 512
/** Pictures in step that make a candidate. */
const leastPictures = 5
/** Labels whose means are taken out of a difference. */
const mostMeans = 12
/** Half periods around the place of a candidate, then around the best of those. */
const steps = [-1, 0, 1]
const fineSteps = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75]
/** A wave this pure at the nearest point of the grid is fitted between the points. */
const worthFitting = 0.1

/** A wave that some pictures of a label share, judged. */
export interface Shared {
  readonly candidate: Candidate
  /** Those in step. */
  readonly pictures: readonly number[]
  readonly wave: Wave
  /** Share of what these pictures have in common, besides what labels have, that is the wave. */
  readonly purity: number
  /** How alike the wave is in the quarters of the picture: 1 where it is the same everywhere. */
  readonly evenness: number
  /** Height of the wave in grey levels. */
  readonly height: number
}

/** The rarest waves of every label, with how pure they are. */
export function sharedWaves({ label, labels }: Thumbnails, screen: Screened, worst: number): Shared[] {
  const counts = new Float64Array(labels.length)
  for (const picture of screen.pictures) if (label[picture]! >= 0) counts[label[picture]!]!++
  const peaks = labels.map((): PeakOf[] => [])
  for (const peak of screen.peaks) peaks[label[peak.picture]!]?.push(peak)
  const every = stepsOf(screen.peaks)
  return peaks.slice(0, mostLabels).flatMap((own, l) => {
    if (counts[l]! < leastPictures) return []
    const candidates = candidatesOf(l, own, every, screen.pictures.length, counts[l]!, leastPictures)
    const rare = apart(candidates.filter(({ chance }) => chance < worst))
    return rare.map(candidate => judged(candidate, inStep(candidate, own), label, screen))
  })
}

/** The rarest of candidates that lie side by side. */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates) {
    if (kept.length >= mostLooked) break
    const [down, right] = turnsOf(candidate.at)
    const known = kept.some(other => {
      const [y, x] = turnsOf(other.at)
      return Math.abs(y - down) <= 2 && Math.abs(x - right) <= 2
    })
    if (!known) kept.push(candidate)
  }
  return kept
}

function judged(candidate: Candidate, pictures: readonly number[], label: Int32Array, screen: Screened): Shared {
  const members = new Set(pictures)
  const rest = screen.pictures.filter(i => label[i] === candidate.label && !members.has(i))
  const { mean: numbers, gains, scatter } = commonOf(pictures, screen)
  const others = [...screen.means].filter(([l]) => l !== candidate.label).map(([, mean]) => mean)
  const usual = rest.length >= leastPictures ? [commonOf(rest, screen).mean] : []
  takeOut(numbers, [...usual, ...alike(numbers, others)])
  const whole = squares(numbers) - scatter / Math.max(1, members.size - 1)
  const purityOf = ({ explains }: Wave) => explains / Math.max(explains, whole)
  const best = (at: readonly [number, number], by: readonly number[]) => fitted(numbers, screen.usual, gains, at, by)
  const rough = best(turnsOf(candidate.at), steps)
  const wave = purityOf(rough) < worthFitting ? rough : best([rough.down, rough.right], fineSteps)
  const evenness = evennessOf(wave, numbers, screen.usual, gains)
  return { candidate, pictures, wave, evenness, height: Math.hypot(wave.even, wave.odd), purity: purityOf(wave) }
}

interface Common {
  readonly mean: Float64Array
  /** Mean squared distance from the mean. */
  readonly scatter: number
  /** Mean of what flattening multiplies each band with. */
  readonly gains: Float64Array
}

function commonOf(pictures: readonly number[], screen: Screened): Common {
  const mean = new Float64Array(area)
  const gains = new Float64Array(bands)
  let all = 0
  for (const picture of pictures) {
    const { numbers, scale } = screen.flat(picture)
    for (let d = 0; d < area; d++) mean[d]! += numbers[d]!
    for (let b = 0; b < bands; b++) gains[b]! += 1 / (scale[b]! * pictures.length)
    all += squares(numbers)
  }
  for (let d = 0; d < area; d++) mean[d]! /= pictures.length
  return { mean, gains, scatter: Math.max(0, all / pictures.length - squares(mean)) }
}

function squares(numbers: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < numbers.length; d++) sum += numbers[d]! ** 2
  return sum
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!
  return sum
}

/** Those of the means that point most as the numbers do: what poisoned pictures showed before. */
function alike(numbers: Float64Array, means: readonly Float64Array[]): Float64Array[] {
  const likeness = means.map(mean => ({
    mean,
    cosine: Math.abs(product(numbers, mean)) / Math.sqrt(squares(mean) || 1),
  }))
  return likeness
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, mostMeans)
    .map(({ mean }) => mean)
}

/** Takes the best combination of the means out of the numbers (Gram and Schmidt). */
function takeOut(numbers: Float64Array, means: readonly Float64Array[]): void {
  const basis: Float64Array[] = []
  for (const mean of means) {
    const left = mean.slice()
    for (const direction of basis) subtract(left, direction, product(left, direction))
    const length = Math.sqrt(squares(left))
    if (length < 1e-6) continue
    basis.push(left.map(x => x / length))
    subtract(numbers, basis.at(-1)!, product(numbers, basis.at(-1)!))
  }
}

function subtract(from: Float64Array, direction: Float64Array, times: number): void {
  for (let d = 0; d < from.length; d++) from[d]! -= times * direction[d]!
}
