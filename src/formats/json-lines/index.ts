import { format } from '../../core/index.ts'
import { utf8Head, utf8Of } from '../../sources/index.ts'
import { blocks } from '../blocks.ts'
import { cutsOf } from '../cuts.ts'
import { lineCutter } from '../line-cutter.ts'
import { columnsOf, objectBatch } from '../objects.ts'

/** Records looked at for the column names. */
const sampleRecords = 2000
const sampleBytes = 4 << 20

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** One JSON value a line. */
export default format({
  id: 'json-lines',
  title: 'JSON Lines',
  extensions: ['.jsonl', '.ndjson', '.jsonlines'],
  access: 'stream',

  sniff(head, _tail, name) {
    const text = utf8Head(head).toString('utf8')
    const lines = text.split('\n').map(line => line.trim())
    // The last line may be cut by the end of the head.
    const whole = lines
      .slice(0, lines.length > 1 ? -1 : 1)
      .filter(line => line !== '')
      .slice(0, 50)
    const objects = whole.filter(line => line.startsWith('{') && typeof parsed(line) === 'object')
    const named = /\.(jsonl|ndjson|jsonlines)(\.|$)/i.test(name)
    if (objects.length === 0) return named && /^\s*["[{]/.test(text) ? 1 : 0
    if (objects.length > 1 || named) return objects.length * 2 >= whole.length ? 3 : 1
    return whole.length === 1 ? 2 : 1
  },

  async open(source, limits) {
    const head = utf8Head(await source.read(0, sampleBytes)).toString('utf8')
    const sample = head.split('\n', sampleRecords).flatMap(line => {
      const value = parsed(line)
      return value === undefined ? [] : [value]
    })
    const columns = columnsOf(sample).slice(0, limits.columns)
    return {
      columns,
      async *records({ columns: wanted = columns, take, rowsPerBatch }) {
        const request = { cutter: lineCutter(), recordBytes: limits.recordBytes, rowsPerBatch, take }
        for await (const block of blocks(utf8Of(source), request))
          yield objectBatch(block, { columns: wanted, known: columns, depth: limits.depth })
      },
      cuts: drop => cutsOf(blocks(utf8Of(source), { cutter: lineCutter(), recordBytes: limits.recordBytes }), drop),
    }
  },
})
