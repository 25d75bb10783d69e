import { type Dtype, dtypeBits, type Examiner, memoryBytes, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed } from '../cursor.ts'
import { readProto } from '../protobuf.ts'
import { ProtoValues } from '../protobuf-values.ts'

const schema = { TensorDesc: { '1': 'data_type int', '2': 'dims int' } }
/** Number types by their code. */
const types: Readonly<Record<number, Dtype>> = {
  0: 'BOOL',
  1: 'I16',
  2: 'I32',
  3: 'I64',
  4: 'F16',
  5: 'F32',
  6: 'F64',
  20: 'U8',
  21: 'I8',
  22: 'BF16',
  23: 'C64',
  24: 'C128',
}
const mostLevels = 8
const mostDescription = 4096

/** Numbers of a PaddlePaddle program: tensors one after another, each with its type and shape before it. */
export default modelFormat({
  id: 'paddle-params',
  title: 'PaddlePaddle parameters',
  extensions: ['.pdiparams', '__params__'],
  sniff(head, _tail, _name, size) {
    if (size < 24 || head.length < 24 || head[0] !== 0 || head.subarray(0, 16).some(byte => byte !== 0)) return 0
    const length = new DataView(head.buffer, head.byteOffset, head.length).getUint32(16, true)
    if (length < 2 || length > 64 || head[20] !== 0x08 || !(head[21]! in types)) return 0
    return head[22] === 0x10 || head[22] === 0x12 || length === 2 ? 3 : 2
  },
  async read(bytes, examiner) {
    await orMalformed(examiner, 'paddle-params-malformed', () => readTensors(new Cursor(bytes, 0, true, 256), examiner))
  },
})

function readTensors(cursor: Cursor, examiner: Examiner): void {
  for (let k = 0; cursor.left > 0; k++) {
    const from = cursor.at
    if (cursor.u32() !== 0) throw new Malformed(`tensor ${k} has an unknown version`, from)
    const levels = cursor.length('the number of levels')
    if (levels > mostLevels) throw new Malformed(`tensor ${k} has ${levels} levels`, from)
    for (let level = 0; level < levels; level++) cursor.skip(cursor.length('the size of a level'), 'a level')
    if (cursor.u32() !== 0) throw new Malformed(`tensor ${k} has an unknown version`, from)
    const length = cursor.u32()
    if (length > mostDescription) throw new Malformed(`tensor ${k} has a description of ${length} bytes`, from)
    const description = memoryBytes(cursor.take(length, 'a description'))
    const { root, trouble } = readProto(description, { schema, type: 'TensorDesc' })
    const values = new ProtoValues(description)
    const dtype = types[values.number(root, 'data_type') ?? -1]
    const shape = values.numbers(root, 'dims')
    if (trouble || !dtype) throw new Malformed(`tensor ${k} has a description that nobody can read`, from)
    const bits = shape.reduce((product, size) => product * size, dtypeBits[dtype])
    if (!Number.isSafeInteger(bits) || bits < 0 || shape.some(size => size < 0))
      throw new Malformed(`tensor ${k} has a size that no tensor has`, from)
    const start = cursor.at
    cursor.skip(bits / 8, `tensor ${k}`)
    examiner.claim(from, start, 'description')
    examiner.claim(start, cursor.at, 'tensors')
    const bytes = sliceOf(cursor.bytes, start, cursor.at)
    examiner.tensor({ name: `${k}`, dtype, stored: dtype, shape, start, bytes })
  }
}
