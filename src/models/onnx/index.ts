import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import schema from '../onnx-schema.json' with { type: 'json' }
import type { ProtoMessage } from '../protobuf.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { messagesIn, ProtoValues } from '../protobuf-values.ts'
import { explainExternal } from './external.ts'
import { programOf } from './program.ts'
import { sayTensors } from './tensors.ts'

/** First bytes of a model: the tags of its own fields, those of the graph among them. */
const firstTags = new Set([0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca, 0xd2])

/** A graph of operators with its numbers; its loader runs operators by name, and opens files that it names. */
export default modelFormat({
  id: 'onnx',
  title: 'ONNX model',
  extensions: ['.onnx'],

  sniff(head, _tail, _name, size) {
    if (!firstTags.has(head[0]!)) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'ModelProto')
    const graph = seen.has('GraphProto.node') || seen.has('GraphProto.name') || seen.has('GraphProto.initializer')
    const model = seen.has('ModelProto.graph') || seen.has('ModelProto.opset_import')
    const versioned = seen.has('ModelProto.ir_version')
    // The graph may stand behind texts that are longer than the first bytes.
    if (!model && versioned && seen.has('ModelProto.producer_name') && size > head.length) return 1
    if (!model || !(versioned || graph)) return 0
    const named = seen.has('NodeProto.op_type') || seen.has('OperatorSetIdProto.version') || graph
    if (!named) return 0
    // A field that nobody knows does not make it another format.
    return (sound && unknown === 0) || (versioned && seen.has('NodeProto.op_type')) ? 3 : 2
  },

  read(bytes, examiner) {
    const { root, values } = modelIn(bytes, examiner)
    facts(root, values, examiner)
    const tensors = sayTensors(root, values, bytes, examiner)
    examiner.program(programOf(root, values, tensors))
  },

  layout: explainExternal,
})

function modelIn(bytes: Bytes, examiner: Examiner): { root: ProtoMessage; values: ProtoValues } {
  const root = examineProto(bytes, examiner, { schema, type: 'ModelProto', format: 'onnx', what: 'graph' })
  return { root, values: new ProtoValues(bytes) }
}

function facts(root: ProtoMessage, values: ProtoValues, examiner: Examiner): void {
  for (const name of ['producer_name', 'producer_version', 'domain'])
    if (values.text(root, name)) examiner.fact(name.replace('_', ' '), values.text(root, name))
  for (const opset of messagesIn(root, 'opset_import').slice(0, 20))
    examiner.fact(`operators ${values.text(opset, 'domain') || 'ai.onnx'}`, values.number(opset, 'version') ?? 0)
  for (const entry of messagesIn(root, 'metadata_props').slice(0, 50))
    examiner.fact(`metadata ${values.text(entry, 'key')}`, values.text(entry, 'value'))
}
