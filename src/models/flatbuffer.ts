import type { Bytes, Examiner, Range } from '../core/index.ts'
import { gapsIn, spansOf } from '../core/index.ts'
import { Cursor, Malformed, utf8 } from './cursor.ts'

/**
 * Tables by name, their fields by slot as `name type`; empty for slots that are no longer used. A type is a number
 * (`u8` to `f64`, `bool`), `string`, a table, a list of those in brackets, or `union Name`, whose kind is in the slot
 * before it. Unions by name: the tables by their kind.
 */
export interface FlatSchema {
  readonly tables: Readonly<Record<string, readonly string[]>>
  readonly unions: Readonly<Record<string, readonly string[]>>
}

/** The value of a field: where it stands, and what is known of it. */
export interface FlatValue {
  readonly type: string
  readonly start: number
  readonly end: number
  /** Of a number. */
  readonly number?: number
  /** Of a list. */
  readonly count?: number
  /** Of a table, and of a list of tables. */
  readonly tables?: readonly FlatTable[]
  /** Of a list of texts: where each stands. */
  readonly texts?: readonly Range[]
}

/** A table: its fields that are there. */
export interface FlatTable {
  readonly type: string
  readonly at: number
  readonly fields: Map<string, FlatValue>
}

/** What was read; `trouble` says why not all of it. */
export interface ReadFlat {
  readonly root: FlatTable
  /** Bytes that belong to tables, lists and texts. */
  readonly ranges: readonly Range[]
  readonly trouble?: Malformed
}

const widths: Readonly<Record<string, number>> = {
  bool: 1,
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  u64: 8,
  i64: 8,
  f64: 8,
}
/** Tables, and entries of all lists of tables and texts, held at once. */
const mostTables = 1_000_000
const mostEntries = 4_000_000
/** A file in which so many tables are broken is none. */
const mostTroubles = 100
/** Gaps between tables are zeros up to the next place that suits the numbers behind them. */
const mostPadding = 64

/** Reads the tables from a root on, without recursion; each once, however often it is referred to. */
export function readFlat(bytes: Bytes, schema: FlatSchema, type: string, rootAt = 0): ReadFlat {
  const reader = new FlatReader(bytes, schema)
  const trouble = reader.read(type, rootAt)
  return { root: reader.root, ranges: reader.ranges, ...(trouble ? { trouble } : {}) }
}

class FlatReader {
  root: FlatTable = { type: '', at: 0, fields: new Map() }
  readonly ranges: Range[] = []
  private readonly cursor: Cursor
  private readonly schema: FlatSchema
  private readonly known = new Map<string, FlatTable>()
  private readonly open: FlatTable[] = []
  private readonly parsed = new Map<string, readonly (readonly [name: string, type: string, of: string])[]>()
  private entries = 0

  constructor(bytes: Bytes, schema: FlatSchema) {
    this.cursor = new Cursor(bytes, 0, true, 4096)
    this.schema = schema
  }

  read(type: string, rootAt: number): Malformed | undefined {
    let trouble: Malformed | undefined
    let troubles = 0
    const tried = (step: () => void) => {
      try {
        step()
      } catch (reason) {
        if (!(reason instanceof Malformed)) throw reason
        trouble ??= reason
        troubles++
      }
    }
    tried(() => {
      this.root = this.table(type, this.follow(rootAt))
    })
    // A table that is broken does not hide those beside it.
    for (let next = this.open.pop(); next; next = this.open.pop()) {
      const table = next
      tried(() => this.fields(table))
      if (this.entries > mostEntries || troubles > mostTroubles) break
    }
    return trouble
  }

  private number(at: number, type: string): number {
    const { cursor } = this
    cursor.at = at
    if (type === 'u32') return cursor.u32()
    if (type === 'i32') return cursor.i32()
    if (type === 'u16') return cursor.u16()
    if (type === 'i16') return cursor.i16()
    if (type === 'i8') return cursor.i8()
    if (type === 'f32') return cursor.f32()
    if (type === 'f64') return cursor.f64()
    if (type === 'u64') return Number(cursor.u64())
    return type === 'i64' ? Number(cursor.i64()) : cursor.u8()
  }

  /** The place that an offset leads to. */
  private follow(at: number): number {
    const offset = this.number(at, 'u32')
    if (offset === 0 || at + offset >= this.cursor.size)
      throw new Malformed(`an offset leads to ${at + offset}, and the data ends at ${this.cursor.size}`, at)
    return at + offset
  }

  private table(type: string, at: number): FlatTable {
    const key = `${type}@${at}`
    const known = this.known.get(key)
    if (known) return known
    if (this.known.size >= mostTables) throw new Malformed(`there are more than ${mostTables} tables`, at)
    const table: FlatTable = { type, at, fields: new Map() }
    this.known.set(key, table)
    this.open.push(table)
    return table
  }

  private slotsOf(type: string) {
    const known = this.parsed.get(type)
    if (known) return known
    const slots = (this.schema.tables[type] ?? []).map(slot => {
      const [name = '', kind = '', of = ''] = slot.split(' ')
      return [name, kind, of] as const
    })
    this.parsed.set(type, slots)
    return slots
  }

