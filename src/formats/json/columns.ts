import { writeFile } from 'node:fs/promises'
import type { Cell, Limits, ReadRequest, RecordBatch, RecordDefect, RecordFile, Source } from '../../core/index.ts'
import { Broken, utf8Of } from '../../sources/index.ts'
import { jsonFault } from '../json-fault.ts'

/** Column-oriented JSON has no records to cut at and is read whole: this many times the longest record. */
const wholeRecords = 16

/** Opens `{"text": ["…", …], "label": [0, …]}` and the same with objects `{"0": "…"}` for lists. */
export async function openColumns(source: Source, limits: Limits): Promise<RecordFile> {
  const { table, defects } = parse(await whole(source, limits.recordBytes * wholeRecords))
  const names = Object.keys(table).slice(0, limits.columns)
  const lists = names.map(name => listOf(table[name]))
  const length = lists.reduce((most, list) => Math.max(most, list.length), 0)
  for (const [i, list] of lists.entries())
    if (list.length !== length) {
      const message = `Column "${names[i]!.slice(0, 60)}" has ${list.length} values, the longest ${length}; the rest is empty.`
      defects.push({ record: list.length, kind: 'ragged-row', message, lost: false })
    }
  async function* records({ columns = names, take = () => true, rowsPerBatch = 4096 }: ReadRequest) {
    for (let first = 0, index = 0; first < length || index === 0; first += rowsPerBatch, index++) {
      if (!take(index)) continue
      const size = Math.max(0, Math.min(rowsPerBatch, length - first))
      const cells = columns.map(name => {
        const list = lists[names.indexOf(name)] ?? []
        return [name, Array.from({ length: size }, (_, k) => list[first + k] ?? null)] as const
      })
      const batch: RecordBatch = {
        index,
        size,
        records: Float64Array.from({ length: size }, (_, k) => first + k),
        columns: new Map(cells),
        defects: index === 0 ? defects : [],
      }
      yield batch
    }
  }
  async function without(drop: (record: number) => boolean, path: string) {
    const kept = names.map((name, i) => [name, lists[i]!.filter((_, record) => !drop(record))] as const)
    await writeFile(path, JSON.stringify(Object.fromEntries(kept)))
  }
  return { columns: names, records, without }
}

async function whole(source: Source, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of utf8Of(source)) {
    bytes += chunk.length
    if (bytes > mostBytes)
      throw new Broken('too-large', `column-oriented JSON of more than ${mostBytes} bytes; save it as JSON Lines`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): { table: Record<string, unknown>; defects: RecordDefect[] } {
  try {
    return { table: JSON.parse(text) as Record<string, unknown>, defects: [] }
  } catch {
    const { offset, message } = jsonFault(text)
    const lines = text.slice(0, offset).split('\n')
    const place = { line: lines.length, column: lines.at(-1)!.length + 1 }
    return { table: {}, defects: [{ record: 0, kind: 'bad-json', ...place, message, lost: true }] }
  }
}

const listOf = (value: unknown): readonly Cell[] =>
  typeof value === 'object' && value !== null ? (Object.values(value) as Cell[]) : []
