import { cholesky, solve } from '../../core/index.ts'
import { area, side } from './cosines.ts'
import { bandOf, bands } from './flatten.ts'
import type { Screened } from './screen.ts'
import { type Wave, waveCosines } from './wave.ts'

/** Cosines around those of the wave that are looked at, in half periods each way. */
const around = 4
/** Part of the variance that is taken as noise of every cosine alike. */
const ridge = 0.1
/** The label's own variance weighs as much as that of all others once it has so many times more pictures than cosines. */
const ownWeight = 2

/** How much of a wave pictures have, and of the same wave a quarter turn on, which nobody added: the noise. */
export interface Amounts {
  readonly amount: Float64Array
  readonly turned: Float64Array
}

/** Pictures of a label or of others, and the mean that each is compared with. */
export interface Compared {
  readonly pictures: readonly number[]
  readonly mean: (picture: number) => Float64Array | undefined
}

/** Measures how much of a wave pictures have: 0 for none, 1 for as much as was found. */
export type Measure = (compared: Compared) => Amounts

/**
 * A matched filter (Fisher's): what pictures of the label and of others show by nature around the place of the wave
 * counts less, so that letters and outlines do not pass for it.
 */
export function measureOf(wave: Wave, own: Compared, others: Compared, screen: Screened): Measure {
  const places = placesAround(wave)
  const n = places.length
  const matrix = new Float64Array(n * n)
  const weight = own.pictures.length / (own.pictures.length + ownWeight * n)
  addSpread(matrix, places, own, screen, weight)
  addSpread(matrix, places, others, screen, 1 - weight)
  let trace = 0
  for (let a = 0; a < n; a++) trace += matrix[a * n + a]! / n
  for (let a = 0; a < n; a++) matrix[a * n + a]! += ridge * trace + 1e-9
  cholesky(matrix, n)
  const both = waveCosines(wave.down, wave.right)
  const { spread } = screen.usual
  const straight = places.map(p => (wave.even * both[p]! + wave.odd * both[area + p]!) / spread[p]!)
  const turned = places.map(p => (wave.even * both[area + p]! - wave.odd * both[p]!) / spread[p]!)
  const filters = [straight, turned].map(template => filterOf(template, places, matrix))
  return compared => {
    const [amount, quarter] = filters.map(filter =>
      Float64Array.from(compared.pictures, i => filter(i, compared, screen)),
    )
    return { amount: amount!, turned: quarter! }
  }
}

type Filter = (picture: number, compared: Compared, screen: Screened) => number

/** A picture's own liveliness scales the template by bands: each band of it is solved for once. */
function filterOf(template: readonly number[], places: readonly number[], root: Float64Array): Filter {
  const n = places.length
  const solved = Array.from({ length: bands }, (_, b) =>
    solve(
      root,
      n,
      template.map((t, a) => (bandOf[places[a]!] === b ? t : 0)),
    ),
  )
  return (picture, { mean }, screen) => {
    const { numbers, scale } = screen.flat(picture)
    const usual = mean(picture)
    let [along, whole] = [0, 0]
    for (let a = 0; a < n; a++) {
      const p = places[a]!
      let weight = 0
      for (let b = 0; b < bands; b++) weight += solved[b]![a]! / scale[b]!
      along += weight * (numbers[p]! - (usual ? usual[p]! : 0))
      whole += (weight * template[a]!) / scale[bandOf[p]!]!
    }
    return whole > 0 ? along / whole : 0
  }
}

function placesAround({ down, right }: Wave): number[] {
  const near = (at: number) => {
    const middle = Math.round(Math.abs(at))
    const first = Math.max(0, Math.min(side - 1 - around, middle) - around)
    return Array.from({ length: Math.min(side, middle + around + 1) - first }, (_, k) => first + k)
  }
  return near(down).flatMap(u => near(right).flatMap(v => (u + v > 0 ? [u * side + v] : [])))
}

function addSpread(
  matrix: Float64Array,
  places: readonly number[],
  { pictures, mean }: Compared,
  screen: Screened,
  times: number,
): void {
  const n = places.length
  const line = new Float64Array(n)
  for (const picture of pictures) {
    const { numbers } = screen.flat(picture)
    const usual = mean(picture)
    for (let a = 0; a < n; a++) line[a] = numbers[places[a]!]! - (usual ? usual[places[a]!]! : 0)
    for (let a = 0; a < n; a++) {
      const own = (line[a]! * times) / pictures.length
      for (let b = 0; b <= a; b++) matrix[a * n + b]! += own * line[b]!
    }
  }
}
