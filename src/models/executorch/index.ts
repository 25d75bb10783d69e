import { type Bytes, type Examiner, modelFormat, type Range, sliceOf } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { Cursor, orMalformed } from '../cursor.ts'
import { claimFlat, type FlatTable, FlatValues, type ReadFlat, readFlat, tablesIn } from '../flatbuffer.ts'
import flat from './flat-tensor.json' with { type: 'json' }
import schema from './schema.json' with { type: 'json' }

const mostPadding = 64 << 10
/** First bytes of programs for a processor. */
const native = /^(\x7fELF|MZ|\xcf\xfa\xed\xfe|\xfe\xed\xfa[\xce\xcf]|\xca\xfe\xba\xbe|!<arch>)/

/** Programs of operators and of blobs for accelerators, in tables; their numbers stand in segments behind. */
export default modelFormat({
  id: 'executorch',
  title: 'ExecuTorch program',
  extensions: ['.pte', '.ptd'],
  sniff: head => (/^(ET\d\d|FT\d\d)$/.test(identifier(head)) ? 3 : 0),

  async read(bytes, examiner) {
    await orMalformed(examiner, 'executorch-malformed', () => readFile(bytes, examiner))
  },
})

const identifier = (head: Uint8Array): string => Buffer.from(head.subarray(4, 8)).toString('latin1')

/** Where the segments begin: said in the header, which new files have. */
function segmentsBegin(bytes: Bytes): { base: number; tables: number; header: number } {
  const magic = Buffer.from(bytes.read(8, 12)).toString('latin1')
  const cursor = new Cursor(bytes, 12)
  if (magic !== 'eh00' && magic !== 'FH01') return { base: 0, tables: bytes.size, header: 8 }
  const length = cursor.u32()
  if (magic === 'FH01') cursor.length('the place of the tables')
  const tables = cursor.length('the size of the tables')
  const base = cursor.length('the place of the segments')
  return { base, tables, header: 8 + Math.min(length, 64) }
}

function readFile(bytes: Bytes, examiner: Examiner): void {
  const isProgram = identifier(bytes.read(0, 8)).startsWith('ET')
  const { base, tables, header } = segmentsBegin(bytes)
  const read = isProgram ? readFlat(bytes, schema, 'Program') : readFlat(bytes, flat, 'FlatTensor')
  claimFlat(read, bytes, examiner, { format: 'executorch', end: tables, headers: [{ start: 0, end: header }] })
  const values = new FlatValues(bytes)
  const segments = segmentsOf(read, values, base, bytes, examiner)
  if (isProgram) program(read.root, values, segments, bytes, examiner)
  for (const named of tablesIn(read.root, 'named_data').slice(0, 20)) examiner.fact('data', values.text(named, 'key'))
}

function segmentsOf(read: ReadFlat, values: FlatValues, base: number, bytes: Bytes, examiner: Examiner): Range[] {
  const tablesEnd = Math.max(8, ...read.ranges.map(range => range.end))
  const segments = tablesIn(read.root, 'segments').map(segment => {
    const start = base + values.number(segment, 'offset')
    return { start, end: start + values.number(segment, 'size') }
  })
  let at = tablesEnd
  for (const { start, end } of segments) {
    if (end > bytes.size || end < start) {
      const text = `A segment should stand at ${start} to ${end}, and the file ends at ${bytes.size}.`
      examiner.note({ rule: 'executorch-out-of-bounds', severity: 'hold', text })
      continue
    }
    const isPadding = start > at && start - at <= mostPadding && bytes.read(at, start).every(byte => byte === 0)
    if (isPadding) examiner.claim(at, start, 'padding')
    examiner.claim(start, end, 'segments')
    at = Math.max(at, end)
  }
  const rest = bytes.size - at
  if (rest > 0 && rest <= mostPadding && bytes.read(at, bytes.size).every(byte => byte === 0))
    examiner.claim(at, bytes.size, 'padding')
  return segments
}

function program(root: FlatTable, values: FlatValues, segments: readonly Range[], bytes: Bytes, examiner: Examiner) {
  const acts = new ActList()
  const inline = tablesIn(root, 'backend_delegate_data')
  for (const plan of tablesIn(root, 'execution_plan')) {
    for (const operator of tablesIn(plan, 'operators')) {
      const [module = '', name] = values.text(operator, 'name').split('::')
      acts.add('operator', name === undefined ? '' : module, name ?? module, 'operator', operator.at)
    }
    for (const delegate of tablesIn(plan, 'delegates')) {
      const id = values.text(delegate, 'id')
      acts.add('import', 'delegate', id, 'delegate', delegate.at)
      const [reference] = tablesIn(delegate, 'processed')
      const k = values.number(reference, 'index')
      const data = values.number(reference, 'location') === 1 ? segments[k] : inline[k]?.fields.get('data')
      if (data && native.test(Buffer.from(bytes.read(data.start, data.start + 8)).toString('latin1')))
        acts.add('call', 'delegate', id, 'code for a processor', data.start)
      if (data) examiner.fact('delegate', `${id}, ${sliceOf(bytes, data.start, data.end).size} bytes`)
    }
  }
  const listing = (most: number) =>
    acts
      .all()
      .slice(0, most)
      .map(act => `${act.offset}: ${act.module}::${act.name}`)
  examiner.program({ language: 'executorch', start: 0, end: bytes.size, acts: acts.all(), listing, ...acts.incomplete })
}
