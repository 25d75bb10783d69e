import { type EvidenceOf, type Part, type Raster, type RowId, type Tile, tileOf } from '../../core/index.ts'
import type { PicturesOf, Thumbnails } from '../../statistics/index.ts'
import { nearestLooks } from './beside.ts'
import type { Campaign } from './campaign.ts'
import type { Ground } from './ground.ts'
import type { Recovered } from './recover.ts'
import { side } from './views.ts'

const mostTiles = 24
const mostBeside = 12
const mostTold = 200
const enlarged = 96

/** How many accused pictures look most like which label. */
export type From = readonly { readonly label: string; readonly rows: number }[]

/** What accused pictures show, by the label of most of the pictures that look most like each. */
export function origins(ground: Ground, thumbnails: Thumbnails, campaign: Campaign): From {
  const accused = new Set(campaign.rows)
  const counts = new Map<string, number>()
  const told = campaign.rows.slice(0, mostTold)
  for (const row of told) {
    const votes = new Map<string, number>()
    for (const other of nearestLooks(ground, row, 5, accused)) {
      const name = thumbnails.labels[thumbnails.label[other]!] ?? ''
      votes.set(name, (votes.get(name) ?? 0) + 1)
    }
    const best = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]
    if (best) counts.set(best[0], (counts.get(best[0]) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 64)
    .map(([label, rows]) => ({ label, rows: Math.round((rows * campaign.rows.length) / told.length) }))
}

/** Rows of one campaign whose pictures a report shows: accused ones, and others of the label. */
export function shownRows(thumbnails: Thumbnails, { rows, label }: Campaign): { accused: RowId[]; beside: RowId[] } {
  const own = new Set(rows)
  const others = [...thumbnails.label.keys()].filter(row => thumbnails.label[row] === label && !own.has(row))
  const step = Math.max(1, Math.floor(others.length / mostBeside))
  const name = (row: number): RowId => thumbnails.rows[row]!
  return {
    accused: rows.slice(0, mostTiles).map(name),
    beside: others
      .filter((_, k) => k % step === 0)
      .slice(0, mostBeside)
      .map(name),
  }
}

/** All that the evidence is made of. */
export interface Told {
  readonly campaign: Campaign
  readonly recovered: Recovered
  readonly from: From
  readonly accused: readonly RowId[]
  readonly beside: readonly RowId[]
}

const large = (raster: Raster): Raster => {
  const times = enlarged / side
  const pixels = new Uint8Array(enlarged * enlarged * 3)
  for (let p = 0; p < enlarged * enlarged; p++) {
    const from = Math.floor(Math.floor(p / enlarged) / times) * side + Math.floor((p % enlarged) / times)
    pixels.set(raster.pixels.subarray(from * 3, from * 3 + 3), p * 3)
  }
  return { width: enlarged, height: enlarged, pixels }
}

/** The evidence of one campaign. */
export function evidenceOf(
  { campaign, recovered, from, accused, beside }: Told,
  { labels }: Thumbnails,
  { pictures }: PicturesOf,
  parts: readonly Part[],
  expected: number,
): EvidenceOf<'pictures'> {
  const label = labels[campaign.label]
  const tiles = (rows: readonly RowId[], scores?: readonly number[]): Tile[] =>
    rows.flatMap((row, k) => {
      const found = pictures.get(row)
      if (!found) return []
      const { name, raster } = found
      const score = scores?.[k]
      const box = scores && recovered.box
      return tileOf(
        raster,
        { row, name, label: found.label, ...(score === undefined ? {} : { score }), ...(box ? { box } : {}) },
        parts,
      )
    })
  return {
    kind: 'pictures',
    shared: recovered.shared,
    ...(label === undefined ? {} : { label }),
    rows: campaign.rows.length + campaign.elsewhere.length,
    agreeing: campaign.rows.length,
    from: [...from],
    trigger: tileOf(large(recovered.pattern), { name: 'what they share' }),
    mask: tileOf(large(recovered.mask), { name: 'where they agree' }),
    heat: { width: side, height: side, values: [...recovered.heat] },
    tiles: tiles(accused, campaign.scores),
    beside: tiles(beside),
    score: campaign.strength,
    expected,
  }
}
