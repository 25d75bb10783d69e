import { isLost, kinds, parts } from './arena.ts'
import type { Machine } from './machine.ts'
import type { PickleCall, PickleValue } from './value.ts'

/** Values that are made of one root, and letters of its long texts. */
const mostValues = 4_000_000
const mostText = 128 << 20
const longText = 200

type Entry = readonly [PickleValue, PickleValue]
type GrownItems = { kind: 'tuple' | 'list' | 'set' | 'frozenset'; items: PickleValue[]; more?: number }
type GrownDict = { kind: 'dict'; entries: Entry[]; more?: number }
type GrownCall = {
  -readonly [K in keyof PickleCall]: PickleCall[K]
}
type Grown = GrownItems | GrownDict | GrownCall | { kind: 'persistent'; id: PickleValue }

const named = ['list', 'tuple', 'dict', 'set', 'frozenset'] as const
const leftOut: PickleValue = { kind: 'opaque', why: 'left out' }

/**
 * Makes values of handles. An object is one value however often it is used, so that values may hold themselves; nothing
 * here recurses.
 */
export function builtBy(machine: Machine, handle: number, most = mostValues): PickleValue {
  const made = new Map<number, PickleValue>()
  const open: [number, Grown][] = []
  let left = most
  let text = mostText
  const constant = (at: number): PickleValue => {
    const known = made.get(at)
    if (known !== undefined) return known
    const fresh = text > 0 ? machine.constants.value(at) : leftOut
    if (typeof fresh !== 'string' || fresh.length < longText) return fresh
    text -= fresh.length
    made.set(at, fresh)
    return fresh
  }
  const value = (at: number): PickleValue => {
    if (at >= 0) return left-- > 0 ? constant(at) : leftOut
    const known = made.get(at)
    if (known !== undefined) return known
    const fresh = left-- > 0 ? shell(machine, at) : leftOut
    made.set(at, fresh)
    if (isGrown(fresh)) open.push([at, fresh])
    return fresh
  }
  const root = value(handle)
  for (let next = open.pop(); next; next = open.pop()) fill(machine, next[0], next[1], value)
  return root
}

const isGrown = (value: PickleValue): value is Grown =>
  typeof value === 'object' && value !== null && !['bytes', 'global', 'opaque'].includes(value.kind)

/** A value without what it holds. */
function shell({ arena }: Machine, handle: number): PickleValue {
  const kind = arena.kind(handle)
  if (kind === kinds.global) return arena.globals[arena.first(handle)]!
  if (kind === kinds.opaque) return { kind: 'opaque', why: arena.reasons[arena.first(handle)]! }
  if (kind === kinds.persistent) return { kind: 'persistent', id: null }
  if (kind === kinds.call) return { kind: 'call', callee: null, args: [] }
  if (isLost(handle)) return leftOut
  const more = arena.second(handle) > 0 ? { more: arena.second(handle) } : {}
  const name = named[kind]!
  return name === 'dict' ? { kind: name, entries: [], ...more } : { kind: name, items: [], ...more }
}

function fill({ arena }: Machine, at: number, grown: Grown, value: (handle: number) => PickleValue): void {
  const all = (part: number) => arena.items(at, part, Number.POSITIVE_INFINITY)
  const pairs = () => paired(all(parts.entries).map(value))
  if (grown.kind === 'persistent') grown.id = value(arena.first(at))
  else if (grown.kind === 'dict') for (const pair of pairs()) grown.entries.push(pair)
  else if (grown.kind !== 'call') for (const item of all(parts.items)) grown.items.push(value(item))
  else {
    grown.callee = value(arena.first(at))
    const args = arena.second(at)
    const plain = arena.kind(args) === kinds.tuple && !isLost(args)
    grown.args = (plain ? arena.items(args, parts.items, Number.POSITIVE_INFINITY) : [args]).map(value)
    const [states, keywords, items, entries] = [all(parts.state), all(parts.keywords), all(parts.items), pairs()]
    if (states.length > 0) grown.state = value(states.at(-1)!)
    if (keywords.length > 0) grown.keywords = value(keywords[0]!)
    if (items.length > 0) grown.items = items.map(value)
    if (entries.length > 0) grown.entries = entries
  }
}

function paired(values: readonly PickleValue[]): Entry[] {
  const pairs: Entry[] = []
  for (let k = 0; k < values.length; k += 2) pairs.push([values[k]!, values[k + 1] ?? null])
  return pairs
}
