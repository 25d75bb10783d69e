import {
  blank,
  cropped,
  type EvidenceOf,
  type Part,
  type Raster,
  type RowId,
  resized,
  type Tile,
  tileOf,
} from '../../core/index.ts'
import type { LocalPatches, PictureOf } from '../../statistics/index.ts'
import type { Campaign, Member } from './campaign.ts'
import type { Surprise } from './surprise.ts'

const mostTiles = 24
const mostBeside = 12
/** The recovered patch: members averaged, and its side in pixels. */
const mostAveraged = 200
const patchSide = 48
/** The telling square lies inside the sticker: this much more of its side shows the edges too. */
const around = 1.7
const heatSide = 16

export interface Shown {
  readonly patches: LocalPatches
  readonly surprise: Surprise
  readonly pictures: ReadonlyMap<RowId, PictureOf>
  readonly labels: readonly string[]
  readonly parts: readonly Part[]
}

/** Members whose pictures are wanted for people and for the mean. */
export const wantedOf = ({ members }: Campaign): readonly Member[] => members.slice(0, mostAveraged)

/** Pictures of the label beside the members: others of its rows, evenly. */
export function besideOf({ label, members }: Campaign, surprise: Surprise): number[] {
  const own = new Set(members.map(m => m.picture))
  const rest: number[] = []
  for (let i = 0; i < surprise.pictures; i++) if (surprise.label[i] === label && !own.has(i)) rest.push(i)
  const count = Math.min(mostBeside, rest.length)
  return Array.from({ length: count }, (_, k) => rest[Math.floor((k * rest.length) / count)]!)
}

/** What a person needs to see of a campaign. */
export function evidenceOf(campaign: Campaign, shown: Shown, expected: number): EvidenceOf<'pictures'> {
  const { surprise, labels } = shown
  const tiles = campaign.members.slice(0, mostTiles).flatMap(m => tileOfMember(m, shown))
  const trigger = recovered(campaign, shown)
  return {
    kind: 'pictures',
    shared: 'patch',
    label: labels[campaign.label]!,
    rows: campaign.holding,
    agreeing: campaign.agreeing,
    from: looksOf(campaign, surprise, labels),
    ...(trigger ? { trigger } : {}),
    heat: heatOf(campaign),
    tiles,
    beside: besideOf(campaign, surprise).flatMap(i => plainTile(i, shown)),
    score: -campaign.logChance / Math.LN10,
    expected,
  }
}

/** What the members look like, by falling number; but for their label, where the looks have learnt the patch. */
export function looksOf({ like, members }: Campaign, { look, second }: Surprise, labels: readonly string[]) {
  const counts = new Map<number, number>()
  for (const { picture } of members) {
    const seen = like >= 0 && second[picture] === like ? like : look[picture]!
    counts.set(seen, (counts.get(seen) ?? 0) + 1)
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 64)
    .map(([c, rows]) => ({ label: labels[c]!, rows }))
}

/** From which looks to which label the campaigns lead. */
export const flowOf = (campaigns: readonly Campaign[], surprise: Surprise, labels: readonly string[]) => ({
  kind: 'flow' as const,
  title: 'Pictures with a repeated patch',
  from: 'looks like',
  to: 'is labelled',
  flows: campaigns
    .flatMap(c =>
      looksOf(c, surprise, labels).map(({ label, rows }) => ({
        from: label,
        to: labels[c.label]!,
        rows,
        lit: label !== labels[c.label],
      })),
    )
    .slice(0, 200),
})

/** Left, top, width and height of the patch and a little around it, in shares of the sides. */
function boxOf({ at }: Member, { width, height }: Raster): [number, number, number, number] {
  const [x, y] = [at[0] / 255, at[1] / 255]
  const side = (around * at[2] * Math.sqrt(width * height)) / 255
  const [w, h] = [Math.min(1, side / width), Math.min(1, side / height)]
  const within = (centre: number, size: number) => Math.max(0, Math.min(1 - size, centre - size / 2))
  return [within(x, w), within(y, h), w, h]
}

function tileOfMember(member: Member, { patches, pictures, parts }: Shown): Tile[] {
  const { picture, distance } = member
  const row = patches.rows[picture]!
  const found = pictures.get(row)
  if (!found) return []
  const box = boxOf(member, found.raster)
  return [tileOf(found.raster, { row, name: found.name, label: found.label, score: Math.round(distance), box }, parts)]
}

function plainTile(picture: number, { patches, pictures, parts }: Shown): Tile[] {
  const row = patches.rows[picture]!
  const found = pictures.get(row)
  return found ? [tileOf(found.raster, { row, name: found.name, label: found.label }, parts)] : []
}

/** The mean of the members' patches, each brought to one size. */
function recovered(campaign: Campaign, { patches, pictures }: Shown): Tile | null {
  const sums = new Float64Array(patchSide * patchSide * 3)
  let count = 0
  for (const member of wantedOf(campaign)) {
    const raster = pictures.get(patches.rows[member.picture]!)?.raster
    if (!raster) continue
    const [x, y, w, h] = boxOf(member, raster)
    const cut = cropped(
      raster,
      Math.round(x * raster.width),
      Math.round(y * raster.height),
      Math.max(1, Math.round(w * raster.width)),
      Math.max(1, Math.round(h * raster.height)),
    )
    if (!cut) continue
    const { pixels } = resized(cut, patchSide, patchSide)
    for (let p = 0; p < sums.length; p++) sums[p]! += pixels[p]!
    count++
  }
  if (count === 0) return null
  const mean = blank(patchSide, patchSide)
  for (let p = 0; p < sums.length; p++) mean.pixels[p] = sums[p]! / count + 0.5
  return tileOf(mean, { name: `mean of ${count} patches` })
}

function heatOf({ members }: Campaign) {
  const values = new Array<number>(heatSide * heatSide).fill(0)
  const cell = (at: number) => Math.min(heatSide - 1, Math.floor((at * heatSide) / 256))
  for (const { at } of members) values[cell(at[1]) * heatSide + cell(at[0])]!++
  const top = Math.max(1, ...values)
  return { width: heatSide, height: heatSide, values: values.map(v => v / top) }
}
