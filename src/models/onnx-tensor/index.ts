import { modelFormat } from '../../core/index.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'

const schema = {
  TensorProto: {
    '1': 'dims int',
    '2': 'data_type int',
    '3': 'segment Segment',
    '4': 'float_data float',
    '5': 'int32_data int',
    '6': 'string_data bytes',
    '7': 'int64_data int',
    '8': 'name text',
    '9': 'raw_data bytes',
    '10': 'double_data double',
    '11': 'uint64_data int',
    '12': 'doc_string text',
  },
  Segment: { '1': 'begin int', '2': 'end int' },
}
const numbers = ['float_data', 'int32_data', 'string_data', 'int64_data', 'raw_data', 'double_data', 'uint64_data']

/** One tensor as ONNX writes it, as an example of what goes into a model or comes out. */
export default modelFormat({
  id: 'onnx-tensor',
  title: 'ONNX tensor',
  extensions: ['.pb'],
  sniff(head, _tail, _name, size) {
    if (head[0] !== 0x08 && head[0] !== 0x0a && head[0] !== 0x10) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'TensorProto')
    if (!sound || unknown > 0 || seen.get('TensorProto.data_type') !== 1) return 0
    return numbers.filter(field => seen.has(`TensorProto.${field}`)).length === 1 ? 2 : 0
  },
  read(bytes, examiner) {
    examineProto(bytes, examiner, { schema, type: 'TensorProto', format: 'onnx-tensor', what: 'tensor' })
  },
})
