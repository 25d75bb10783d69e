import { memoryBytes, modelFormat } from '../../core/index.ts'
import { orMalformed } from '../cursor.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }
import { outerNames, toBinary } from '../textproto.ts'

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
  sniff: head => (typeOf(latin1(head)) ? 3 : 0),

  async read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: 'A graph of so much text is not read.' })
    const text = latin1(bytes.read(0, bytes.size))
    const found = typeOf(text.slice(0, 64 << 10)) ?? types[2]
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
  if (!/^\s*(#[^\n]*\n\s*)*[a-z_]+\s*[{:<]/.test(text)) return null
  const names = outerNames(text)
  const inner = /\b(op|name|graph_def|tags|signature)\s*:|\bgraph_def\s*\{|\bsignature\s*\{/.test(text)
  return inner
    ? (types.find(({ telling }) => telling.some(name => names.includes(name)) && fits(names, telling)) ?? null)
    : null
}

/** A list of `node` alone is a graph; Caffe's networks have layers. */
const fits = (names: readonly string[], telling: readonly string[]): boolean =>
  !names.includes('layer') && !names.includes('layers') && names.some(name => telling.includes(name))
