import type { Thumbnails } from '../../statistics/index.ts'
import { angleAtMiddle, type PeakOf } from './candidates.ts'
import { area, fromCosines } from './cosines.ts'
import { bands, cosinesOf, flattened, levelled, type Usual, usualOf } from './flatten.ts'
import { emptySpectrum, peaksOf, spectrumOf } from './spectrum.ts'

/** Lowest peak that counts, in standard deviations of noise, and how many a picture may have. */
const least = 3.5
const most = 8
/** Of very many labels, the means of the first are kept: they only serve to compare with. */
const mostMeans = 256

/** Flattened cosines of one picture, and how lively it is band by band; to be read before the next is asked for. */
export interface Flat {
  readonly numbers: Float64Array | Float32Array
  readonly scale: Float64Array
}

/** Pictures that were screened, with their peaks. */
export interface Screened {
  readonly usual: Usual
  /** Ascending. */
  readonly pictures: readonly number[]
  readonly peaks: readonly PeakOf[]
  /** Mean flattened cosines of the screened pictures by label. */
  readonly means: ReadonlyMap<number, Float64Array>
  flat(picture: number): Flat
}

/**
 * Takes an even share of each label, brings the pictures to the scale of noise, and lists the peaks of what they show besides
 * their label's mean. */
export function screened({ pixels, label, labels, rows }: Thumbnails, budget: number): Screened {
  const usual = usualOf(pixels, rows.length)
  const pictures = shareOf(label, labels.length, budget)
  const place = new Int32Array(rows.length).fill(-1)
  const numbers = new Float32Array(pictures.length * area)
  const scales = new Float64Array(pictures.length * bands)
  const one = { numbers: new Float64Array(area), scale: new Float64Array(bands) }
  const flat = (picture: number): Flat => {
    const k = place[picture]!
    if (k >= 0)
      return { numbers: numbers.subarray(k * area, (k + 1) * area), scale: scales.subarray(k * bands, (k + 1) * bands) }
    cosinesOf(pixels, picture, one.numbers)
    flattened(one.numbers, usual, one.scale)
    return one
  }
  pictures.forEach((picture, k) => {
    flat(picture)
    numbers.set(one.numbers, k * area)
    scales.set(one.scale, k * bands)
    place[picture] = k
  })
  const means = meansOf(pictures, label, numbers)
  const peaks: PeakOf[] = []
  const square = new Float64Array(area)
  const spectrum = emptySpectrum()
  pictures.forEach((picture, k) => {
    const mean = means.get(label[picture]!)
    for (let d = 0; d < area; d++) one.numbers[d] = numbers[k * area + d]! - (mean ? mean[d]! : 0)
    levelled(one.numbers)
    fromCosines(one.numbers, square)
    spectrumOf(square, spectrum)
    for (const { at, phase } of peaksOf(spectrum, least, most))
      peaks.push({ picture, at, angle: angleAtMiddle(at, phase) })
  })
  return { usual, pictures, peaks, means, flat }
}

function meansOf(pictures: readonly number[], label: Int32Array, numbers: Float32Array): Map<number, Float64Array> {
  const means = new Map<number, Float64Array>()
  const counts = new Map<number, number>()
  pictures.forEach((picture, k) => {
    const of = label[picture]!
    if (!means.has(of) && means.size >= mostMeans) return
    const sum = means.get(of) ?? new Float64Array(area)
    means.set(of, sum)
    counts.set(of, (counts.get(of) ?? 0) + 1)
    for (let d = 0; d < area; d++) sum[d]! += numbers[k * area + d]!
  })
  for (const [of, mean] of means) for (let d = 0; d < area; d++) mean[d]! /= counts.get(of)!
  return means
}

/** Evenly spaced pictures of each label, small labels whole, `budget` in all. */
function shareOf(label: Int32Array, labels: number, budget: number): number[] {
  if (label.length <= budget) return Array.from(label, (_, i) => i)
  const byLabel = Array.from({ length: labels + 1 }, (): number[] => [])
  label.forEach((l, i) => void byLabel[l + 1]!.push(i))
  let [left, open] = [budget, byLabel.filter(all => all.length > 0).length]
  const chosen: number[] = []
  for (const all of [...byLabel].sort((a, b) => a.length - b.length)) {
    if (all.length === 0) continue
    const quota = Math.min(all.length, Math.max(1, Math.floor(left / open)))
    for (let k = 0; k < quota; k++) chosen.push(all[Math.floor((k * all.length) / quota)]!)
    left -= quota
    open--
  }
  return chosen.slice(0, budget).sort((a, b) => a - b)
}
