import type { RecordDefect } from '../core/index.ts'
import type { Cutter } from './cutter.ts'
import { openWindow, type Window } from './window.ts'

/** Records that make a batch when the request says nothing. */
const defaultRows = 4096
/** Bytes that make a batch: what a thread holds at once stays small however long the records are. */
const mostBatchBytes = 8 << 20

/** Consecutive records as bytes. */
export interface Block {
  readonly index: number
  /** Ordinal of the first record. Malformed ones count, so that `first + k` names the k-th. */
  readonly first: number
  readonly size: number
  readonly bytes: Buffer
  /** Place of `bytes[0]` in the file. */
  readonly offset: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** One-based line of each record. */
  readonly lines: Int32Array
  /** Ordinal of each record. */
  readonly records: Float64Array
  readonly defects: RecordDefect[]
}

export interface BlockRequest {
  readonly cutter: Cutter
  readonly recordBytes: number
  readonly rowsPerBatch?: number | undefined
  readonly take?: ((index: number) => boolean) | undefined
  /** Records at the front that are not data (a header). */
  readonly skip?: number
}

/** Cuts a stream of bytes into blocks of whole records. Trouble with the bytes becomes a defect of the last block. */
export async function* blocks(stream: AsyncIterable<Uint8Array>, request: BlockRequest): AsyncGenerator<Block> {
  const { cutter, recordBytes } = request
  const window = openWindow(stream)
  const maker = blockMaker(window, request)
  try {
    while (!cutter.done) {
      const next = cutter.next(window.bytes, maker.at, window.final)
      const length = (next < 0 ? window.bytes.length : next) - maker.at
      let block: Block | undefined
      if (length > recordBytes) {
        if (maker.at > 0) block = maker.flush()
        await maker.skip()
      } else if (next >= 0) block = maker.accept(next)
      else if (window.final) break
      else await window.more()
      if (block) yield block
    }
    const last = maker.finish()
    if (last) yield last
  } finally {
    await window.close()
  }
}

/** Gathers records into blocks. Its methods give a block when one is full and was asked for. */
function blockMaker(window: Window, request: BlockRequest) {
  const { cutter, recordBytes, rowsPerBatch = defaultRows, take = () => true, skip = 0 } = request
  let at = 0
  let seen = 0 - skip
  let line = 1
  let index = 0
  let draft = newDraft(rowsPerBatch)
  const lose = (kind: string, message: string) => {
    if (seen >= 0) draft.defects.push({ record: seen, kind, line, message, lost: true })
    seen++
  }
  const flush = (): Block | undefined => {
    const block = draft.block(index, window.bytes.subarray(0, at), window.offset)
    window.drop(at)
    at = 0
    draft = newDraft(rowsPerBatch)
    return take(index++) ? block : undefined
  }
  return {
    /** Where the next record is looked for. */
    get at() {
      return at
    },
    flush,
    async skip(): Promise<void> {
      lose('too-long', `The record is longer than the limit of ${recordBytes} bytes and was not read.`)
      line += await window.skip(cutter)
    },
    accept(next: number): Block | undefined {
      if (cutter.end > cutter.start) {
        line += cutter.leading
        if (cutter.fault) lose(cutter.fault.kind, cutter.fault.message)
        else if (seen++ >= 0) draft.add(cutter.start, cutter.end, line, seen - 1)
        line -= cutter.leading
      }
      line += cutter.lines
      at = next
      return draft.size < rowsPerBatch && at < mostBatchBytes ? undefined : flush()
    },
    finish(): Block | undefined {
      const trouble = window.trouble ?? cutter.unfinished
      if (trouble) draft.defects.push({ record: Math.max(0, seen), line, lost: true, ...trouble })
      return draft.size > 0 || draft.defects.length > 0 || index === 0 ? flush() : undefined
    },
  }
}

function newDraft(rows: number) {
  const starts = new Int32Array(rows)
  const ends = new Int32Array(rows)
  const lines = new Int32Array(rows)
  const records = new Float64Array(rows)
  const defects: RecordDefect[] = []
  let size = 0
  return {
    defects,
    get size() {
      return size
    },
    add(start: number, end: number, line: number, record: number) {
      starts[size] = start
      ends[size] = end
      lines[size] = line
      records[size++] = record
    },
    block: (index: number, bytes: Buffer, offset: number): Block => ({
      index,
      first: records[0]!,
      size,
      bytes,
      offset,
      starts,
      ends,
      lines,
      records: records.subarray(0, size),
      defects,
    }),
  }
}
