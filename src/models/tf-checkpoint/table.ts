import type { Bytes } from '../../core/index.ts'
import { memoryBytes } from '../../core/index.ts'
import { type Cursor, Malformed, utf8 } from '../cursor.ts'
import { readProto, varint } from '../protobuf.ts'
import { messagesIn, ProtoValues } from '../protobuf-values.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

export const footerBytes = 48
/** Behind each block: how it is compressed, and a checksum. */
const trailerBytes = 5
const mostEntries = 1_000_000

/** A sorted table of keys and values, as the index of a checkpoint is one. */
export interface Table {
  readonly places: readonly { readonly start: number; readonly end: number; readonly as: string }[]
  readonly pairs: readonly { readonly key: Uint8Array; readonly start: number; readonly end: number }[]
}

/** One tensor of a checkpoint. */
export interface Entry {
  readonly name: string
  readonly dtype: number
  readonly shape: readonly number[]
  readonly shard: number
  readonly start: number
  readonly end: number
}

interface Block {
  readonly start: number
  readonly end: number
}

/** Reads the footer, the index block and the data blocks. */
export function readTable(cursor: Cursor): Table {
  const footer = cursor.size - footerBytes
  cursor.at = footer
  const [meta, index] = [handle(cursor), handle(cursor)]
  const places = [{ start: footer, end: cursor.size, as: 'footer' }]
  const pairs: { key: Uint8Array; start: number; end: number }[] = []
  const blockPlace = ({ start, end }: Block, as: string) => places.push({ start, end: end + trailerBytes, as })
  blockPlace(meta, 'index')
  pairsIn(cursor, meta)
  blockPlace(index, 'index')
  for (const { start } of pairsIn(cursor, index)) {
    cursor.at = start
    const block = handle(cursor)
    blockPlace(block, 'index')
    for (const pair of pairsIn(cursor, block)) pairs.push(pair)
    if (pairs.length > mostEntries) throw new Malformed(`the table has more than ${mostEntries} entries`, block.start)
  }
  return { places, pairs }
}

function handle(cursor: Cursor): Block {
  const at = cursor.at
  const start = varint(cursor, cursor.size)
  const end = start + varint(cursor, cursor.size)
  if (!Number.isSafeInteger(end) || end + trailerBytes > cursor.size)
    throw new Malformed(`a block should end at ${end}, and the file ends at ${cursor.size}`, at)
  return { start, end }
}

/** Keys share beginnings with the key before them; the places of the restarts stand at the end. */
function pairsIn(cursor: Cursor, { start, end }: Block): { key: Uint8Array; start: number; end: number }[] {
  cursor.at = end
  if (cursor.u8() !== 0) throw new Malformed('a block of the table is compressed', end)
  cursor.at = end - 4
  const stop = end - 4 - 4 * cursor.u32()
  if (stop < start) throw new Malformed('a block of the table has more restarts than bytes', start)
  const pairs: { key: Uint8Array; start: number; end: number }[] = []
  let key = new Uint8Array(0)
  cursor.at = start
  while (cursor.at < stop) {
    const at = cursor.at
    const [shared, more, size] = [varint(cursor, stop), varint(cursor, stop), varint(cursor, stop)]
    if (shared > key.length || more > 1 << 16 || cursor.at + more + size > stop)
      throw new Malformed('an entry of the table does not fit into its block', at)
    const next = new Uint8Array(shared + more)
    next.set(key.subarray(0, shared))
    next.set(cursor.take(more, 'a key'), shared)
    key = next
    pairs.push({ key, start: cursor.at, end: cursor.at + size })
    cursor.at += size
  }
  return pairs
}

/** What the entries of a checkpoint say: the first of the whole, each further one of a tensor. */
export function entriesOf({ pairs }: Table, bytes: Bytes) {
  const entries: Entry[] = []
  let [shards, bigEndian, wrong] = [1, false, '']
  for (const { key, start, end } of pairs) {
    const type = key.length === 0 ? 'BundleHeaderProto' : 'BundleEntryProto'
    const data = memoryBytes(new Uint8Array(bytes.read(start, end)))
    const { root, trouble } = readProto(data, { schema, type, ahead: 64 })
    if (trouble) wrong ||= `${key.length === 0 ? 'the header' : 'an entry'} of the table cannot be read`
    const values = new ProtoValues(data)
    const number = (name: string) => values.number(root, name) ?? 0
    if (key.length === 0) {
      shards = number('num_shards')
      bigEndian = number('endianness') === 1
      continue
    }
    const dims = messagesIn(root, 'shape').flatMap(shape => messagesIn(shape, 'dim'))
    const place = { shard: number('shard_id'), start: number('offset'), end: number('offset') + number('size') }
    const shape = dims.map(dim => values.number(dim, 'size') ?? 0)
    entries.push({ name: utf8(key), dtype: number('dtype'), shape, ...place })
  }
  return { entries, shards, bigEndian, wrong }
}