  private fields(table: FlatTable): void {
    const vtable = table.at - this.number(table.at, 'i32')
    if (vtable < 0 || vtable + 4 > this.cursor.size)
      throw new Malformed(`a table at ${table.at} has its layout outside of the data`, table.at)
    const [size, inline] = [this.number(vtable, 'u16'), this.number(vtable + 2, 'u16')]
    if (size < 4 || size % 2 !== 0 || vtable + size > this.cursor.size || table.at + inline > this.cursor.size)
      throw new Malformed(`a table at ${table.at} has a layout that does not fit`, table.at)
    this.ranges.push({ start: vtable, end: vtable + size }, { start: table.at, end: table.at + inline })
    for (const [slot, [name, type, of]] of this.slotsOf(table.type).entries()) {
      if (name === '' || 4 + slot * 2 >= size) continue
      const offset = this.number(vtable + 4 + slot * 2, 'u16')
      if (offset === 0) continue
      if (offset >= inline) throw new Malformed(`the field ${name} of a table lies outside of it`, table.at)
      const value = this.value(table, table.at + offset, name, type, of)
      if (value) table.fields.set(name, value)
    }
  }

  private value(table: FlatTable, at: number, name: string, type: string, of: string): FlatValue | null {
    const width = widths[type]
    if (width) return { type, start: at, end: at + width, number: this.number(at, type) }
    if (type === 'string') return { type, ...this.text(this.follow(at)) }
    if (type.startsWith('[')) return this.list(this.follow(at), type.slice(1, -1))
    const kind = type === 'union' ? this.schema.unions[of]?.[this.kindOf(table, name)] : type
    if (!kind) return null
    const to = this.follow(at)
    return { type: kind, start: to, end: to, tables: [this.table(kind, to)] }
  }

  /** The kind of a union stands in the slot before it. */
  private kindOf(table: FlatTable, name: string): number {
    const slots = this.slotsOf(table.type)
    const before = slots[slots.findIndex(([each]) => each === name) - 1]
    return table.fields.get(before?.[0] ?? '')?.number ?? 0
  }

  /** A text has its length before it and a zero behind it. */
  private text(at: number): Range {
    const length = this.number(at, 'u32')
    if (length > this.cursor.size - at - 4) throw new Malformed(`a text of ${length} bytes does not fit`, at)
    const end = at + 4 + length
    this.ranges.push({ start: at, end: Math.min(end + 1, this.cursor.size) })
    return { start: at + 4, end }
  }

  private list(at: number, type: string): FlatValue {
    const count = this.number(at, 'u32')
    const width = widths[type] ?? 4
    const [start, end] = [at + 4, at + 4 + count * width]
    if (end > this.cursor.size) throw new Malformed(`a list of ${count} entries does not fit`, at)
    this.ranges.push({ start: at, end })
    if (widths[type]) return { type, start, end, count }
    this.entries += count
    if (this.entries > mostEntries) throw new Malformed(`lists have more than ${mostEntries} entries`, at)
    const places = Array.from({ length: count }, (_, k) => this.follow(start + 4 * k))
    if (type === 'string') return { type, start, end, count, texts: places.map(place => this.text(place)) }
    return { type, start, end, count, tables: places.map(place => this.table(type, place)) }
  }
}

/** Reads values of tables from their bytes. */
export class FlatValues {
  private readonly bytes: Bytes
  constructor(bytes: Bytes) {
    this.bytes = bytes
  }

  textAt({ start, end }: Range, most = 1 << 16): string {
    return utf8(this.bytes.read(start, Math.min(end, start + most)))
  }

  text(table: FlatTable | undefined, name: string): string {
    const value = table?.fields.get(name)
    return value?.type === 'string' ? this.textAt(value) : ''
  }

  number(table: FlatTable | undefined, name: string): number {
    return table?.fields.get(name)?.number ?? 0
  }

  /** The first numbers of a list of 32 or 64 bits. */
  numbers(table: FlatTable, name: string, most = 64): number[] {
    const value = table.fields.get(name)
    if (!value || value.count === undefined) return []
    const cursor = new Cursor(this.bytes, value.start, true, 512)
    const read = value.type === 'i64' || value.type === 'u64' ? () => Number(cursor.i64()) : cursor.i32
    return Array.from({ length: Math.min(value.count, most) }, read)
  }
}

export const tablesIn = (table: FlatTable | undefined, name: string): readonly FlatTable[] =>
  table?.fields.get(name)?.tables ?? []

/** What of the bytes a reading of tables covers. */
export interface FlatCover {
  readonly format: string
  /** Behind the last byte that may be padding. */
  readonly end: number
  /** Headers that stand before the tables. */
  readonly headers: readonly Range[]
}

/** Claims what was read, and the zeros between; says what does not fit. */
export function claimFlat(read: ReadFlat, bytes: Bytes, examiner: Examiner, { format, end, headers }: FlatCover): void {
  for (const { start, end: stop } of headers) examiner.claim(start, stop, 'header')
  const spans = spansOf([...read.ranges, ...headers])
  for (const span of spans) examiner.claim(span.start, span.end, 'tables')
  for (const { start, end: stop } of gapsIn(spans, Math.min(end, bytes.size)))
    if (stop - start <= mostPadding && bytes.read(start, stop).every(byte => byte === 0))
      examiner.claim(start, stop, 'padding')
  if (!read.trouble) return
  const text = `Malformed: ${read.trouble.message}.`
  examiner.note({ rule: `${format}-malformed`, severity: 'hold', text, start: read.trouble.at })
}
