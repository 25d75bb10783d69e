import { memoryBytes, modelFormat } from '../../core/index.ts'
import { orMalformed } from '../cursor.ts'
import schema from '../onnx-schema.json' with { type: 'json' }
import { isUntold, outerNames, toBinary } from '../textproto.ts'

const mostBytes = 64 << 20

/** ONNX models as text, which the loader takes by the ending of the name. */
export default modelFormat({
  id: 'onnx-text',
  title: 'ONNX model as text',
  extensions: ['.textproto', '.onnxtxt', '.pbtxt'],
  sniff(head, _tail, name, size) {
    const text = latin1(head)
    if (size > head.length && /\.(textproto|onnxtxt)$/.test(name) && isUntold(text)) return 2
    if (!/^\s*[#a-z_]/.test(text)) return 0
    const names = outerNames(text)
    return names.includes('ir_version') || (names.includes('graph') && names.includes('opset_import')) ? 3 : 0
  },

  async read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: 'A graph of so much text is not read.' })
    let binary: Uint8Array | null = null
    await orMalformed(examiner, 'onnx-text-malformed', () => {
      binary = toBinary(latin1(bytes.read(0, bytes.size)), schema, 'ModelProto')
      examiner.claim(0, bytes.size, 'graph')
    })
    if (binary) await examiner.member('in binary form', memoryBytes(binary), { as: 'onnx', again: true })
  },
})

const latin1 = (data: Uint8Array): string => Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
