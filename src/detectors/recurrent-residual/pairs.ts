import { type ByteRows, eachDot, medianOf } from '../../core/index.ts'
import type { Standard } from './standard.ts'

/** How much more every two of some rows agree than pictures that look so alike do: `z[a * count + b]` in spreads. */
export interface Agreement {
  readonly rows: Int32Array
  readonly z: Float32Array
}

/** Rows whose agreement tells what is usual for one row. */
const usualRows = 200
/** Bands of likeness that have a crowd of their own, and pairs that tell it. */
const bands = 24
const bandPairs = 4000
const normal = 1.4826
/** More than this from one view is certain enough. */
const mostZ = 15

/**
 * Agreement of every two of the chosen rows over all views, each view standardised by what is usual for both rows and
 * then by what is usual for pictures that look as alike: near-copies agree, and that alone accuses nobody.
 */
export function agreement(views: readonly Standard[], looks: Standard, rows: Int32Array): Agreement {
  const count = rows.length
  const alike = cosines(looks, rows)
  const z = new Float32Array(count * count)
  for (const view of views) {
    const one = cosines(view, rows)
    center(one, count)
    byLikeness(one, alike, count)
    for (let k = 0; k < z.length; k++) z[k]! += clipped(one[k]!) / Math.SQRT2
  }
  return { rows, z }
}

const clipped = (value: number) => Math.max(-mostZ, Math.min(mostZ, value))

function cosines(from: ByteRows & { readonly lengths: Float64Array }, rows: Int32Array): Float32Array {
  const count = rows.length
  const out = new Float32Array(count * count)
  const scale = Float64Array.from(rows, row => 1 / from.lengths[row]!)
  eachDot(from, rows, (one, first, dots) => {
    for (let k = 0; k < dots.length; k++) {
      const value = dots[k]! * scale[one]! * scale[first + k]!
      out[one * count + first + k] = value
      out[(first + k) * count + one] = value
    }
  })
  return out
}

/** Less what is usual for both rows, over the spread usual for both. */
function center(z: Float32Array, count: number): void {
  const step = Math.max(1, Math.floor(count / usualRows))
  const some = Array.from({ length: Math.floor(count / step) }, (_, k) => k * step)
  const middle = new Float64Array(count)
  for (let a = 0; a < count; a++)
    middle[a] = medianOf(
      Float64Array.from(
        some.filter(b => b !== a),
        b => z[a * count + b]!,
      ),
    )
  const all = medianOf(middle.slice())
  const scale = new Float64Array(count)
  for (let a = 0; a < count; a++) {
    const off = some.filter(b => b !== a).map(b => Math.abs(z[a * count + b]! - middle[a]! - middle[b]! + all))
    scale[a] = 1 / Math.sqrt(normal * medianOf(Float64Array.from(off)) + 1e-6)
  }
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) {
      const k = a * count + b
      z[k] = a === b ? 0 : (z[k]! - middle[a]! - middle[b]! + all) * scale[a]! * scale[b]!
    }
}

const bandOf = (alike: number) => Math.max(0, Math.min(bands - 1, Math.floor(((alike + 0.2) / 1.2) * bands)))

/** Less what is usual for pairs that look so alike, over their spread where it is wider than usual. */
function byLikeness(z: Float32Array, alike: Float32Array, count: number): void {
  const kept: number[][] = Array.from({ length: bands }, () => [])
  const pairs = (count * (count - 1)) / 2
  const step = Math.max(1, Math.floor(pairs / (bands * bandPairs)))
  let nth = 0
  for (let a = 0; a < count; a++)
    for (let b = 0; b < a; b++) {
      const band = kept[bandOf(alike[a * count + b]!)]!
      // Rare bands keep every pair, common ones some.
      if (nth++ % step === 0 || band.length < bandPairs / 8) band.push(z[a * count + b]!)
    }
  const usual = kept.map(values => medianOf(Float64Array.from(values)))
  const spread = kept.map((values, k) => normal * medianOf(Float64Array.from(values, v => Math.abs(v - usual[k]!))))
  for (let k = 1; k < bands; k++) {
    if (kept[k]!.length >= 30) continue
    usual[k] = usual[k - 1]!
    spread[k] = spread[k - 1]!
  }
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) {
      if (a === b) continue
      const band = bandOf(alike[a * count + b]!)
      z[a * count + b] = (z[a * count + b]! - Math.max(0, usual[band]!)) / Math.max(1, spread[band]!)
    }
}
