import type { Thumbnails } from '../../statistics/index.ts'
import { angleAtMiddle, type PeakOf } from './candidates.ts'
import { area, fromCosines } from './cosines.ts'
import { bands, channels, cosinesOf, depth, flattened, type Usual, usualOf } from './flatten.ts'
import { emptySpectrum, peaksOf, spectrumOf } from './spectrum.ts'

/** Lowest peak that counts, in standard deviations of noise, and how many a picture and channel may have. */
const least = 3.5
const most = 8

/** Flattened numbers of one picture, and how lively it is band by band. */
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
  /** Mean flattened numbers of the screened pictures by label. */
  readonly means: ReadonlyMap<number, Float64Array>
  flat(picture: number): Flat
}

/** Takes an even share of each label, brings the pictures to the scale of noise, and lists the peaks of their spectra. */
export function screened({ pixels, label, labels, rows }: Thumbnails, budget: number): Screened {
  const usual = usualOf(pixels, rows.length)
  const one = { numbers: new Float64Array(depth), scale: new Float64Array(channels * bands) }
  const pictures = shareOf(label, labels.length, budget)
  const kept = new Map<number, { readonly numbers: Float32Array; readonly scale: Float64Array }>()
  const flat = (picture: number): Flat => {
    const known = kept.get(picture)
    if (known) return known
    cosinesOf(pixels, picture, one.numbers)
    flattened(one.numbers, usual, one.scale)
    return one
  }
  const peaks: PeakOf[] = []
  const means = new Map<number, Float64Array>()
  const counts = new Map<number, number>()
  const square = new Float64Array(area)
  const spectrum = emptySpectrum()
  for (const picture of pictures) {
    flat(picture)
    const { numbers, scale } = one
    kept.set(picture, { numbers: Float32Array.from(numbers), scale: scale.slice() })
    addTo(means, counts, label[picture]!, numbers)
    for (let channel = 0; channel < channels; channel++) {
      fromCosines(numbers.subarray(channel * area, (channel + 1) * area), square)
      spectrumOf(square, spectrum)
      for (const { at, height, phase } of peaksOf(spectrum, least, most))
        peaks.push({ picture, channel, at, height, angle: angleAtMiddle(at, phase) })
    }
  }
  for (const [of, mean] of means) for (let d = 0; d < depth; d++) mean[d]! /= counts.get(of)!
  return { usual, pictures, peaks, means, flat }
}

function addTo(
  means: Map<number, Float64Array>,
  counts: Map<number, number>,
  label: number,
  numbers: Float64Array,
): void {
  let sum = means.get(label)
  if (!sum) {
    // Of very many labels, the means of the most frequent are kept: they only serve to compare with.
    if (means.size >= mostMeans) return
    sum = new Float64Array(depth)
    means.set(label, sum)
  }
  counts.set(label, (counts.get(label) ?? 0) + 1)
  for (let d = 0; d < depth; d++) sum[d]! += numbers[d]!
}

const mostMeans = 256

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
