import { modelFormat } from '../../core/index.ts'
import { readProto } from '../protobuf.ts'
import { examineProto, headBytes } from '../protobuf-reading.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

const mostBytes = 512
const type = 'FingerprintDef'

/** Checksums of the parts of a SavedModel, `fingerprint.pb`. */
export default modelFormat({
  id: 'tf-fingerprint',
  title: 'Fingerprint of a SavedModel',
  extensions: ['fingerprint.pb'],
  sniff(head, _tail, name, size) {
    if (size > mostBytes || size < 8 || head[0] !== 0x08) return 0
    let unknown = 0
    const { root, trouble } = readProto(headBytes(head, size), {
      schema,
      type,
      ahead: 64,
      unknown: () => void unknown++,
    })
    const numbers = root.fields.filter(field => field.kind === 'int').length
    if (numbers < 3 || root.fields[0]?.name !== 'saved_model_checksum') return 0
    return trouble === undefined && unknown === 0 ? (name.endsWith('fingerprint.pb') ? 3 : 2) : 1
  },
  read(bytes, examiner) {
    examineProto(bytes, examiner, { schema, type, format: 'tf-fingerprint', what: 'checksums' })
  },
})
