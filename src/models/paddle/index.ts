import { modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { examineProto, likeness } from '../protobuf-reading.ts'
import { allMessages, messagesIn, ProtoValues } from '../protobuf-values.ts'
import schema from './schema.json' with { type: 'json' }

/** Settings by which operators name files, addresses and code. */
const naming = /path|file|dir|endpoint|addr|url|host|forward_callable_id|token|lib|module|func/i

/** A program of operators in blocks; its numbers stand in files beside it. */
export default modelFormat({
  id: 'paddle',
  title: 'PaddlePaddle program',
  extensions: ['.pdmodel', '__model__'],

  sniff(head, _tail, _name, size) {
    if (head[0] !== 0x0a) return 0
    const { seen, unknown, sound } = likeness(head, size, schema, 'ProgramDesc')
    if (!seen.has('BlockDesc.idx') && !seen.has('BlockDesc.parent_idx')) return 0
    const told = seen.has('OpDesc.type') || (seen.has('VarDesc.name') && seen.has('VarType.type'))
    return !told ? 0 : (sound && unknown === 0) || seen.has('OpDesc.type') ? 3 : 2
  },

  read(bytes, examiner) {
    const root = examineProto(bytes, examiner, { schema, type: 'ProgramDesc', format: 'paddle', what: 'program' })
    const values = new ProtoValues(bytes)
    const acts = new ActList()
    for (const message of allMessages(root)) if (message.type === 'OpDesc') operator(message, values, acts)
    const listing = (lines: number) => linesOf(root, values, lines)
    examiner.program({ language: 'paddle', start: 0, end: bytes.size, acts: acts.all(), listing, ...acts.incomplete })
  },
})

function operator(message: ProtoMessage, values: ProtoValues, acts: ActList): void {
  const name = values.text(message, 'type')
  acts.add('operator', '', name, 'operator', message.start)
  for (const attribute of messagesIn(message, 'attrs')) {
    const key = values.text(attribute, 'name')
    if (!naming.test(key)) continue
    for (const value of [...values.texts(attribute, 's', 4), ...values.texts(attribute, 'strings', 4)])
      if (value !== '') acts.add('reach', name, value, key, attribute.start)
  }
}

function linesOf(root: ProtoMessage, values: ProtoValues, most: number): string[] {
  const lines: string[] = []
  for (const message of allMessages(root)) {
    if (lines.length >= most) break
    if (message.type !== 'OpDesc') continue
    const of = (name: string) => messagesIn(message, name).flatMap(each => values.texts(each, 'arguments', 4))
    lines.push(
      `${message.start}: ${of('outputs').join(', ')} = ${values.text(message, 'type')}(${of('inputs').join(', ')})`,
    )
  }
  return lines
}
