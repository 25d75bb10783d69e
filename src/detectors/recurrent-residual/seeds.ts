import type { PictureClasses } from '../../core/index.ts'
import type { Agreement } from './pairs.ts'

/** Some rows of a label with which a search begins. */
export type Seed = readonly number[]

const neighbours = 7
const mostPairSeeds = 10
/** The first few seeds of a label are tried whatever they say, the others when their pairs agree by so many spreads. */
const alwaysTried = 2
const tells = 3
/** A picture is taken for another class when its own is so unlikely. */
const unlike = 0.1
/** A group of pictures of another class may be at most this share of a label: more is what the label means. */
const mostShare = 0.8

/** Rows with those that agree with them most, the surest first, each row in one seed. */
export function pairSeeds({ rows, z }: Agreement, least: number): Seed[] {
  const count = rows.length
  const near = Array.from({ length: count }, (_, row) => nearest(z, count, row))
  const order = near.map(({ sum }, row) => ({ sum, row })).sort((a, b) => b.sum - a.sum || a.row - b.row)
  const taken = new Set<number>()
  const seeds: Seed[] = []
  for (const { row, sum } of order) {
    if (seeds.length === mostPairSeeds || (seeds.length >= alwaysTried && sum < tells * neighbours)) break
    if (taken.has(row)) continue
    const own = [row, ...near[row]!.rows]
    for (const each of own) taken.add(each)
    if (own.length >= least) seeds.push(own.map(k => rows[k]!))
  }
  return seeds
}

function nearest(z: Float32Array, count: number, row: number): { readonly rows: number[]; readonly sum: number } {
  const rows: number[] = []
  for (let other = 0; other < count; other++) {
    const value = z[row * count + other]!
    if (other === row || (rows.length === neighbours && value <= z[row * count + rows.at(-1)!]!)) continue
    let place = rows.length
    while (place > 0 && z[row * count + rows[place - 1]!]! < value) place--
    rows.splice(place, 0, other)
    if (rows.length > neighbours) rows.pop()
  }
  return { rows, sum: rows.reduce((sum, other) => sum + z[row * count + other]!, 0) }
}

/** Rows of a label that look like others: all of them, and those of each class that they look like. */
export function classSeeds(
  { classes, probability }: PictureClasses,
  label: number,
  rows: Int32Array,
  least: number,
): Seed[] {
  if (label < 0 || label >= classes) return []
  const groups = new Map<number, number[]>()
  const all: number[] = []
  for (const row of rows) {
    const own = probability.subarray(row * classes, (row + 1) * classes)
    if (own[label]! > unlike) continue
    let like = 0
    for (let c = 1; c < classes; c++) if (own[c]! > own[like]!) like = c
    if (like === label) continue
    all.push(row)
    const group = groups.get(like)
    if (group) group.push(row)
    else groups.set(like, [row])
  }
  const most = Math.max(least, mostShare * rows.length)
  const largest = [...groups.values()].sort((a, b) => b.length - a.length).slice(0, 3)
  return [...largest, ...(largest.length > 1 ? [all] : [])].filter(({ length }) => length >= least && length <= most)
}
