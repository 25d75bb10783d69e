import { memoryBytes, modelFormat } from '../../core/index.ts'
import { caffeSchema as schema } from '../caffe-schema.ts'
import { orMalformed } from '../cursor.ts'
import { isUntold, outerNames, toBinary } from '../textproto.ts'

const mostBytes = 32 << 20

/** The layers of a Caffe network as text. */
export default modelFormat({
  id: 'caffe-prototxt',
  title: 'Caffe network as text',
  extensions: ['.prototxt'],
  sniff(head, _tail, name, size) {
    const text = latin1(head)
    if (size > head.length && name.endsWith('.prototxt') && isUntold(text)) return 2
    if (!/^\s*[#a-z_]/.test(text)) return 0
    const names = outerNames(text)
    return names.includes('layer') || names.includes('layers') ? 3 : 0
  },

  async read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: 'A network of so much text is not read.' })
    let binary: Uint8Array | null = null
    await orMalformed(examiner, 'caffe-prototxt-malformed', () => {
      binary = toBinary(latin1(bytes.read(0, bytes.size)), schema, 'NetParameter', true)
      examiner.claim(0, bytes.size, 'layers')
    })
    if (binary) await examiner.member('in binary form', memoryBytes(binary), { as: 'caffe', again: true })
  },
})

const latin1 = (data: Uint8Array): string => Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
