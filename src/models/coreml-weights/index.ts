import { type Dtype, dtypeBits, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed } from '../cursor.ts'

const sentinel = 0xdeadbeef
const unit = 64
const types: Readonly<Record<number, readonly [string, Dtype | null]>> = {
  1: ['float16', 'F16'],
  2: ['float32', 'F32'],
  3: ['uint8', 'U8'],
  4: ['int8', 'I8'],
  5: ['bfloat16', 'BF16'],
  6: ['int16', 'I16'],
  7: ['uint16', 'U16'],
  8: ['int4', null],
  9: ['uint1', null],
  10: ['uint2', null],
  11: ['uint4', null],
  12: ['uint3', null],
  13: ['uint6', null],
  14: ['int32', 'I32'],
  15: ['uint32', 'U32'],
  16: ['float8e4m3fn', 'F8_E4M3'],
  17: ['float8e5m2', 'F8_E5M2'],
}

/** Numbers of a Core ML program, one blob after another, each with its description before it. */
export default modelFormat({
  id: 'coreml-weights',
  title: 'Core ML weights',
  extensions: ['weight.bin'],
  sniff(head, _tail, _name, size) {
    if (size < 2 * unit || head.length < 2 * unit) return 0
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    return view.getUint32(4, true) === 2 && view.getUint32(unit, true) === sentinel ? 3 : 0
  },
  async read(bytes, examiner) {
    await orMalformed(examiner, 'coreml-weights-malformed', () => readBlobs(new Cursor(bytes, 0, true, unit), examiner))
  },
})

function readBlobs(cursor: Cursor, examiner: Examiner): void {
  const { bytes, size } = cursor
  const count = cursor.u32()
  examiner.claim(0, unit, 'header')
  let at = unit
  for (let k = 0; k < count; k++) {
    cursor.at = at
    if (cursor.u32() !== sentinel) throw new Malformed(`blob ${k} of ${count} has no description`, at)
    const type = cursor.u32()
    const length = cursor.length('the length of a blob')
    const start = cursor.length('the place of a blob')
    const end = start + length
    if (start < at + unit || end > size) throw new Malformed(`blob ${k} ends at ${end}, and the file at ${size}`, at)
    examiner.claim(at, start, 'header')
    examiner.claim(start, end, 'tensors')
    const [stored, dtype] = types[type] ?? [`type ${type}`, null]
    const isPlain = dtype !== null && (8 * length) % dtypeBits[dtype] === 0
    const shape = [isPlain ? (8 * length) / dtypeBits[dtype] : length]
    const numbers = { dtype: isPlain ? dtype : null, stored, shape, start, bytes: sliceOf(bytes, start, end) }
    examiner.tensor({ name: `blob@${start}`, ...numbers })
    at = Math.min(size, Math.ceil(end / unit) * unit)
    if (bytes.read(end, at).every(byte => byte === 0)) examiner.claim(end, at, 'padding')
  }
}
