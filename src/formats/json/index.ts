import { type Cut, format, type Limits, type RecordFile, type Source } from '../../core/index.ts'
import { isText, utf8Head, utf8Of } from '../../sources/index.ts'
import { type Block, blocks } from '../blocks.ts'
import { columnsOf, objectBatch } from '../objects.ts'
import { openColumns } from './columns.ts'
import { jsonCutter } from './cutter.ts'
import { type Shape, shapeOf } from './shape.ts'

const sampleBytes = 1 << 20
const sampleRecords = 2000

/** A list of objects, an object with lists of objects, objects by key, columns, or objects one after another. */
export default format({
  id: 'json',
  title: 'JSON',
  extensions: ['.json'],
  access: 'stream',
  sniff(head) {
    if (!isText(head)) return 0
    const text = utf8Head(head).toString('utf8').trimStart()
    return /^\[\s*([[{"\d\]-]|true|false|null|$)/.test(text) || /^\{\s*("|\}|$)/.test(text) ? 2 : 0
  },
  async open(source, limits) {
    const shape = shapeOf(utf8Head(await source.read(0, sampleBytes)).toString('utf8'))
    return shape === 'columns' ? openColumns(source, limits) : openRecords(source, limits, shape)
  },
})

async function openRecords(source: Source, limits: Limits, shape: Exclude<Shape, 'columns'>): Promise<RecordFile> {
  const wrap = shape === 'members' ? memberOf : undefined
  const read = (take?: (index: number) => boolean, rowsPerBatch?: number) =>
    blocks(utf8Of(source), { cutter: jsonCutter(shape), recordBytes: limits.recordBytes, take, rowsPerBatch })
  const sample: unknown[] = []
  for await (const block of read(index => index === 0, sampleRecords)) {
    for (let k = 0; k < block.size; k++)
      sample.push(parsed(block.bytes.toString('utf8', block.starts[k], block.ends[k]), wrap))
    break
  }
  const columns = columnsOf(sample.filter(record => record !== undefined)).slice(0, limits.columns)
  return {
    columns,
    async *records({ columns: wanted = columns, take, rowsPerBatch }) {
      for await (const block of read(take, rowsPerBatch))
        yield objectBatch(block, { columns: wanted, known: columns, depth: limits.depth, wrap })
    },
    cuts: drop => elementCuts(read(), drop, shape !== 'objects'),
  }
}

/** A member `"key": {…}` as a record with its key. */
function memberOf(parse: (json: string) => unknown, json: string): unknown {
  const [key, value] = Object.entries(parse(`{${json}}`) as Record<string, unknown>)[0] ?? ['', null]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { key, ...value } : { key, value }
}

function parsed(json: string, wrap?: typeof memberOf): unknown {
  try {
    return wrap ? wrap(JSON.parse, json) : JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Leaves out elements with one comma each: the one before when an element before is kept, else the one after. */
async function* elementCuts(
  read: AsyncIterable<Block>,
  drop: (record: number) => boolean,
  commas: boolean,
): AsyncGenerator<Cut> {
  let before = -1
  let waiting: Cut | undefined
  for await (const { size, records, starts, ends, offset } of read)
    for (let k = 0; k < size; k++) {
      const [start, end, record] = [offset + starts[k]!, offset + ends[k]!, records[k]!]
      if (waiting) yield { ...waiting, end: start }
      waiting = undefined
      const cut = { record, start: commas && before >= 0 ? before : start, end }
      if (!drop(record)) before = end
      else if (commas && before < 0) waiting = cut
      else {
        yield cut
        if (commas) before = end
      }
    }
  if (waiting) yield waiting
}
