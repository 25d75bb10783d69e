import { type Bytes, type Examiner, sliceOf } from '../../core/index.ts'
import { type Cursor, Malformed, quoted } from '../cursor.ts'
import type { Length } from './metadata.ts'
import { ggmlTypes } from './types.ts'

/** A tensor as its info states it; the offset is counted from the start of the data. */
export interface Info {
  readonly name: string
  readonly type: number
  readonly shape: readonly number[]
  readonly offset: number
  /** Bytes it takes; null when the number type is unknown. */
  readonly size: number | null
  /** Place of the info itself. */
  readonly at: number
}

const mostDimensions = 4
const mostName = 65_535

/** Reads one tensor info. */
export function readInfo(cursor: Cursor, length: Length, examiner: Examiner): Info {
  const at = cursor.at
  const nameSize = length('the length of the name of a tensor')
  if (nameSize > mostName) throw new Malformed(`the name of a tensor is ${nameSize} bytes long`, at)
  const name = cursor.text(nameSize, 'the name of a tensor')
  const dimensions = cursor.u32()
  if (dimensions > mostDimensions) throw new Malformed(`the tensor ${quoted(name)} has ${dimensions} dimensions`, at)
  const stored = Array.from({ length: dimensions }, () => length(`a dimension of ${quoted(name)}`))
  const type = cursor.u32()
  const offset = cursor.length(`the offset of ${quoted(name)}`)
  examiner.claim(at, cursor.at, 'tensor infos')
  // GGUF names the fastest dimension first.
  return { name, type, shape: stored.toReversed(), offset, size: sizeOf(name, type, stored, at), at }
}

function sizeOf(name: string, type: number, stored: readonly number[], at: number): number | null {
  const known = ggmlTypes[type]
  if (!known) return null
  const elements = stored.reduce((product, size) => product * BigInt(size), 1n)
  if ((stored[0] ?? 1) % known.elements !== 0)
    throw new Malformed(`the rows of ${quoted(name)} are no multiple of a ${known.name} block`, at)
  const size = (elements * BigInt(known.bytes)) / BigInt(known.elements)
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed(`the tensor ${quoted(name)} takes ${size} bytes`, at)
  return Number(size)
}

/** What claims and notes about the data need to know. */
export interface Data {
  readonly bytes: Bytes
  readonly start: number
  readonly alignment: number
  readonly bigEndian: boolean
}

/** Claims the tensors' bytes; says where they overlap, leave holes or a tail, or end beyond the file. */
export async function placeTensors(infos: readonly Info[], data: Data, examiner: Examiner): Promise<void> {
  const rising = [...infos].sort((a, b) => a.offset - b.offset)
  let at = data.start
  for (const [k, info] of rising.entries()) {
    const start = data.start + info.offset
    const next = data.start + (rising[k + 1]?.offset ?? data.bytes.size - data.start)
    const end = info.size === null ? Math.min(next, data.bytes.size) : start + info.size
    const place = { start: info.at }
    if (end > data.bytes.size || start > data.bytes.size) {
      const text = `The tensor ${quoted(info.name)} ends at ${end}, and the file at ${data.bytes.size}.`
      examiner.note({ rule: 'gguf-out-of-bounds', severity: 'hold', text, ...place })
      continue
    }
    if (start < at && end > start) {
      const text = `The tensor ${quoted(info.name)} begins at ${start}, in the middle of another one.`
      examiner.note({ rule: 'gguf-overlap', severity: 'hold', text, ...place })
    }
    if (info.offset % data.alignment !== 0) {
      const text = `The tensor ${quoted(info.name)} begins at ${info.offset}, which the alignment of ${data.alignment} forbids.`
      examiner.note({ rule: 'gguf-misaligned', severity: 'hold', text, ...place })
    }
    await between(at, start, data, examiner)
    claimTensor(info, start, end, data, examiner)
    at = Math.max(at, end)
  }
  await between(at, data.bytes.size, data, examiner)
}

function claimTensor(info: Info, start: number, end: number, data: Data, examiner: Examiner): void {
  const known = ggmlTypes[info.type]
  if (!known || info.size === null) {
    const text = `The tensor ${quoted(info.name)} has the unknown number type ${info.type}.`
    examiner.note({ rule: 'gguf-unknown-type', severity: 'hold', text, start: info.at })
    examiner.unread({ start, end, reason: text })
    return
  }
  examiner.claim(start, end, 'tensors')
  const { dtype, name: stored } = known
  const bytes = sliceOf(data.bytes, start, end)
  const order = data.bigEndian ? { bigEndian: true } : {}
  examiner.tensor({ name: info.name, dtype, stored, shape: info.shape, bytes, start, ...order })
}

/** Padding is zero and ends at the alignment; anything else between tensors is looked into. */
async function between(from: number, end: number, data: Data, examiner: Examiner): Promise<void> {
  if (end <= from) return
  const aligned = data.start + Math.ceil((from - data.start) / data.alignment) * data.alignment
  const padded = Math.min(end, aligned)
  const isPadding = data.bytes.read(from, padded).every(byte => byte === 0)
  if (isPadding) examiner.claim(from, padded, 'padding')
  const start = isPadding ? padded : from
  if (start >= end) return
  const isTail = end === data.bytes.size
  const text = `${end - start} bytes ${isTail ? 'behind the last tensor' : 'between tensors'} belong to none.`
  examiner.note({ rule: isTail ? 'gguf-tail' : 'gguf-hole', severity: 'hold', text, start, end })
  examiner.claim(start, end, isTail ? 'tail' : 'hole')
  await examiner.member(`${isTail ? 'tail' : 'hole'}@${start}`, sliceOf(data.bytes, start, end), { start, end })
}
