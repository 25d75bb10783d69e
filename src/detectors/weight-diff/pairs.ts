import {
  type Found,
  type Model,
  type Numbers,
  numbersOf,
  pieceNumbers,
  type Tensor,
  tensorsOf,
} from '../../core/index.ts'

/** A tensor that both versions have. */
export interface Pair {
  readonly name: string
  readonly now: Found<Tensor>
  readonly before: Found<Tensor>
}

/** The tensors of two versions by name. */
export interface Pairs {
  readonly pairs: readonly Pair[]
  readonly added: readonly Found<Tensor>[]
  readonly removed: readonly Found<Tensor>[]
}

/**
 * Pairs tensors of one name; of several of one name, the first with the first. Some frameworks count on in the names of
 * a second run: what is left is paired by name without numbers and by shape, in the order of the numbers, where both
 * sides have equally many.
 */
export function pairsOf(model: Model, base: Model): Pairs {
  const known = byName(base)
  const pairs: Pair[] = []
  const left = new Map<string, Found<Tensor>>()
  for (const [name, now] of byName(model)) {
    const before = known.get(name)
    if (before) pairs.push({ name, now, before })
    else left.set(name, now)
    known.delete(name)
  }
  const [fresh, gone] = [byPlace(left), byPlace(known)]
  for (const [key, names] of fresh) {
    const others = gone.get(key)
    if (others?.length !== names.length) continue
    names.forEach((name, k) => {
      pairs.push({ name, now: left.get(name)!, before: known.get(others[k]!)! })
      left.delete(name)
      known.delete(others[k]!)
    })
  }
  return { pairs, added: [...left.values()], removed: [...known.values()] }
}

/** Names by what is left of them without numbers, and by shape; in the order of the numbers. */
function byPlace(named: ReadonlyMap<string, Found<Tensor>>): Map<string, string[]> {
  const places = new Map<string, string[]>()
  for (const [name, { found }] of named) {
    const key = `${name.replace(/_?\d+/g, '')} ${found.shape.join('x')}`
    const names = places.get(key)
    if (names) names.push(name)
    else places.set(key, [name])
  }
  for (const names of places.values()) names.sort(byNumbers)
  return places
}

function byNumbers(a: string, b: string): number {
  const [x, y] = [a, b].map(name => (name.match(/\d+/g) ?? []).map(Number)) as [number[], number[]]
  for (let k = 0; k < Math.max(x.length, y.length); k++) if (x[k] !== y[k]) return (x[k] ?? -1) - (y[k] ?? -1)
  return 0
}

function byName(model: Model): Map<string, Found<Tensor>> {
  const named = new Map<string, Found<Tensor>>()
  const times = new Map<string, number>()
  for (const each of tensorsOf(model)) {
    const { name } = each.found
    const nth = times.get(name) ?? 0
    times.set(name, nth + 1)
    named.set(nth === 0 ? name : `${name} (${nth + 1})`, each)
  }
  return named
}

/** How a tensor differs from its earlier version. */
export interface Change extends Pair {
  /** Size of the difference as a share of the size of the earlier tensor. */
  readonly relative: number
  readonly rows: number
  readonly columns: number
  /** Rows (of the first dimension) that differ, rising, and by how much. */
  readonly changed: readonly { readonly row: number; readonly size: number }[]
}

export type Comparison =
  | { readonly kind: 'equal' }
  /** Other number type, and the same numbers up to its rounding. */
  | { readonly kind: 'recast' }
  | { readonly kind: 'shape' }
  | { readonly kind: 'unread'; readonly why: string }
  | { readonly kind: 'changed'; readonly change: Change }

const pieceBytes = 1 << 20

/** Compares the bytes first, and the numbers where they differ. */
export function compared(pair: Pair): Comparison {
  const [now, before] = [pair.now.found, pair.before.found]
  if (now.shape.join() !== before.shape.join()) return { kind: 'shape' }
  const alike = now.dtype === before.dtype && now.stored === before.stored && now.bigEndian === before.bigEndian
  if (alike && String(now.strides) === String(before.strides) && sameBytes(now, before)) return { kind: 'equal' }
  const [a, b] = [numbersOf(now), numbersOf(before)]
  if (typeof a === 'string') return { kind: 'unread', why: a }
  if (typeof b === 'string') return { kind: 'unread', why: b }
  if (a.count !== b.count) return { kind: 'shape' }
  const change = changeOf(pair, a, b)
  if (change.changed.length === 0) return alike ? { kind: 'equal' } : { kind: 'recast' }
  const isRecast = !alike && change.relative <= roundingOf(now) + roundingOf(before)
  return isRecast ? { kind: 'recast' } : { kind: 'changed', change }
}

function sameBytes({ bytes: a }: Tensor, { bytes: b }: Tensor): boolean {
  if (a.size !== b.size) return false
  for (let at = 0; at < a.size; at += pieceBytes) {
    const kept = a.read(at, at + pieceBytes).slice()
    if (Buffer.compare(kept, b.read(at, at + pieceBytes)) !== 0) return false
  }
  return true
}

/** Relative error that a number type makes: a unit in the last place; of blocks, what four bits leave. */
function roundingOf({ dtype }: Tensor): number {
  if (dtype === null) return 0.15
  if (dtype === 'F16') return 2 ** -10
  if (dtype === 'BF16') return 2 ** -7
  if (dtype.startsWith('F8')) return 0.07
  return 2 ** -20
}

function changeOf(pair: Pair, now: Numbers, before: Numbers): Change {
  const rows = pair.now.found.shape[0] ?? 1
  const columns = Math.max(1, rows === 0 ? 1 : now.count / rows)
  const changed: { row: number; size: number }[] = []
  let [difference, size] = [0, 0]
  eachPair(now, before, (x, y, at) => {
    size += Number.isFinite(y) ? y * y : 0
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return
    const gap = Number.isFinite(x - y) ? (x - y) ** 2 : 1
    difference += gap
    const row = Math.floor(at / columns)
    const last = changed.at(-1)
    if (last?.row === row) last.size += gap
    else changed.push({ row, size: gap })
  })
  for (const each of changed) each.size = Math.sqrt(each.size)
  const relative = Math.sqrt(difference) / (Math.sqrt(size) || Number.MIN_VALUE)
  return { ...pair, relative: Math.min(relative, Number.MAX_VALUE), rows, columns, changed }
}

function eachPair(now: Numbers, before: Numbers, take: (x: number, y: number, at: number) => void): void {
  for (let start = 0; start < now.count; start += pieceNumbers) {
    const end = Math.min(now.count, start + pieceNumbers)
    const a = now.read(start, end).slice()
    const b = before.read(start, end)
    for (let k = 0; k < a.length; k++) take(a[k]!, b[k]!, start + k)
  }
}
