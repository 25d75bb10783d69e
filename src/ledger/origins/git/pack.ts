import { stat } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { rangeOf } from '../../file-range.ts'
import { type GitObject, mostObjectBytes, type ObjectType, Unreadable } from './bytes.ts'
import { patched } from './delta.ts'

/** Objects in one file, with an index beside it (gitformat-pack, index version 2). */
export interface Pack {
  /** The object of this id; `base` finds objects of other packs that a delta builds on. */
  read(id: string, base: (id: string) => Promise<GitObject | null>): Promise<GitObject | null>
}

const headerBytes = 8
const fanoutBytes = 1024
/** Git builds chains of 50 and obeys wishes up to 4,095. */
const mostDeltas = 4095
const types: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }

/** Opens `pack-….pack` by its `.idx`; null when there is no index that is read here. */
export async function openPack(path: string, idBytes: number): Promise<Pack | null> {
  const [index, pack] = [`${path}.idx`, `${path}.pack`]
  const sizes = await Promise.all([index, pack].map(each => stat(each).catch(() => null)))
  if (!sizes.every(each => each?.isFile())) return null
  const head = rangeOf(index, 0, headerBytes + fanoutBytes)
  if (head.length < headerBytes + fanoutBytes || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
    return null
  const count = head.readUInt32BE(headerBytes + 255 * 4)
  const slices = new Map<number, Buffer>()
  const place = (id: string) => placeOf({ index, head, count, slices }, Buffer.from(id, 'hex'))
  const packSize = sizes[1]!.size
  return {
    async read(id, base) {
      const offset = await place(id)
      if (offset === null) return null
      const deltas: Buffer[] = []
      let at = offset
      for (;;) {
        const entry = await entryAt(pack, packSize, at, idBytes)
        if (entry.type !== undefined) return unfolded({ type: entry.type, data: entry.data }, deltas)
        deltas.push(entry.data)
        if (deltas.length > mostDeltas) throw new Unreadable(`object ${id} is a chain of too many deltas`)
        if (entry.offset !== undefined) at = entry.offset
        else {
          const own = await place(entry.base!)
          if (own === null) return unfolded(await other(entry.base!, base), deltas)
          at = own
        }
      }
    },
  }
}

async function other(id: string, base: (id: string) => Promise<GitObject | null>): Promise<GitObject> {
  const found = await base(id)
  if (!found) throw new Unreadable(`object ${id}, which others build on, is missing`)
  return found
}

const unfolded = ({ type, data }: GitObject, deltas: readonly Buffer[]): GitObject => ({
  type,
  data: deltas.reduceRight((bytes, delta) => patched(bytes, delta, mostObjectBytes), data),
})

interface Index {
  readonly index: string
  readonly head: Buffer
  readonly count: number
  /** Ids by their first byte, kept while they are few. */
  readonly slices: Map<number, Buffer>
}

/** Ids that are kept in memory of one pack: 20 MB. */
const mostKept = 1_000_000
/** Ids with one first byte: a pack of a hundred million objects has half a million. */
const mostSlice = 2_000_000

/** Where an object begins in the pack: ids are sorted, and the fan-out says where each first byte begins. */
async function placeOf({ index, head, count, slices }: Index, id: Buffer): Promise<number | null> {
  const byte = id[0]!
  const width = id.length
  const first = byte === 0 ? 0 : head.readUInt32BE(headerBytes + (byte - 1) * 4)
  const end = head.readUInt32BE(headerBytes + byte * 4)
  if (!(first <= end && end <= count && end - first <= mostSlice))
    throw new Unreadable('the index of a pack is damaged')
  const ids = headerBytes + fanoutBytes
  const slice = slices.get(byte) ?? rangeOf(index, ids + first * width, ids + end * width)
  if (slice.length !== (end - first) * width) throw new Unreadable('the index of a pack is cut off')
  if (count <= mostKept) slices.set(byte, slice)
  let [low, high] = [0, end - first]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const order = slice.compare(id, 0, width, middle * width, (middle + 1) * width)
    if (order === 0) return offsetOf(index, ids + count * width, count, first + middle)
    if (order < 0) low = middle + 1
    else high = middle
  }
  return null
}

async function offsetOf(index: string, checksums: number, count: number, nth: number): Promise<number> {
  const offsets = checksums + count * 4
  const short = rangeOf(index, offsets + nth * 4, offsets + nth * 4 + 4)
  if (short.length < 4) throw new Unreadable('the index of a pack is cut off')
  const value = short.readUInt32BE(0)
  if (value < 0x80000000) return value
  const longs = offsets + count * 4 + (value - 0x80000000) * 8
  const long = rangeOf(index, longs, longs + 8)
  if (long.length < 8) throw new Unreadable('the index of a pack is cut off')
  return Number(long.readBigUInt64BE(0))
}

interface Entry {
  /** Absent for a delta. */
  readonly type?: ObjectType
  readonly data: Buffer
  /** What a delta builds on: an earlier place in the pack, or an object by id. */
  readonly offset?: number
  readonly base?: string
}

async function entryAt(pack: string, packSize: number, at: number, idBytes: number): Promise<Entry> {
  if (!(at >= 12 && at < packSize)) throw new Unreadable('a place beyond the pack')
  const head = rangeOf(pack, at, at + 64)
  let k = 0
  const next = () => head[k++] ?? 0
  let byte = next()
  const kind = (byte >> 4) & 7
  let size = byte & 15
  for (let scale = 16; byte & 128; scale *= 128) {
    byte = next()
    size += (byte & 127) * scale
    if (k > 9) throw new Unreadable('a size that no object has')
  }
  if (size > mostObjectBytes) throw new Unreadable(`an object of ${size} bytes`)
  let offset: number | undefined
  let base: string | undefined
  if (kind === 6) {
    byte = next()
    let distance = byte & 127
    while (byte & 128 && k < 24) {
      byte = next()
      distance = (distance + 1) * 128 + (byte & 127)
    }
    if (distance <= 0 || distance > at) throw new Unreadable('a delta that builds on what is not before it')
    offset = at - distance
  } else if (kind === 7) {
    base = head.toString('hex', k, k + idBytes)
    k += idBytes
  } else if (!types[kind]) throw new Unreadable('an object of an unknown kind')
  const data = await expandedAt(pack, at + k, size)
  const type = types[kind]
  return { data, ...(type ? { type } : {}), ...(offset === undefined ? {} : { offset }), ...(base ? { base } : {}) }
}

/** Compressed data is never much longer than what it holds. */
async function expandedAt(pack: string, start: number, size: number): Promise<Buffer> {
  const stored = rangeOf(pack, start, start + Math.ceil(size * 1.01) + 1024)
  try {
    const data = inflateSync(stored, { maxOutputLength: Math.max(1, size) })
    if (data.length === size) return data
  } catch (cause) {
    throw new Unreadable('an object cannot be expanded', { cause })
  }
  throw new Unreadable('an object is shorter than it claims')
}
