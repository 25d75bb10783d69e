import { type Bytes, type Examiner, memoryBytes, modelFormat, sliceOf } from '../../core/index.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { messagesIn, ProtoValues } from '../protobuf-values.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

const [newline, return_] = [0x0a, 0x0d]

/** What Keras makes the layers of a SavedModel of: a configuration for each, `keras_metadata.pb`. */
export default modelFormat({
  id: 'tf-keras-metadata',
  title: 'Keras metadata of a SavedModel',
  extensions: ['keras_metadata.pb'],

  sniff(head, _tail, _name, size) {
    const isConverted = head[0] === return_ && head[1] === newline
    if (isConverted) return sniffed(restored(head), size - 1) > 0 ? 2 : 0
    return sniffed(head, size)
  },

  async read(bytes, examiner) {
    if (bytes.read(0, 1)[0] === return_) {
      const text = 'Its line ends were converted as if it were text: no loader reads it as it is.'
      examiner.note({ rule: 'tf-keras-metadata-converted', severity: 'info', text })
      examiner.claim(0, bytes.size, 'layers')
      const whole = memoryBytes(restored(bytes.read(0, bytes.size)))
      await examiner.member('line ends put back', whole, { as: 'tf-keras-metadata', again: true })
    } else await readLayers(bytes, examiner)
  },
})

/** The bytes before each newline got a carriage return: takes them out again. */
function restored(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length)
  let length = 0
  data.forEach((byte, k) => {
    if (byte !== return_ || data[k + 1] !== newline) out[length++] = byte
  })
  return out.subarray(0, length)
}

function sniffed(head: Uint8Array, size: number): 0 | 2 | 3 {
  if (head[0] !== newline) return 0
  const { seen, unknown, sound, root } = likeness(head, size, schema, 'SavedMetadata')
  const values = new ProtoValues({ size: head.length, read: (start, end) => head.subarray(start, end) })
  const first = messagesIn(root, 'nodes').find(node => node.end <= head.length || node.start < head.length - 4096)
  if (!first || !seen.has('protobuf.SavedObject.identifier')) return 0
  const identifier = values.text(first, 'identifier')
  const isKeras = /^_?tf_keras_\w+$/.test(identifier)
  return isKeras ? 3 : sound && unknown === 0 && /^[\w.]+$/.test(identifier) ? 2 : 0
}

async function readLayers(bytes: Bytes, examiner: Examiner): Promise<void> {
  const what = 'layers'
  const root = examineProto(bytes, examiner, { schema, type: 'SavedMetadata', format: 'tf-keras-metadata', what })
  const values = new ProtoValues(bytes)
  for (const node of messagesIn(root, 'nodes'))
    for (const { name, at, end } of node.fields) {
      if (name !== 'metadata' || end === at) continue
      const layer = values.text(node, 'node_path') || `metadata@${at}`
      await examiner.member(layer, sliceOf(bytes, at, end), { as: 'keras-config', start: at, end })
    }
}
