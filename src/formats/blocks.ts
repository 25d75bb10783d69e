import type { RecordDefect } from '../core/index.ts'
import { Broken } from '../sources/index.ts'

/** Records that make a batch when the request says nothing. */
const defaultRows = 4096
/** Bytes that make a batch: what a thread holds at once stays small however long the records are. */
const mostBatchBytes = 8 << 20
/** Bytes gathered before records are looked for. */
const gatherBytes = 2 << 20

/** Finds where records begin and end in bytes. Has state: one for each pass. */
export interface Cutter {
  /** Looks for the record at or after `from`: the place where the next begins, or -1 when more bytes are needed. */
  next(bytes: Buffer, from: number, final: boolean): number
  /** Looks for the end of a record that is too long to hold: where the next begins, or -1 when it is not in `bytes`. */
  skip(bytes: Buffer, start: boolean): number
  /** The record found, [start, end), without its terminator. */
  start: number
  end: number
  /** Newlines from `from` to the place returned. */
  lines: number
  /** Newlines between `from` and `start`. */
  leading: number
  /** Set when the record found is not whole: it is counted as lost. */
  fault?: { readonly kind: string; readonly message: string } | undefined
  /** True when no record follows: the place returned is the end. */
  done?: boolean
  /** What is wrong when the data ends while records are still due. */
  unfinished?: { readonly kind: string; readonly message: string } | undefined
}

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
  const { cutter, recordBytes, rowsPerBatch = defaultRows, take = () => true, skip = 0 } = request
  const window = openWindow(stream)
  let at = 0
  let seen = 0 - skip
  let line = 1
  let index = 0
  let draft = newDraft(rowsPerBatch)
  const flush = (): Block | undefined => {
    const block = draft.block(index, window.bytes.subarray(0, at), window.offset)
    window.drop(at)
    at = 0
    draft = newDraft(rowsPerBatch)
    return take(index++) ? block : undefined
  }
  const lose = (kind: string, message: string) => {
    if (seen >= 0) draft.defects.push({ record: seen, kind, line, message, lost: true })
    seen++
  }
  try {
    for (;;) {
      if (cutter.done) break
      const next = cutter.next(window.bytes, at, window.final)
      const length = next < 0 ? window.bytes.length - at : next - at
      if (length > recordBytes) {
        if (at > 0) {
          const block = flush()
          if (block) yield block
        }
        lose('too-long', `The record is longer than the limit of ${recordBytes} bytes and was not read.`)
        line += await window.skip(cutter)
        continue
      }
      if (next < 0) {
        if (window.final) break
        await window.more()
        continue
      }
      if (cutter.end > cutter.start) {
        line += cutter.leading
        if (cutter.fault) lose(cutter.fault.kind, cutter.fault.message)
        else {
          if (seen >= 0) draft.add(cutter.start, cutter.end, line, seen)
          seen++
        }
        line += cutter.lines - cutter.leading
      } else line += cutter.lines
      at = next
      if (draft.size < rowsPerBatch && at < mostBatchBytes) continue
      const block = flush()
      if (block) yield block
    }
    const trouble = window.trouble ?? cutter.unfinished
    if (trouble) draft.defects.push({ record: Math.max(0, seen), line, lost: true, ...trouble })
    if (draft.size > 0 || draft.defects.length > 0 || index === 0) {
      const block = flush()
      if (block) yield block
    }
  } finally {
    await window.close()
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

/** The part of a stream that is looked at. Grows by doubling, so that a long record costs linear time. */
function openWindow(stream: AsyncIterable<Uint8Array>) {
  const chunks = stream[Symbol.asyncIterator]()
  let bytes: Buffer = Buffer.alloc(0)
  let offset = 0
  let final = false
  let trouble: { kind: string; message: string } | undefined

  async function pull(): Promise<Uint8Array | undefined> {
    try {
      const next = await chunks.next()
      if (!next.done) return next.value
    } catch (reason) {
      if (!(reason instanceof Broken)) throw reason
      trouble = { kind: reason.kind, message: `Reading ended here: ${reason.message}.` }
    }
    final = true
    return undefined
  }
  async function more(): Promise<void> {
    const parts: Uint8Array[] = [bytes]
    const wanted = Math.max(gatherBytes, bytes.length)
    for (let got = 0; got < wanted && !final; ) {
      const chunk = await pull()
      if (!chunk) break
      parts.push(chunk)
      got += chunk.length
    }
    bytes = Buffer.concat(parts)
  }
  return {
    get bytes() {
      return bytes
    },
    get offset() {
      return offset
    },
    get final() {
      return final
    },
    get trouble() {
      return trouble
    },
    more,
    async close() {
      await chunks.return?.()
    },
    drop(length: number) {
      bytes = bytes.subarray(length)
      offset += length
    },
    /** Drops the record at the front, however long it is, and returns the newlines dropped. */
    async skip(cutter: Cutter): Promise<number> {
      let lines = 0
      for (let start = true; ; start = false) {
        const found = cutter.skip(bytes, start)
        const end = found < 0 ? bytes.length : Math.max(start ? 1 : 0, found)
        lines += newlinesIn(bytes, 0, end)
        offset += end
        bytes = bytes.subarray(end)
        if (found >= 0 || final) return lines
        bytes = Buffer.from((await pull()) ?? [])
      }
    },
  }
}

/** Newlines in bytes [start, end). */
export function newlinesIn(bytes: Buffer, start: number, end: number): number {
  let count = 0
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++
  return count
}
