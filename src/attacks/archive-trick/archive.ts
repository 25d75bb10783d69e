/** One entry of a zip archive: its line in the directory, and the bytes in the file that it leads to. */
export interface Member {
  /** Directory entry; its place is written anew. */
  readonly entry: Uint8Array
  /** Header, data and whatever follows up to the next member. */
  readonly record: Uint8Array
  readonly name: string
}

/** A zip archive taken apart; what stands between its parts stays with the part in front. */
export interface Archive {
  /** Bytes in front of the first member. */
  readonly front: Uint8Array
  readonly members: readonly Member[]
}

/** What a new member says of itself, and where its two headers tell different stories. */
export interface NewMember {
  readonly name: string
  readonly data: Uint8Array
  /** Name in the header in front of the data, when it is another. */
  readonly localName?: string
  readonly flags?: number
  readonly crc?: number
}

const [localMark, entryMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]
const mostComment = 0xffff
/** One more has to fit into the count of the end record. */
const mostEntries = 0xfffe

const viewOf = (data: Uint8Array): DataView => new DataView(data.buffer, data.byteOffset, data.length)
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Bytes one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** CRC-32, as zip uses it. */
export function crcOf(data: Uint8Array): number {
  let crc = ~0
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** Takes an archive apart along its directory; null when the bytes are no archive with small places and no doubts. */
export function archiveOf(data: Uint8Array): Archive | null {
  const view = viewOf(data)
  const endAt = endOf(view)
  if (endAt === null) return null
  const [promised, start] = [view.getUint16(endAt + 10, true), view.getUint32(endAt + 16, true)]
  const entries = entriesOf(data, start, endAt)
  if (entries.length === 0 || entries.length !== promised || promised >= mostEntries) return null
  const places = [...new Set(entries.map(({ at }) => at))].sort((a, b) => a - b)
  if (places.some(at => at + 30 > start || view.getUint32(at, true) !== localMark)) return null
  const records = new Map(places.map((at, nth) => [at, data.slice(at, places[nth + 1] ?? start)]))
  const members = entries.map(({ at, ...rest }) => ({ ...rest, record: records.get(at)! }))
  return { front: data.slice(0, places[0]), members }
}

function endOf(view: DataView): number | null {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - mostComment); at--)
    if (view.getUint32(at, true) === endMark && view.getUint16(at + 20, true) === last - at) return at
  return null
}

function entriesOf(data: Uint8Array, start: number, endAt: number): (Omit<Member, 'record'> & { at: number })[] {
  const view = viewOf(data)
  const entries = []
  for (let from = start; from + 46 <= endAt && view.getUint32(from, true) === entryMark; ) {
    const nameEnd = from + 46 + view.getUint16(from + 28, true)
    const end = nameEnd + view.getUint16(from + 30, true) + view.getUint16(from + 32, true)
    if (end > endAt) return []
    const name = new TextDecoder().decode(data.subarray(from + 46, nameEnd))
    entries.push({ entry: data.slice(from, end), name, at: view.getUint32(from + 42, true) })
    from = end
  }
  return entries
}

/** A stored member with both of its headers. */
export function memberOf({ name, data, localName = name, flags = 0, crc = crcOf(data) }: NewMember): Member {
  const shared = new Uint8Array(24)
  const view = viewOf(shared)
  view.setUint16(0, 20, true)
  view.setUint16(2, flags, true)
  view.setUint16(8, 0x21, true)
  view.setUint32(10, crc, true)
  view.setUint32(14, data.length, true)
  view.setUint32(18, data.length, true)
  const header = (mark: number, text: Uint8Array, size: number): Uint8Array => {
    const bytes = joined(new Uint8Array(size), text)
    const at = mark === localMark ? 4 : 6
    bytes.set(shared, at)
    viewOf(bytes).setUint32(0, mark, true)
    viewOf(bytes).setUint16(at + 22, text.length, true)
    return bytes
  }
  const entry = header(entryMark, encode(name), 46)
  return { name, entry, record: joined(header(localMark, encode(localName), 30), data) }
}

/** Where parts of a new archive are put. */
export interface Layout {
  readonly members: readonly Member[]
  /** Bytes in front of everything. */
  readonly front?: Uint8Array
  /** Bytes between the last member and the directory. */
  readonly unlisted?: Uint8Array
  readonly comment?: Uint8Array
  /** Bytes behind everything. */
  readonly tail?: Uint8Array
}

const nothing = new Uint8Array(0)

/** Writes an archive; members that share a record keep on sharing it. */
export function written(layout: Layout): Uint8Array {
  const { members, front = nothing, unlisted = nothing, comment = nothing, tail = nothing } = layout
  const places = new Map<Uint8Array, number>()
  let at = front.length
  for (const { record } of members) {
    if (places.has(record)) continue
    places.set(record, at)
    at += record.length
  }
  const entries = members.map(({ entry, record }) => placed(entry, places.get(record)!))
  const end = endRecord(entries, at + unlisted.length, comment)
  return joined(front, ...places.keys(), unlisted, ...entries, end, tail)
}

/** A directory entry that leads to a place. */
export function placed(entry: Uint8Array, at: number): Uint8Array {
  const copy = entry.slice()
  viewOf(copy).setUint32(42, at, true)
  return copy
}

/** The record at the end, for a directory of these entries. */
export function endRecord(entries: readonly Uint8Array[], start: number, comment: Uint8Array): Uint8Array {
  const end = new Uint8Array(22)
  const view = viewOf(end)
  view.setUint32(0, endMark, true)
  view.setUint16(8, entries.length, true)
  view.setUint16(10, entries.length, true)
  view.setUint32(12, joined(...entries).length, true)
  view.setUint32(16, start, true)
  view.setUint16(20, comment.length, true)
  return joined(end, comment)
}
