import { memoryBytes, modelFormat } from '../../core/index.ts'
import { orMalformed } from '../cursor.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }
import { isUntold, outerNames, toBinary } from '../textproto.ts'

const mostBytes = 64 << 20
const types = [
  { type: 'SavedModel', as: 'tf-savedmodel', telling: ['meta_graphs'] },
  { type: 'MetaGraphDef', as: 'tf-graphdef', telling: ['meta_info_def', 'graph_def', 'saver_def'] },
  { type: 'GraphDef', as: 'tf-graphdef', telling: ['node', 'library'] },
] as const

/** TensorFlow graphs as text: the loaders take `saved_model.pbtxt` where there is no binary one. */
export default modelFormat({
  id: 'tf-pbtxt',
  title: 'TensorFlow graph as text',
  extensions: ['.pbtxt'],
  sniff(head, _tail, name, size) {
    const text = latin1(head)
    if (size > head.length && name.endsWith('.pbtxt') && isUntold(text)) return 2
    return /^\s*[#a-z_]/.test(text) && typeOf(text) ? 3 : 0
  },

  async read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: 'A graph of so much text is not read.' })
    const text = latin1(bytes.read(0, bytes.size))
    const found = typeOf(text) ?? types[2]
    let binary: Uint8Array | null = null
    await orMalformed(examiner, 'tf-pbtxt-malformed', () => {
      binary = toBinary(text, schema, found.type)
      examiner.claim(0, bytes.size, 'graph')
    })
    if (binary) await examiner.member('in binary form', memoryBytes(binary), { as: found.as, again: true })
  },
})

const latin1 = (data: Uint8Array): string => Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')

function typeOf(text: string): (typeof types)[number] | null {
  const names = outerNames(text)
  return types.find(({ telling }) => fits(names, telling)) ?? null
}

/** A list of `node` alone is a graph; Caffe's networks have layers. */
const fits = (names: readonly string[], telling: readonly string[]): boolean =>
  !names.includes('layer') && !names.includes('layers') && names.some(name => telling.includes(name))
