import { type Cell, format, type RecordBatch, type RecordDefect } from '../../core/index.ts'
import { isText, utf8Head, utf8Of } from '../../sources/index.ts'
import { type Block, blocks } from '../blocks.ts'
import { cutsOf } from '../cuts.ts'
import { textsOf } from '../decode.ts'
import { lineCutter } from '../line-cutter.ts'
import { columns, isHeader, type Reading, readingOf } from './fields.ts'

const sampleBytes = 64 << 10
/** Lines that may stand before the first capture. */
const sampleLines = 50

/** Indexes of web archives: CDXJ, and the older CDX with 7 to 11 fields. */
export default format({
  id: 'cdxj',
  title: 'CDXJ and CDX index',
  extensions: ['.cdxj', '.cdx'],
  access: 'stream',
  sniff(head, _tail, name) {
    if (!isText(head)) return 0
    const lines = linesOf(head)
    if (lines.some(line => /^ CDX [A-Za-z]( [A-Za-z])*$/.test(line) || /^!(OpenWayback-)?CDXJ/i.test(line))) return 3
    const first = lines.filter(line => !isHeader(line)).slice(0, 5)
    const reading = readingOf(lines)
    if (first.length === 0 || first.some(line => !reading(line))) return 0
    return first.every(line => /^\S+ \d{14} \{/.test(line)) || /\.cdxj?(\.|$)/i.test(name) ? 3 : 2
  },
  async open(source, limits) {
    const reading = readingOf(linesOf(await source.read(0, sampleBytes)))
    const request = { cutter: lineCutter, recordBytes: limits.recordBytes }
    return {
      columns: columns.slice(0, limits.columns),
      roles: { url: 'url', time: 'time', digest: 'digest' },
      async *records({ columns: wanted = columns, take, rowsPerBatch }) {
        const asked = { ...request, cutter: lineCutter(), take, rowsPerBatch }
        for await (const block of blocks(utf8Of(source), asked)) yield batchOf(block, reading, wanted)
      },
      cuts: drop => cutsOf(blocks(utf8Of(source), { ...request, cutter: lineCutter() }), drop),
    }
  },
})

/** Whole lines at the front; the last may be cut by the end of the head. */
function linesOf(head: Uint8Array): string[] {
  const lines = utf8Head(head.subarray(0, sampleBytes)).toString('utf8').split(/\r?\n/, sampleLines)
  return (lines.length > 1 && lines.length < sampleLines ? lines.slice(0, -1) : lines).filter(
    line => line.trim() !== '',
  )
}

function batchOf(block: Block, reading: Reading, wanted: readonly string[]): RecordBatch {
  const defects: RecordDefect[] = [...block.defects]
  const text = textsOf(block, defects)
  const records: number[] = []
  const cells: Cell[][] = wanted.map(() => [])
  for (let k = 0; k < block.size; k++) {
    const line = text(k)
    const row = reading(line)
    if (row) {
      records.push(block.records[k]!)
      for (const [c, name] of wanted.entries()) cells[c]!.push(row[name] ?? null)
    } else if (!isHeader(line)) {
      const message = 'The line has not the fields of the others in this index.'
      defects.push({ record: block.records[k]!, line: block.lines[k]!, kind: 'bad-index', message, lost: true })
    }
  }
  return {
    index: block.index,
    size: records.length,
    records: Float64Array.from(records),
    columns: new Map(wanted.map((name, c) => [name, cells[c]!])),
    defects,
  }
}
