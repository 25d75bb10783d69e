/**
 * Open-addressed set of 64-bit keys that remembers which came twice. The lowest bit of the high half is that mark, so
 * a key costs eight bytes. Keys whose low half does not end in `level` zero bits are ignored.
 */
export interface KeyTable {
  /** Interleaved high and low halves; both zero marks an empty slot. */
  slots: Int32Array
  size: number
  level: number
}

export const emptyKeys = (): KeyTable => ({ slots: new Int32Array(2 * 4096), size: 0, level: 0 })

/** Adds a key. `mark` is 1 when it is already known to be shared. */
export function add64(table: KeyTable, high: number, low: number, mark: number, limit: number): void {
  if (table.level > 0 && (low & ((1 << table.level) - 1)) !== 0) return
  const known = high & ~1
  const place = find(table.slots, known, low)
  const { slots } = table
  if (slots[place] !== 0 || slots[place + 1] !== 0) {
    slots[place]! |= 1
    return
  }
  slots[place] = known | mark
  slots[place + 1] = low
  table.size++
  if (table.size > limit) shrink(table, limit)
  else if (table.size * 4 > (slots.length / 2) * 3) rebuild(table, slots.length * 2)
}

function find(slots: Int32Array, known: number, low: number): number {
  const mask = slots.length / 2 - 1
  let slot = (Math.imul(known ^ (low >>> 9), 0x9e3779b1) >>> 4) & mask
  for (;;) {
    const high = slots[2 * slot]!
    const l = slots[2 * slot + 1]!
    if ((high === 0 && l === 0) || (l === low && (high & ~1) === known)) return 2 * slot
    slot = (slot + 1) & mask
  }
}

/** Watches half as many keys, until they fit. */
function shrink(table: KeyTable, limit: number): void {
  while (table.size > limit) {
    table.level++
    rebuild(table, table.slots.length)
  }
}

function rebuild(table: KeyTable, length: number): void {
  const old = table.slots
  const mask = (1 << table.level) - 1
  const slots = new Int32Array(length)
  let size = 0
  for (let k = 0; k < old.length; k += 2) {
    const high = old[k]!
    const low = old[k + 1]!
    if ((high === 0 && low === 0) || (low & mask) !== 0) continue
    const place = find(slots, high & ~1, low)
    slots[place] = high
    slots[place + 1] = low
    size++
  }
  table.slots = slots
  table.size = size
}

/** Adds all of `from` to `into`; the result depends on what was added, never on the order. */
export function mergeKeys(into: KeyTable, from: KeyTable, limit: number): void {
  if (from.level > into.level) {
    into.level = from.level
    rebuild(into, into.slots.length)
  }
  let length = into.slots.length
  while (Math.min(limit, into.size + from.size) * 4 > (length / 2) * 3) length *= 2
  if (length > into.slots.length) rebuild(into, length)
  const { slots } = from
  const mask = slots.length / 2 - 1
  // A table at least as large is then filled from its start to its end, which memory does fastest. In a smaller one the
  // keys would pile up in one region, for it hashes them alike.
  const step = into.slots.length >= slots.length ? 1 : 0x9e3779b1
  for (let i = 0; i <= mask; i++) {
    const k = 2 * (Math.imul(i, step) & mask)
    const high = slots[k]!
    const low = slots[k + 1]!
    if (high !== 0 || low !== 0) add64(into, high, low, high & 1, limit)
  }
}

/** The marked keys, ascending, mark removed. */
export function sharedOf(table: KeyTable): BigUint64Array {
  const { slots } = table
  let n = 0
  for (let k = 0; k < slots.length; k += 2) n += slots[k]! & 1
  const halves = new Uint32Array(2 * n)
  let at = 0
  for (let k = 0; k < slots.length; k += 2) {
    if ((slots[k]! & 1) === 0) continue
    halves[at++] = slots[k + 1]!
    halves[at++] = slots[k]! & ~1
  }
  return new BigUint64Array(halves.buffer).sort()
}
