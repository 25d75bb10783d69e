import { type Examiner, modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { allMessages, messagesIn, ProtoValues } from '../protobuf-values.ts'
import schema from './schema.json' with { type: 'json' }

/** Fields of a layer that are not what it does. */
const plain = new Set(['name', 'input', 'output', 'inputTensor', 'outputTensor', 'isUpdatable'])

/** Networks, trees, programs and pipelines of them; a custom layer or model is a class of the application. */
export default modelFormat({
  id: 'coreml',
  title: 'Core ML model',
  extensions: ['.mlmodel'],

  sniff(head, _tail, _name, size) {
    if (head[0] !== 0x08) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'Model')
    if (!seen.has('Model.specificationVersion') || !seen.has('Model.description')) return 0
    if (!seen.has('FeatureDescription.type') && !seen.has('ModelDescription.metadata')) return 0
    return (sound && unknown === 0) || seen.has('FeatureType.multiArrayType') ? 3 : 2
  },

  read(bytes, examiner) {
    const root = examineProto(bytes, examiner, { schema, type: 'Model', format: 'coreml', what: 'model' })
    const values = new ProtoValues(bytes)
    examiner.fact('specification version', values.number(root, 'specificationVersion') ?? 0)
    const acts = new ActList()
    const lines: string[] = []
    for (const message of allMessages(root)) {
      const done = actOf(message, values, acts, examiner)
      if (done !== null && lines.length < 10_000) lines.push(`${message.start}: ${done}`)
    }
    const listing = (most: number) => lines.slice(0, most)
    examiner.program({ language: 'coreml', start: 0, end: bytes.size, acts: acts.all(), listing, ...acts.incomplete })
  },
})

/** What one message has the framework do; gives it as a line. */
function actOf(message: ProtoMessage, values: ProtoValues, acts: ActList, examiner: Examiner): string | null {
  const { type, start } = message
  if (type === 'NeuralNetworkLayer') {
    const kinds = message.fields.filter(field => !plain.has(field.name)).map(field => field.name)
    for (const kind of new Set(kinds)) acts.add('operator', 'layer', kind, 'layer', start)
    return kinds.join(', ')
  }
  if (type === 'Operation') {
    acts.add('operator', 'mil', values.text(message, 'type'), 'operation', start)
    return values.text(message, 'type')
  }
  if (type === 'CustomLayerParams' || type === 'CustomModel') {
    const name = values.text(message, 'className')
    acts.add('call', type === 'CustomModel' ? 'custom model' : 'custom layer', name, type, start)
    return `custom ${name}`
  }
  if (type === 'LinkedModelFile')
    for (const field of ['linkedModelFileName', 'linkedModelSearchPath'])
      for (const parameter of messagesIn(message, field))
        acts.add('reach', '', values.text(parameter, 'defaultValue'), field, start)
  if (type === 'BlobFileValue') acts.add('reach', '', values.text(message, 'fileName'), 'external data', start)
  if (type === 'Metadata')
    for (const name of ['shortDescription', 'versionString', 'author', 'license'])
      if (values.text(message, name)) examiner.fact(name, values.text(message, name))
  return null
}
