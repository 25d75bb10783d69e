import { writeFile } from 'node:fs/promises'
import type { RecordBatch as ArrowBatch, RecordBatchReader } from 'apache-arrow'
import {
  format,
  type Limits,
  type ReadRequest,
  type RecordBatch,
  type RecordDefect,
  type RecordFile,
  type Source,
} from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import { cellOf } from '../cells.ts'
import { classLabels } from '../class-labels.ts'
import { lz4Frame, zstdInflater } from '../inflate.ts'

/** Expanded bytes of one buffer of a record batch. */
const mostBufferBytes = 2 ** 31

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  String.fromCharCode(...bytes.subarray(0, text.length)) === text

/** Arrow IPC files (Feather 2) and streams, as the Hugging Face cache keeps them. */
export default format({
  id: 'arrow',
  title: 'Arrow',
  extensions: ['.arrow', '.feather', '.ipc'],
  access: 'random',
  sniff(head, _tail, name) {
    if (startsWith(head, 'ARROW1') || startsWith(head, 'FEA1')) return 3
    const length = head.length < 8 ? 0 : head[4]! | (head[5]! << 8) | (head[6]! << 16) | (head[7]! << 24)
    const marked = head[0] === 0xff && head[1] === 0xff && head[2] === 0xff && head[3] === 0xff
    if (marked && length > 0 && length < 1 << 24) return 3
    return head.length === 0 && /\.(arrow|feather)$/i.test(name) ? 1 : 0
  },
  open: openArrow,
})

async function openArrow(source: Source, limits: Limits): Promise<RecordFile> {
  if (startsWith(await source.read(0, 4), 'FEA1'))
    throw new Broken('unsupported', 'it is Feather version 1; write it again with a current pandas or pyarrow')
  const reader = await readerOf(source)
  const columns = reader.schema.fields.map(field => field.name).slice(0, limits.columns)
  const classes = classLabels(reader.schema.metadata.get('huggingface'))
  await reader.cancel()
  return {
    columns,
    classes,
    records: request => recordsOf(source, columns, request),
    without: (drop, path) => rewrite(source, drop, path),
  }
}

/** A reader over the record batches, with the codecs that buffers may need. */
async function readerOf(source: Source): Promise<RecordBatchReader> {
  const arrow = await import('apache-arrow')
  const { guardVectors, handleOf } = await import('./guard.ts')
  guardVectors()
  const zstd = await zstdInflater(mostBufferBytes)
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode: zstd })
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { decode: bytes => lz4Frame(bytes, mostBufferBytes) })
  try {
    const reader = await arrow.RecordBatchReader.from(handleOf(source) as unknown as AsyncIterable<Uint8Array>)
    await reader.open({ autoDestroy: true })
    if (!reader.schema) throw new Broken('truncated', 'the Arrow schema is missing: the file was cut off')
    return reader as unknown as RecordBatchReader
  } catch (reason) {
    throw brokenBy(reason)
  }
}

const brokenBy = (reason: unknown): Broken =>
  reason instanceof Broken ? reason : new Broken('damaged', 'the Arrow data is not valid or was cut off')

/** Writes the kept runs of every record batch, in the same framing. */
async function rewrite(source: Source, drop: (record: number) => boolean, path: string): Promise<void> {
  const arrow = await import('apache-arrow')
  const kept: ArrowBatch[] = []
  const reader = await readerOf(source)
  const { schema } = reader
  let first = 0
  for await (const batch of reader as AsyncIterable<ArrowBatch>) {
    for (let start = 0; start < batch.numRows; ) {
      let end = start
      while (end < batch.numRows && !drop(first + end)) end++
      if (end > start) kept.push(batch.slice(start, end))
      start = end + 1
    }
    first += batch.numRows
  }
  const framing = startsWith(await source.read(0, 6), 'ARROW1') ? 'file' : 'stream'
  await writeFile(path, arrow.tableToIPC(new arrow.Table(schema, kept), framing))
}

async function* recordsOf(
  source: Source,
  columns: readonly string[],
  { columns: wanted = columns, take = () => true, rowsPerBatch = 4096 }: ReadRequest,
): AsyncGenerator<RecordBatch> {
  let first = 0
  let index = 0
  const reader = await readerOf(source)
  const batches = reader[Symbol.asyncIterator]() as AsyncIterator<ArrowBatch>
  for (;;) {
    const next = await nextOf(batches).catch(reason => ({ done: true as const, value: brokenBy(reason) }))
    if (next.done) {
      const trouble = next.value instanceof Broken ? next.value : undefined
      const defects: RecordDefect[] = trouble
        ? [{ record: first, kind: trouble.kind, message: `Reading ended here: ${trouble.message}.`, lost: true }]
        : []
      if ((defects.length > 0 || index === 0) && take(index))
        yield { index, size: 0, records: new Float64Array(0), columns: new Map(), defects }
      return
    }
    const batch = next.value
    for (let start = 0; start < batch.numRows; start += rowsPerBatch, index++)
      if (take(index)) yield piece(batch, index, first, start, Math.min(rowsPerBatch, batch.numRows - start), wanted)
    first += batch.numRows
  }
}

async function nextOf(batches: AsyncIterator<ArrowBatch>): Promise<IteratorResult<ArrowBatch>> {
  const next = await batches.next()
  if (next.done) return next
  const { checkRows } = await import('./guard.ts')
  checkRows(await import('apache-arrow'), next.value)
  return next
}

function piece(
  batch: ArrowBatch,
  index: number,
  first: number,
  start: number,
  size: number,
  wanted: readonly string[],
): RecordBatch {
  const defects: RecordDefect[] = []
  const columns = new Map(
    wanted.map(name => {
      const vector = batch.getChild(name)
      try {
        return [name, Array.from({ length: size }, (_, k) => cellOf(vector?.get(start + k)))] as const
      } catch {
        const message = `Column "${name.slice(0, 60)}" cannot be read here: its bytes are not valid.`
        defects.push({ record: first + start, kind: 'damaged', message, lost: true })
        return [name, new Array(size).fill(null)] as const
      }
    }),
  )
  const records = Float64Array.from({ length: size }, (_, k) => first + start + k)
  return { index, size, records, columns, defects }
}
