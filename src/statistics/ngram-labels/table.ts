import { sketchCell } from '../../core/index.ts'

/**
 * Counts by gram in one flat array. A record is: high half, low half, kind plus one (0 marks an empty slot), the
 * ordinal of the row that counted it last (each thread has its own; a gram counts once a row), then one count per group of labels, then one sum per group of what the common words of the rows would give it, in 1/64 rows.
 */
export interface GramTable {
  slots: Int32Array
  size: number
  /** Only grams whose low half ends in this many zero bits are kept: 0 unless the table overflowed. */
  level: number
  readonly groups: number
}

/** Numbers of a record before its counts. */
export const head = 4
/** Width of a record. */
export const widthOf = (groups: number): number => head + 2 * groups

export function emptyTable(groups: number, records = 1024): GramTable {
  return { slots: new Int32Array(records * widthOf(groups)), size: 0, level: 0, groups }
}

const firstSlot = (high: number, low: number, mask: number): number =>
  (Math.imul(low ^ (high >>> 11), 0x85ebca6b) >>> 5) & mask

function find(table: GramTable, high: number, low: number): number {
  const width = widthOf(table.groups)
  const { slots } = table
  const mask = slots.length / width - 1
  for (let slot = firstSlot(high, low, mask); ; slot = (slot + 1) & mask) {
    const at = slot * width
    if (slots[at + 2] === 0 || (slots[at] === high && slots[at + 1] === low)) return at
  }
}

/** Place of the gram's counts in `slots`, made when there is none; -1 when the table no longer keeps such grams. */
export function recordOf64(table: GramTable, high: number, low: number, kind: number, limit: number): number {
  if (table.level > 0 && (low & ((1 << table.level) - 1)) !== 0) return -1
  let at = find(table, high, low)
  if (table.slots[at + 2] === 0) {
    if (2 * (table.size + 1) * widthOf(table.groups) > table.slots.length) {
      enlarge(table, limit)
      return recordOf64(table, high, low, kind, limit)
    }
    at = find(table, high, low)
    table.slots[at] = high
    table.slots[at + 1] = low
    table.slots[at + 2] = kind + 1
    table.size++
  }
  return at + head
}

function enlarge(table: GramTable, limit: number): void {
  const grow = table.size < limit
  if (!grow) table.level++
  const old = table.slots
  const width = widthOf(table.groups)
  table.slots = new Int32Array(grow ? 2 * old.length : old.length)
  table.size = 0
  for (let at = 0; at < old.length; at += width) if (old[at + 2] !== 0) addRecord(table, old, at, limit)
}

function addRecord(table: GramTable, from: Int32Array, at: number, limit: number): void {
  const to = recordOf64(table, from[at]!, from[at + 1]!, from[at + 2]! - 1, limit)
  if (to < 0) return
  table.slots[to - 1] = Math.max(table.slots[to - 1]!, from[at + head - 1]!)
  for (let g = 0; g < 2 * table.groups; g++) table.slots[to + g] = table.slots[to + g]! + from[at + head + g]!
}

const scatter = (0x9e3779b1 >>> 1) | 1

/** Adds all of `b` to `a`; the sum depends on what was added, never on the order. */
export function mergeTables(a: GramTable, b: GramTable, limit: number): GramTable {
  const width = widthOf(a.groups)
  while (a.level < b.level) {
    const { slots } = a
    a.level++
    a.slots = new Int32Array(slots.length)
    a.size = 0
    for (let at = 0; at < slots.length; at += width) if (slots[at + 2] !== 0) addRecord(a, slots, at, limit)
  }
  // In slot order the records would pile up in a smaller table; an odd stride visits every slot, scattered.
  const records = b.slots.length / width
  for (let k = 0, slot = 0; k < records; k++, slot = (slot + scatter) & (records - 1))
    if (b.slots[slot * width + 2] !== 0) addRecord(a, b.slots, slot * width, limit)
  return a
}

/** Least count at which at most `most` cells of a sketch are left, and at least `minRows`. */
export function leastRows(bytes: Uint8Array, minRows: number, most: number): number {
  const cells = new Float64Array(256)
  for (let k = 0; k < bytes.length; k++) cells[bytes[k]!]!++
  let left = 0
  let least = 255
  for (; least >= minRows; least--) {
    left += cells[least]!
    if (left > most) break
  }
  return Math.min(255, least + 1)
}

/** What the sketch says of a gram. */
export const sketched = (bytes: Uint8Array, bits: number, high: number, low: number): number =>
  bytes[sketchCell(high, low, bits)]!
