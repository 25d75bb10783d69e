import type { Thumbnails } from '../../statistics/index.ts'
import { byPlace, type Candidate, candidatesOf, turnsOf } from './candidates.ts'
import { area } from './cosines.ts'
import { bandOf, bands, channels, depth } from './flatten.ts'
import type { Screened } from './screen.ts'
import { fitted, templateOf, type Wave } from './wave.ts'

/** Waves looked at closely in one label, rarest first, and labels at most. */
const mostLooked = 32
const mostLabels = 512
/** Pictures in step that make a candidate. */
const leastPictures = 5
/** Labels whose means are taken out of a difference. */
const mostMeans = 12
const fineSteps = [-0.5, -0.25, 0, 0.25, 0.5]
/** A wave this pure at the nearest point of the grid is fitted between the points. */
const worthFitting = 0.1

/** A wave that some pictures of a label share, judged. */
export interface Shared {
  readonly candidate: Candidate
  readonly wave: Wave
  /** Share of what these pictures have in common, besides what labels have, that is the wave. */
  readonly purity: number
  /** Height of the wave in the channel where it is highest, in grey levels. */
  readonly height: number
}

/** The rarest waves of every label, with how pure they are. */
export function sharedWaves(thumbnails: Thumbnails, screen: Screened, worst: number): Shared[] {
  const { label, labels } = thumbnails
  const counts = new Float64Array(labels.length)
  for (const picture of screen.pictures) if (label[picture]! >= 0) counts[label[picture]!]!++
  const every = byPlace(screen.peaks)
  const shared: Shared[] = []
  for (let l = 0; l < Math.min(labels.length, mostLabels); l++) {
    if (counts[l]! < leastPictures) continue
    const own = screen.peaks.filter(peak => label[peak.picture] === l)
    const candidates = candidatesOf(l, own, every, screen.pictures.length, counts[l]!, leastPictures)
    for (const candidate of apart(candidates.filter(c => c.chance < worst)))
      shared.push(judged(candidate, thumbnails, screen))
  }
  return shared
}

/** The rarest of candidates that lie side by side. */
function apart(candidates: readonly Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates) {
    if (kept.length >= mostLooked) break
    const [down, right] = turnsOf(candidate.at)
    const known = kept.some(other => {
      const [y, x] = turnsOf(other.at)
      return other.channel === candidate.channel && Math.abs(y - down) <= 2 && Math.abs(x - right) <= 2
    })
    if (!known) kept.push(candidate)
  }
  return kept
}

function judged(candidate: Candidate, { label }: Thumbnails, screen: Screened): Shared {
  const members = new Set(candidate.pictures)
  const rest = screen.pictures.filter(i => label[i] === candidate.label && !members.has(i))
  const common = meanOf(candidate.pictures, screen)
  const numbers = common.mean
  const others = [...screen.means].filter(([l]) => l !== candidate.label).map(([, mean]) => mean)
  const usual = rest.length >= leastPictures ? [meanOf(rest, screen).mean] : []
  takeOut(numbers, [...usual, ...alike(numbers, others)])
  const noise = common.scatter / Math.max(1, members.size - 1)
  const [down, right] = turnsOf(candidate.at)
  const whole = squares(numbers)
  const purityOf = ({ explains }: Wave) => explains / Math.max(explains, whole - noise)
  const best = (steps: readonly number[]) => fitted(numbers, screen.usual, common.gains, down, right, steps)
  const rough = best([0])
  const wave = purityOf(rough) < worthFitting ? rough : best(fineSteps)
  const height = Math.max(...[0, 1, 2].map(c => Math.hypot(wave.parts[2 * c]!, wave.parts[2 * c + 1]!)))
  return { candidate, wave, height, purity: purityOf(wave) }
}

interface Common {
  readonly mean: Float64Array
  /** Mean squared distance from the mean. */
  readonly scatter: number
  /** Mean of what flattening multiplies each band with. */
  readonly gains: Float64Array
}

function meanOf(pictures: readonly number[], screen: Screened): Common {
  const mean = new Float64Array(depth)
  const gains = new Float64Array(channels * bands)
  let all = 0
  for (const picture of pictures) {
    const { numbers, scale } = screen.flat(picture)
    for (let d = 0; d < depth; d++) mean[d]! += numbers[d]!
    for (let b = 0; b < gains.length; b++) gains[b]! += 1 / (scale[b]! * pictures.length)
    all += squares(numbers)
  }
  for (let d = 0; d < depth; d++) mean[d]! /= pictures.length
  return { mean, gains, scatter: Math.max(0, all / pictures.length - squares(mean)) }
}

function squares(numbers: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < numbers.length; d++) sum += numbers[d]! ** 2
  return sum
}
const product = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, d) => sum + x * b[d]!, 0)

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
  for (let d = 0; d < depth; d++) from[d]! -= times * direction[d]!
}

/**
 * How much of the waves a picture has: 0 for none, 1 for as much as was found. A weighted projection of its flattened
 * numbers on theirs.
 */
export function amountsOf(waves: readonly Wave[], pictures: ArrayLike<number>, screen: Screened): Float64Array {
  const template = new Float64Array(depth)
  for (const wave of waves) templateOf(wave, screen.usual).forEach((x, d) => void (template[d]! += x))
  return Float64Array.from(pictures, picture => {
    const { numbers, scale } = screen.flat(picture)
    let [along, whole] = [0, 0]
    for (let d = 0; d < depth; d++) {
      const t = template[d]! / scale[Math.floor(d / area) * bands + bandOf[d % area]!]!
      along += t * numbers[d]!
      whole += t * t
    }
    return whole > 0 ? along / whole : 0
  })
}
