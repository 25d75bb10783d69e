import { type Bytes, type Dtype, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { caffeSchema as schema } from '../caffe-schema.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { allMessages, messagesIn, ProtoValues } from '../protobuf-values.ts'

const plain: Readonly<Record<string, Dtype>> = { data: 'F32', diff: 'F32', double_data: 'F64', double_diff: 'F64' }

/** Layers of a Caffe network and their numbers; a layer may be a class of Python. */
export default modelFormat({
  id: 'caffe',
  title: 'Caffe network',
  extensions: ['.caffemodel'],
  sniff(head, _tail, _name, size) {
    if (head[0] !== 0x0a && head[0] !== 0x12 && head[0] !== 0xa2) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'NetParameter')
    const isNew = seen.has('LayerParameter.type') && seen.has('LayerParameter.name')
    const isOld = seen.has('V1LayerParameter.type') && seen.has('V1LayerParameter.name')
    if (!isNew && !isOld) return 0
    return (sound && unknown === 0) || isNew ? 3 : 2
  },

  read(bytes, examiner) {
    const root = examineProto(bytes, examiner, { schema, type: 'NetParameter', format: 'caffe', what: 'network' })
    const values = new ProtoValues(bytes)
    const acts = new ActList()
    for (const message of allMessages(root)) {
      if (message.type === 'LayerParameter') layer(message, values, acts)
      if (message.type === 'BlobProto') tensors(message, values, bytes, examiner)
    }
    const all = acts.all()
    const listing = (most: number) => all.slice(0, most).map(act => `${act.offset}: ${act.module} ${act.name}`)
    examiner.program({ language: 'caffe', start: 0, end: bytes.size, acts: all, listing, ...acts.incomplete })
  },
})

function layer(message: ProtoMessage, values: ProtoValues, acts: ActList): void {
  acts.add('operator', 'layer', values.text(message, 'type'), 'layer', message.start)
  for (const python of messagesIn(message, 'python_param'))
    acts.add('call', values.text(python, 'module'), values.text(python, 'layer'), 'Python layer', python.start)
  for (const field of ['data_param', 'hdf5_data_param', 'image_data_param', 'window_data_param', 'hdf5_output_param'])
    for (const of of messagesIn(message, field))
      for (const name of ['source', 'file_name'])
        if (values.text(of, name)) acts.add('reach', field, values.text(of, name), name, of.start)
}

function tensors(message: ProtoMessage, values: ProtoValues, bytes: Bytes, examiner: Examiner): void {
  for (const { name, at, end, wire } of message.fields) {
    const dtype = plain[name]
    if (!dtype || wire !== 2 || end === at) continue
    const stated = messagesIn(message, 'shape').flatMap(shape => values.numbers(shape, 'dim'))
    const shape = stated.length > 0 ? stated : [(end - at) / (dtype === 'F32' ? 4 : 8)]
    examiner.tensor({ name: `${name}@${at}`, dtype, stored: dtype, shape, start: at, bytes: sliceOf(bytes, at, end) })
  }
}
