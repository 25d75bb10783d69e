import { type Bytes, memoryBytes, type Range } from '../../core/index.ts'
import { readProto } from '../protobuf.ts'
import { ProtoValues } from '../protobuf-values.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

const vectorKind = 10
const textKind = 5
const mostBytes = 1 << 20

/**
 * What an operator of TensorFlow inside a TensorFlow Lite model really is: its settings name it twice more, and the
 * runtime goes by those. Null when they cannot be read.
 */
export function flexOperators(bytes: Bytes, { start, end }: Range): string[] | null {
  if (end - start < 4 || end - start > mostBytes) return null
  const data = new Uint8Array(bytes.read(start, end))
  const texts = textsOf(data)
  if (!texts || texts.length < 2) return null
  const [name, definition] = texts
  const node = memoryBytes(definition!)
  const { root, trouble } = readProto(node, { schema, type: 'NodeDef' })
  if (trouble) return null
  return [Buffer.from(name!).toString('latin1'), ...new ProtoValues(node).texts(root, 'op')]
}

/** The texts of a vector that stands alone in the self-describing form in which such settings are written. */
function textsOf(data: Uint8Array): Uint8Array[] | null {
  const width = data.at(-1)!
  const packed = data.at(-2)!
  const at = data.length - 2 - width
  if (packed >> 2 !== vectorKind || ![1, 2, 4, 8].includes(width) || at < 0) return null
  const each = 1 << (packed & 3)
  const vector = at - number(data, at, width)
  const count = number(data, vector - each, each)
  if (vector < each || count < 0 || vector + count * (each + 1) > data.length || count > 16) return null
  const texts: Uint8Array[] = []
  for (let k = 0; k < count; k++) {
    const kind = data[vector + count * each + k]!
    if (kind >> 2 !== textKind) return null
    const place = vector + k * each
    const text = place - number(data, place, each)
    const lengthWidth = 1 << (kind & 3)
    const length = number(data, text - lengthWidth, lengthWidth)
    if (text < 0 || length < 0 || text + length > data.length) return null
    texts.push(data.slice(text, text + length))
  }
  return texts
}

function number(data: Uint8Array, at: number, width: number): number {
  if (at < 0 || at + width > data.length) return -1
  let value = 0
  for (let k = width - 1; k >= 0; k--) value = value * 256 + data[at + k]!
  return value
}
