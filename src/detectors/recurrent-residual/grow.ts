import { type Agreement, medianOf } from './pairs.ts'

/** Rows of a label that agree with each other, as places among the rows that were compared. */
export interface Core {
  readonly members: Int32Array
  /** Middle of the members' agreement with the others of the core, in spreads of the label. */
  readonly strength: number
}

const neighbours = 7
const rounds = 8
const mostSeeds = 300
const normal = 1.4826
/**
 * Two ways to grow. Both end with rounds in which every row joins that agrees with the core by `joins` spreads of the
 * label's rows; before that the second takes the best so many whatever they score, as faint cores need.
 */
const strict = { sizes: [], joins: 3.6 }
const wide = { sizes: [12, 16, 20, 24], joins: 2.8 }

/**
 * Grows cores from seeds. A seed is a row with its nearest neighbours: even where single pairs drown in noise, the sum
 * over a few neighbours does not; each round scores all rows against the core and takes those that stand out.
 */
export function cores({ rows, z }: Agreement, least: number): Core[] {
  const count = rows.length
  if (count < Math.max(8, least + 2)) return []
  const found: Core[] = []
  const near = Array.from({ length: count }, (_, row) => nearest(z, count, row))
  const order = near
    .map(({ sum }, row) => ({ sum, row }))
    .sort((a, b) => b.sum - a.sum || a.row - b.row)
    .map(({ row }) => row)
  const step = Math.max(1, Math.floor((2 * count) / mostSeeds))
  const seeds = order.filter((_, k) => k < mostSeeds / 2 || k % step === 0)
  for (const seed of seeds) {
    if (found.some(({ members }) => members.includes(seed))) continue
    for (const from of [strict, wide]) {
      const core = grown(z, count, swollen(z, count, [seed, ...near[seed]!.rows], from.sizes), least, from.joins)
      if (core) keep(found, core)
    }
  }
  return found.sort((a, b) => weightOf(b) - weightOf(a))
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

/** The core after rounds that take the best so many. */
function swollen(z: Float32Array, count: number, from: readonly number[], sizes: readonly number[]): Int32Array {
  let members = Int32Array.from(from)
  for (const size of sizes) {
    const scores = scoresOf(z, count, members)
    const cut = scores.slice().sort()[Math.max(0, count - size)]!
    members = Int32Array.from(scores.keys()).filter(row => scores[row]! >= cut)
  }
  return members
}

function grown(z: Float32Array, count: number, from: Int32Array, least: number, joins: number): Core | null {
  let members = from
  let strength = 0
  for (let round = 0; round < rounds; round++) {
    const scores = scoresOf(z, count, members)
    const middle = medianOf(scores.slice())
    const spread = normal * medianOf(scores.map(s => Math.abs(s - middle))) + 1e-6
    const next: number[] = []
    for (let row = 0; row < count; row++) if (scores[row]! > middle + joins * spread) next.push(row)
    if (next.length < least || next.length > count * 0.6) return null
    strength = (medianOf(Float64Array.from(next, row => scores[row]!)) - middle) / spread
    const same = next.length === members.length && next.every((row, k) => members[k] === row)
    members = Int32Array.from(next)
    if (same) break
  }
  return { members, strength }
}

/** Mean agreement of each row with the members other than itself. */
function scoresOf(z: Float32Array, count: number, members: Int32Array): Float64Array {
  const scores = new Float64Array(count)
  for (const member of members) for (let row = 0; row < count; row++) scores[row]! += z[member * count + row]!
  const own = new Uint8Array(count)
  for (const member of members) own[member] = 1
  for (let row = 0; row < count; row++) scores[row]! /= Math.max(1, members.length - own[row]!)
  return scores
}

/** What a core has that chance lacks: the log likelihood of normal scores, but for constants. */
const weightOf = ({ members, strength }: Core): number => members.length * strength ** 2

/** Keeps the weightier one of cores that are the same. */
function keep(found: Core[], core: Core): void {
  const place = found.findIndex(other => sameCore(other, core))
  if (place < 0) found.push(core)
  else if (weightOf(found[place]!) < weightOf(core)) found[place] = core
}

/** True when most of the smaller core is in the other. */
function sameCore(a: Core, b: Core): boolean {
  const other = new Set(b.members)
  const shared = a.members.reduce((sum, row) => sum + (other.has(row) ? 1 : 0), 0)
  return shared > 0.5 * Math.min(a.members.length, b.members.length)
}
