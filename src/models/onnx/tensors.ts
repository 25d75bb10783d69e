import { type Bytes, type Dtype, dtypeBits, type Examiner, type Note, sliceOf } from '../../core/index.ts'
import { quoted } from '../cursor.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { allMessages, messagesIn, type ProtoValues } from '../protobuf-values.ts'

/** A tensor whose numbers are in another file. */
export interface External {
  readonly name: string
  readonly location: string
  readonly start: number
  readonly length: number | null
  readonly stored: string
  readonly dtype: Dtype | null
  readonly shape: readonly number[]
  readonly offset: number
  /** Further settings, as `key=value`. */
  readonly more: readonly string[]
}

/** Number types by their code: the name in the file, and ours where it is a plain array; bits where it is not. */
const types: Readonly<Record<number, readonly [string, Dtype | null, number?]>> = {
  1: ['FLOAT', 'F32'],
  2: ['UINT8', 'U8'],
  3: ['INT8', 'I8'],
  4: ['UINT16', 'U16'],
  5: ['INT16', 'I16'],
  6: ['INT32', 'I32'],
  7: ['INT64', 'I64'],
  8: ['STRING', null],
  9: ['BOOL', 'BOOL'],
  10: ['FLOAT16', 'F16'],
  11: ['DOUBLE', 'F64'],
  12: ['UINT32', 'U32'],
  13: ['UINT64', 'U64'],
  14: ['COMPLEX64', 'C64'],
  15: ['COMPLEX128', 'C128'],
  16: ['BFLOAT16', 'BF16'],
  17: ['FLOAT8E4M3FN', 'F8_E4M3'],
  18: ['FLOAT8E4M3FNUZ', null, 8],
  19: ['FLOAT8E5M2', 'F8_E5M2'],
  20: ['FLOAT8E5M2FNUZ', null, 8],
  21: ['UINT4', null, 4],
  22: ['INT4', null, 4],
  23: ['FLOAT4E2M1', null, 4],
  24: ['FLOAT8E8M0', null, 8],
  25: ['UINT2', null, 2],
  26: ['INT2', null, 2],
}
/** Fields that hold numbers of one type as they are in memory, when packed. */
const plainFields: Readonly<Record<string, Dtype>> = { float_data: 'F32', double_data: 'F64' }
const mostNotes = 100

/** Says every tensor of a model whose numbers stand here, and gives those whose numbers stand elsewhere. */
export function sayTensors(root: ProtoMessage, values: ProtoValues, bytes: Bytes, examiner: Examiner): External[] {
  let notes = 0
  for (const message of allMessages(root)) {
    if (message.type !== 'TensorProto') continue
    const wrong = externalOf(message, values) ? null : say(message, values, bytes, examiner)
    if (wrong && ++notes <= mostNotes) examiner.note(wrong)
  }
  return externalsIn(allMessages(root), values)
}

/** Tensors among messages whose numbers are in other files. */
export function externalsIn(messages: Iterable<ProtoMessage>, values: ProtoValues): External[] {
  const all: External[] = []
  for (const message of messages) {
    const external = message.type === 'TensorProto' ? externalOf(message, values) : null
    if (external) all.push(external)
  }
  return all
}

function described(message: ProtoMessage, values: ProtoValues) {
  const code = values.number(message, 'data_type') ?? 0
  const [stored, dtype, bits] = types[code] ?? [`type ${code}`, null]
  const shape = values.numbers(message, 'dims', 1000)
  const name = values.text(message, 'name')
  return { name, stored, dtype, bits: bits ?? (dtype ? dtypeBits[dtype] : undefined), shape }
}

function say(message: ProtoMessage, values: ProtoValues, bytes: Bytes, examiner: Examiner): Note | null {
  const { name, stored, dtype, bits, shape } = described(message, values)
  const fields = message.fields.filter(each => each.name === 'raw_data' || plainFields[each.name] === dtype)
  const raw = fields.at(-1)
  if (raw?.wire !== 2) return null
  const { at: start, end } = raw
  const wrong = bits === undefined ? null : wrongSize(shape, bits, end - start)
  if (wrong) {
    const text = `The tensor ${quoted(name)} of ${stored} in the shape [${shape.slice(0, 8).join(', ')}] ${wrong}.`
    return { rule: 'onnx-bad-tensor', severity: 'hold', text, start, end }
  }
  examiner.tensor({ name, dtype, stored, shape, start, bytes: sliceOf(bytes, start, end) })
  return null
}

function wrongSize(shape: readonly number[], bits: number, there: number): string | null {
  if (!shape.every(size => Number.isSafeInteger(size) && size >= 0)) return 'has a size that no tensor has'
  const needed = (shape.reduce((product, size) => product * BigInt(size), BigInt(bits)) + 7n) / 8n
  return needed === BigInt(there) ? null : `takes ${needed} bytes, and ${there} are there`
}

function externalOf(message: ProtoMessage, values: ProtoValues): External | null {
  const entries = messagesIn(message, 'external_data')
  if (entries.length === 0 && values.number(message, 'data_location') !== 1) return null
  const all = entries.map(entry => [values.text(entry, 'key'), values.text(entry, 'value')] as const)
  const of = (key: string) => all.findLast(([each]) => each === key)?.[1]
  const known = new Set(['location', 'offset', 'length', 'checksum'])
  const more = all.filter(([key], k) => !known.has(key) || all.findIndex(([each]) => each === key) !== k)
  return {
    ...described(message, values),
    location: of('location') ?? '',
    start: wholeNumber(of('offset')) ?? 0,
    length: wholeNumber(of('length')),
    offset: message.start,
    more: more.map(([key, value]) => `${key}=${value}`),
  }
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** Bytes that the numbers of a tensor take, as far as its type tells. */
export function sizeOf({ shape, dtype }: External): number | null {
  if (!dtype) return null
  const bits = shape.reduce((product, size) => product * size, dtypeBits[dtype])
  return Number.isSafeInteger(bits) && bits >= 0 ? bits / 8 : null
}
