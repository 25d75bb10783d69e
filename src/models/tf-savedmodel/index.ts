import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { allMessages, messagesIn, ProtoValues } from '../protobuf-values.ts'
import { tensorflowProgram } from '../tensorflow-program.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

const telling = [
  'MetaInfoDef.tags',
  'MetaInfoDef.tensorflow_version',
  'OpDef.name',
  'NodeDef.op',
  'MetaGraphDef.graph_def',
]

/** Graphs with their functions, signatures and saver, as TensorFlow loads and runs them. */
export default modelFormat({
  id: 'tf-savedmodel',
  title: 'TensorFlow SavedModel',
  extensions: ['.pb'],

  sniff(head, _tail, name, size) {
    if (head[0] !== 0x08 && head[0] !== 0x12) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'SavedModel')
    if (!seen.has('SavedModel.meta_graphs')) return 0
    const told = telling.filter(field => seen.has(field)).length
    if (told === 0) return name.endsWith('saved_model.pb') ? 1 : 0
    return told > 1 && (seen.has('NodeDef.op') || (sound && unknown === 0)) ? 3 : 2
  },

  async read(bytes, examiner) {
    const root = examineProto(bytes, examiner, { schema, type: 'SavedModel', format: 'tf-savedmodel', what: 'graph' })
    const values = new ProtoValues(bytes)
    for (const meta of messagesIn(root, 'meta_graphs')) {
      facts(meta, values, examiner)
      const graphs = messagesIn(meta, 'graph_def')
      if (graphs.length > 0) examiner.program(tensorflowProgram(graphs, { metas: [meta] }, values))
    }
    await layers(root, values, bytes, examiner)
  },
})

function facts(meta: ProtoMessage, values: ProtoValues, examiner: Examiner): void {
  for (const info of messagesIn(meta, 'meta_info_def')) {
    examiner.fact('tags', values.texts(info, 'tags', 10).join(', '))
    examiner.fact('tensorflow version', values.text(info, 'tensorflow_version'))
  }
  for (const signature of messagesIn(meta, 'signature_def').slice(0, 20))
    examiner.fact('signature', values.text(signature, 'key'))
}

/** Objects carry the configuration of the Keras layer that they were. */
async function layers(root: ProtoMessage, values: ProtoValues, bytes: Bytes, examiner: Examiner): Promise<void> {
  for (const message of allMessages(root)) {
    if (message.type !== 'SavedUserObject') continue
    for (const { name, at, end } of message.fields) {
      if (name !== 'metadata' || end - at < 3) continue
      const text = values.text(message, 'metadata')
      if (!/class_name|config/.test(text)) continue
      const place = { start: at, end, again: true }
      await examiner.member(`metadata@${at}`, sliceOf(bytes, at, end), { as: 'keras-config', ...place })
    }
  }
}
