import type { Program } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import type { ProtoMessage } from '../protobuf.ts'
import { allMessages, messagesIn, type ProtoValues } from '../protobuf-values.ts'
import type { External } from './tensors.ts'

/** Attributes by which operators name files and code: of any operator, since nobody knows what foreign ones do. */
const reaching = /^(ep_cache_context|.*(file|path|uri|url|library|module|script|code)(_?name)?s?)$/i
const embedded = 'embed_mode'
const mostText = 200

/** What a runtime would run: its operators, in the graph, in subgraphs and in functions, and the files it opens. */
export function programOf(root: ProtoMessage, values: ProtoValues, externals: readonly External[]): Program {
  const acts = new ActList()
  const local = new Set(
    messagesIn(root, 'functions').map(each => `${domainOf(each, values)}\0${values.text(each, 'name')}`),
  )
  for (const message of allMessages(root)) {
    if (message.type !== 'NodeProto') continue
    const [domain, name] = [domainOf(message, values), values.text(message, 'op_type')]
    const isLocal = local.has(`${domain}\0${name}`)
    acts.add('operator', domain, name, isLocal ? 'function of the model' : 'node', message.start)
    if (domain !== '' && !isLocal) settings(message, values, name, acts)
  }
  for (const { location, offset, more } of externals)
    acts.add('reach', '', location, 'external data', offset, more.length > 0 ? more.slice(0, 4) : [])
  const listing = (lines: number) => linesOf(root, values, lines)
  return { language: 'onnx', start: root.start, end: root.end, acts: acts.all(), listing, ...acts.incomplete }
}

/** `ai.onnx` is the other name of the standard's own domain. */
function domainOf(message: ProtoMessage, values: ProtoValues): string {
  const domain = values.text(message, 'domain')
  return domain === 'ai.onnx' ? '' : domain
}

/** Files and code that an operator of a foreign domain names in its settings. */
function settings(node: ProtoMessage, values: ProtoValues, operator: string, acts: ActList): void {
  const attributes = messagesIn(node, 'attribute')
  const isEmbedded = attributes.some(each => values.text(each, 'name') === embedded && values.number(each, 'i') === 1)
  for (const attribute of attributes) {
    const name = values.text(attribute, 'name')
    const field = attribute.fields.findLast(each => each.name === 's')
    if (!field || !reaching.test(name) || (isEmbedded && name === 'ep_cache_context')) continue
    acts.add('reach', operator, values.textOf(field, mostText), `attribute ${name}`, attribute.start)
  }
}

function linesOf(root: ProtoMessage, values: ProtoValues, most: number): string[] {
  const lines: string[] = []
  for (const message of allMessages(root)) {
    if (lines.length >= most) break
    if (message.type === 'FunctionProto') lines.push(`${message.start}: function ${values.text(message, 'name')}`)
    if (message.type !== 'NodeProto') continue
    const domain = domainOf(message, values)
    const called = `${domain ? `${domain}::` : ''}${values.text(message, 'op_type')}`
    const out = values.texts(message, 'output', 4).join(', ')
    lines.push(`${message.start}: ${out} = ${called}(${values.texts(message, 'input', 8).join(', ')})`)
  }
  return lines
}
