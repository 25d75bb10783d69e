import type { Cell, Limits, RecordBatch, RecordDefect, RecordFile, Source } from '../core/index.ts'
import { utf8Head, utf8Of } from '../sources/index.ts'
import { type Block, blocks } from './blocks.ts'
import { cutsOf } from './cuts.ts'
import { textsOf } from './decode.ts'
import { type Dialect, delimitedCutter, fieldsOf } from './delimited-cutter.ts'
import { dialectOf } from './dialect.ts'
import { headerOf } from './header.ts'

/** Bytes looked at for delimiter, quoting and header. */
const sampleBytes = 1 << 20

/** Opens delimiter-separated values. */
export async function openDelimited(
  source: Source,
  limits: Limits,
  delimiters: readonly string[],
): Promise<RecordFile> {
  const head = utf8Head(await source.read(0, sampleBytes)).toString('utf8')
  const dialect = dialectOf(head, head.length > 0 ? delimiters : [], source.name)
  const { names, skip, defects } = headerOf(dialect, limits.columns)
  const request = (take?: (index: number) => boolean, rowsPerBatch?: number) => ({
    cutter: delimitedCutter(dialect),
    recordBytes: limits.recordBytes,
    rowsPerBatch,
    take,
    skip,
  })
  return {
    columns: names,
    async *records({ columns = names, take, rowsPerBatch }) {
      for await (const block of blocks(utf8Of(source), request(take, rowsPerBatch))) {
        const batch = batchOf(block, names, columns, dialect)
        yield block.index === 0 ? { ...batch, defects: [...defects, ...batch.defects] } : batch
      }
    },
    cuts: drop => cutsOf(blocks(utf8Of(source), request()), drop),
  }
}

function batchOf(block: Block, names: readonly string[], wanted: readonly string[], dialect: Dialect): RecordBatch {
  const defects: RecordDefect[] = [...block.defects]
  const text = textsOf(block, defects)
  const places = wanted.map(name => names.indexOf(name))
  const cells: Cell[][] = wanted.map(() => [])
  for (let k = 0; k < block.size; k++) {
    const { fields, strayQuote } = fieldsOf(text(k), dialect)
    const at = { record: block.records[k]!, line: block.lines[k]!, lost: false }
    if (strayQuote) {
      const message = 'A quote inside a quoted field is not doubled; it was kept as text.'
      defects.push({ ...at, kind: 'bad-quote', column: strayQuote, message })
    }
    if (fields.length !== names.length) {
      const found = `The row has ${fields.length} field${fields.length === 1 ? '' : 's'}, the header ${names.length}`
      const done =
        fields.length < names.length ? 'the missing ones are empty' : 'the surplus was kept in the last column'
      defects.push({ ...at, kind: 'ragged-row', message: `${found}; ${done}.` })
      if (fields.length > names.length) fields.push(fields.splice(names.length - 1).join(dialect.delimiter))
    }
    for (let c = 0; c < places.length; c++) cells[c]!.push(fields[places[c]!] ?? null)
  }
  const columns = new Map(wanted.map((name, c) => [name, cells[c]!]))
  return { index: block.index, size: block.size, records: block.records, columns, defects }
}
