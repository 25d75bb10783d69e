import { type EvidenceOf, type Figure, type Part, type Raster, type RowId, resized, tileOf } from '../../core/index.ts'
import type { PictureOf } from '../../statistics/index.ts'
import { turnsOf } from './candidates.ts'
import { area, side } from './cosines.ts'
import type { Shared } from './judge.ts'
import { type Wave, waveAt } from './wave.ts'

/** Pictures that carry a wave, ready to be told. */
export interface Found {
  readonly label: string
  readonly waves: readonly Wave[]
  /** All of them, most of the wave first. */
  readonly rows: readonly RowId[]
  readonly amounts: readonly number[]
  /** Other pictures of the label. */
  readonly rest: readonly RowId[]
  readonly distinct: number
  readonly purity: number
  /** Logarithm to base 10 of how rare so many in step are. */
  readonly surprise: number
  readonly height: number
  readonly byChance: number
}

const mostTiles = 24
const mostBeside = 12
const heatSide = 32

/** Waves of one label in mostly the same pictures belong together: gratings, squares and blocks are sums of waves. */
export function byWave(shared: readonly Shared[]): Shared[][] {
  const groups: Shared[][] = []
  for (const one of [...shared].sort((a, b) => b.wave.explains - a.wave.explains)) {
    const group = groups.find(([first]) => together(first!, one))
    if (!group) groups.push([one])
    else if (!group.some(other => samePlace(other, one))) group.push(one)
  }
  return groups
}

function together(a: Shared, b: Shared): boolean {
  if (a.candidate.label !== b.candidate.label) return false
  const members = new Set(a.pictures)
  const both = b.pictures.filter(picture => members.has(picture)).length
  return samePlace(a, b) || 2 * both >= Math.min(members.size, b.pictures.length)
}

/** A point beside a fitted wave adds nothing. */
function samePlace({ candidate: a }: Shared, { candidate: b }: Shared): boolean {
  const [ay, ax] = turnsOf(a.at)
  const [by, bx] = turnsOf(b.at)
  return Math.abs(ay - by) <= 3 && Math.abs(ax - bx) <= 3
}

/** Rows whose pictures the evidence shows. */
export const shownRows = ({ rows, rest }: Found): RowId[] => [...rows.slice(0, mostTiles), ...rest.slice(0, mostBeside)]

/** The waves in words, e.g. `6 periods across, 0 down`. */
export const saidOf = (waves: readonly Wave[]): string =>
  waves
    .slice(0, 3)
    .map(({ right, down }) => `${rounded(right / 2)} periods across and ${rounded(down / 2)} down`)
    .join('; ')

const rounded = (x: number): number => Math.round(4 * x) / 4 + 0

interface Shown {
  readonly parts: readonly Part[]
  readonly pictures: ReadonlyMap<RowId, PictureOf>
  readonly worst: number
}

/** What a person needs to see the wave. */
export function evidenceOf(found: Found, { parts, pictures, worst }: Shown): EvidenceOf<'pictures'> {
  const { label, rows, rest, amounts, waves } = found
  const tile = (row: RowId, score?: number) => {
    const seen = pictures.get(row)
    if (!seen) return []
    return [
      tileOf(
        seen.raster,
        { row, name: seen.name, label: seen.label, ...(score === undefined ? {} : { score }) },
        parts,
      ),
    ]
  }
  const name = `the wave, its height brought to the whole range: ${saidOf(waves)}`
  return {
    kind: 'pictures',
    shared: 'wave',
    label,
    rows: rows.length,
    agreeing: rows.length,
    from: [],
    trigger: tileOf(drawn(waves), { name }),
    heat: { width: heatSide + 1, height: heatSide + 1, values: heatOf(waves) },
    tiles: rows.slice(0, mostTiles).flatMap((row, k) => tile(row, amounts[k])),
    beside: rest.slice(0, mostBeside).flatMap(row => tile(row)),
    score: found.surprise,
    expected: worst,
  }
}

/** Poisoned pictures beside others of the label. */
export const figureOf = ({ label = '', tiles, beside }: EvidenceOf<'pictures'>): Figure => ({
  kind: 'sheet',
  title: `Pictures labelled "${label}" that carry a wave`,
  groups: [
    { name: 'with the wave', lit: true, tiles: tiles.slice(0, mostBeside) },
    { name: 'others', lit: false, tiles: beside.slice(0, mostBeside) },
  ],
})

/** The waves on grey, as high as they go. */
function drawn(waves: readonly Wave[]): Raster {
  const plane = new Float64Array(area)
  for (const { down, right, even, odd } of waves)
    for (let p = 0; p < area; p++)
      plane[p]! += even * waveAt(down, right, p, false) + odd * waveAt(down, right, p, true)
  const highest = plane.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9)
  const pixels = Uint8Array.from({ length: area * 3 }, (_, k) =>
    Math.round(127.5 + (127 * plane[Math.floor(k / 3)]!) / highest),
  )
  return resized({ width: side, height: side, pixels }, 3 * side, 3 * side)
}

/** Where the waves stand in the spectrum: the middle is no wave, a cell outwards one half period. */
function heatOf(waves: readonly Wave[]): number[] {
  const width = heatSide + 1
  const values = new Array<number>(width * width).fill(0)
  const highest = Math.max(...waves.map(({ explains }) => explains))
  for (const { down, right, explains } of waves)
    for (const sign of [1, -1]) {
      const x = Math.round(heatSide / 2 + (sign * right) / 2)
      const y = Math.round(heatSide / 2 + (sign * down) / 2)
      if (x >= 0 && y >= 0 && x < width && y < width)
        values[y * width + x] = Math.max(values[y * width + x]!, explains / highest)
    }
  return values
}
