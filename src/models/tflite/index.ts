import { type Bytes, type Dtype, type Examiner, gapsIn, modelFormat, type Range, sliceOf } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { quoted } from '../cursor.ts'
import { claimFlat, type FlatTable, FlatValues, readFlat, tablesIn } from '../flatbuffer.ts'
import { associated } from './associated.ts'
import { flexOperators } from './flex.ts'
import builtin from './operators.json' with { type: 'json' }
import schema from './schema.json' with { type: 'json' }

const custom = builtin.indexOf('CUSTOM')
/** Number types by their code: the name in the file, and ours where it is a plain array. */
const types: readonly (readonly [string, Dtype | null])[] = [
  ['FLOAT32', 'F32'],
  ['FLOAT16', 'F16'],
  ['INT32', 'I32'],
  ['UINT8', 'U8'],
  ['INT64', 'I64'],
  ['STRING', null],
  ['BOOL', 'BOOL'],
  ['INT16', 'I16'],
  ['COMPLEX64', 'C64'],
  ['INT8', 'I8'],
  ['FLOAT64', 'F64'],
  ['COMPLEX128', 'C128'],
  ['UINT64', 'U64'],
  ['RESOURCE', null],
  ['VARIANT', null],
  ['UINT32', 'U32'],
  ['UINT16', 'U16'],
  ['INT4', null],
  ['BFLOAT16', 'BF16'],
]

/** Graphs of operators in tables; files that belong to the model may stand behind, as a zip archive. */
export default modelFormat({
  id: 'tflite',
  title: 'TensorFlow Lite model',
  extensions: ['.tflite', '.lite'],
  includes: ['zip'],
  sniff: head => (Buffer.from(head.subarray(4, 8)).toString('latin1') === 'TFL3' ? 3 : 0),

  async read(bytes, examiner) {
    const read = readFlat(bytes, schema, 'Model')
    const values = new FlatValues(bytes)
    const beyond = outside(read.root, values, bytes, examiner)
    const end = Math.max(0, ...read.ranges.map(range => range.end))
    claimFlat(read, bytes, examiner, { format: 'tflite', end: end + 16, headers: [{ start: 0, end: 8 }] })
    tensors(read.root, values, bytes, examiner)
    program(read.root, values, bytes, examiner)
    facts(read.root, values, examiner)
    const last = gapsIn([...read.ranges, ...beyond, { start: 0, end: 8 }], bytes.size).at(-1)
    if (last && last.end === bytes.size) await associated(bytes, last.start, examiner)
  },
})

function facts(root: FlatTable, values: FlatValues, examiner: Examiner): void {
  examiner.fact('version', values.number(root, 'version'))
  if (values.text(root, 'description')) examiner.fact('description', values.text(root, 'description'))
  for (const entry of tablesIn(root, 'metadata').slice(0, 20)) examiner.fact('metadata', values.text(entry, 'name'))
}

/** Numbers that stand behind the tables, because they are too many for them. */
function outside(root: FlatTable, values: FlatValues, bytes: Bytes, examiner: Examiner): Range[] {
  const ranges: Range[] = []
  const take = (table: FlatTable, [offset, size]: readonly [string, string]) => {
    const start = values.number(table, offset)
    const end = start + values.number(table, size)
    if (start < 2 || end === start) return
    if (end <= bytes.size) ranges.push({ start, end })
    else {
      const text = `Numbers should stand at ${start} to ${end}, and the file ends at ${bytes.size}.`
      examiner.note({ rule: 'tflite-out-of-bounds', severity: 'hold', text, start: table.at })
    }
  }
  for (const buffer of tablesIn(root, 'buffers')) take(buffer, ['offset', 'size'])
  for (const graph of tablesIn(root, 'subgraphs'))
    for (const each of tablesIn(graph, 'operators')) take(each, ['largeCustomOptionsOffset', 'largeCustomOptionsSize'])
  for (const { start, end } of ranges) examiner.claim(start, end, 'numbers')
  return ranges
}

function tensors(root: FlatTable, values: FlatValues, bytes: Bytes, examiner: Examiner): void {
  const buffers = tablesIn(root, 'buffers')
  for (const graph of tablesIn(root, 'subgraphs'))
    for (const tensor of tablesIn(graph, 'tensors')) {
      const buffer = buffers[values.number(tensor, 'buffer')]
      const data = buffer?.fields.get('data')
      const [stored, dtype] = types[values.number(tensor, 'type')] ?? ['unknown', null]
      if (!data || data.end === data.start) continue
      const [name, shape] = [values.text(tensor, 'name'), values.numbers(tensor, 'shape')]
      const range = { start: data.start, bytes: sliceOf(bytes, data.start, data.end) }
      examiner.tensor({ name, dtype, stored, shape, ...range })
    }
}

/** A builtin operator by its number, of which old files have only the first byte; else a custom one by its name. */
function operatorOf(code: FlatTable, values: FlatValues): readonly [module: string, name: string] {
  const number = Math.max(values.number(code, 'deprecatedBuiltinCode'), values.number(code, 'builtinCode'))
  const name = values.text(code, 'customCode')
  if (number === custom || name !== '') return ['custom', name]
  return ['builtin', builtin[number] ?? `operator ${number}`]
}

/** Operators of TensorFlow are named in their settings too, and run by what stands there. */
function flex(operator: FlatTable, stated: string, bytes: Bytes, acts: ActList): void {
  const options = operator.fields.get('customOptions')
  if (!options) return
  const names = flexOperators(bytes, options)
  if (!names) acts.add('unresolved', 'custom', stated, 'settings', options.start)
  for (const name of names ?? []) acts.add('operator', 'custom', `Flex${name}`, 'settings', options.start)
}

function program(root: FlatTable, values: FlatValues, bytes: Bytes, examiner: Examiner): void {
  const acts = new ActList()
  const codes = tablesIn(root, 'operatorCodes')
  const lines: string[] = []
  for (const code of codes) acts.add('operator', ...operatorOf(code, values), 'operator code', code.at)
  for (const graph of tablesIn(root, 'subgraphs'))
    for (const operator of tablesIn(graph, 'operators')) {
      const code = codes[values.number(operator, 'opcodeIndex')]
      if (!code) continue
      const [module, name] = operatorOf(code, values)
      if (module === 'custom' && name.startsWith('Flex')) flex(operator, name, bytes, acts)
      if (lines.length < 10_000) lines.push(`${operator.at}: ${module}::${name}`)
    }
  for (const group of tablesIn(root, 'externalBufferGroups'))
    acts.add('reach', '', values.text(group, 'name'), 'external data', group.at)
  const listing = (most: number) => lines.slice(0, most)
  examiner.program({ language: 'tflite', start: 0, end: bytes.size, acts: acts.all(), listing, ...acts.incomplete })
  if (codes.length > 0) examiner.fact('operators', quoted(codes.map(code => operatorOf(code, values)[1]).join(' ')))
}
