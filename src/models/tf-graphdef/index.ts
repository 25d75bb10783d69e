import { modelFormat } from '../../core/index.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { messagesIn, ProtoValues } from '../protobuf-values.ts'
import { tensorflowProgram } from '../tensorflow-program.ts'
import schema from '../tensorflow-schema.json' with { type: 'json' }

const named = /^[A-Za-z0-9_.>][\w.>/\\-]*$/

/** A graph of TensorFlow that stands alone: frozen with its numbers, or with a saver beside it (`.meta`). */
export default modelFormat({
  id: 'tf-graphdef',
  title: 'TensorFlow graph',
  extensions: ['.pb', '.meta', '.graphdef'],
  sniff: (head, _tail, _name, size) =>
    Math.max(sniffed(head, size, 'GraphDef'), sniffed(head, size, 'MetaGraphDef')) as 0 | 1 | 2 | 3,

  read(bytes, examiner) {
    const head = bytes.read(0, 64 << 10).slice()
    const isMeta = sniffed(head, bytes.size, 'MetaGraphDef') > sniffed(head, bytes.size, 'GraphDef')
    const type = isMeta ? 'MetaGraphDef' : 'GraphDef'
    const root = examineProto(bytes, examiner, { schema, type, format: 'tf-graphdef', what: 'graph' })
    const graphs = isMeta ? messagesIn(root, 'graph_def') : [root]
    examiner.program(tensorflowProgram(graphs, { metas: isMeta ? [root] : [] }, new ProtoValues(bytes)))
  },
})

/** Node and operator names are what such a file begins with. */
function sniffed(head: Uint8Array, size: number, type: 'GraphDef' | 'MetaGraphDef'): 0 | 1 | 2 | 3 {
  if (head[0] !== 0x0a && head[0] !== 0x12 && head[0] !== 0x22) return 0
  const { seen, unknown, sound, root } = likeness(head, size, schema, type)
  const graphs = type === 'GraphDef' ? [root] : messagesIn(root, 'graph_def')
  const values = new ProtoValues({ size: head.length, read: (start, end) => head.subarray(start, end) })
  const nodes = graphs.flatMap(graph => [
    ...messagesIn(graph, 'node'),
    ...messagesIn(graph, 'library').flatMap(library =>
      messagesIn(library, 'function').flatMap(each => messagesIn(each, 'node_def')),
    ),
  ])
  const whole = nodes.filter(node => node.end <= head.length)
  const isNamed = whole.filter(node => named.test(values.text(node, 'op')) && values.text(node, 'name') !== '').length
  if (isNamed === 0 || isNamed < whole.length / 2) return 0
  if (type === 'MetaGraphDef' && !seen.has('MetaGraphDef.graph_def')) return 0
  return isNamed === whole.length && (isNamed > 1 || (sound && unknown === 0)) ? 3 : 2
}
