import type { Source } from './source.ts'
import type { Cell, Defect, Role } from './table.ts'

/** Bounds that keep a hostile file from taking the machine. */
export interface Limits {
  /** Longest record in bytes; longer ones are a defect. No honest training example is this long. */
  readonly recordBytes: number
  /** Most bytes that compressed data may become. */
  readonly expandedBytes: number
  /** Deepest nesting of values. */
  readonly depth: number
  /** Most columns. */
  readonly columns: number
}

export const defaultLimits: Limits = { recordBytes: 16 << 20, expandedBytes: 2 ** 40, depth: 64, columns: 10_000 }

/** A defect before the part's ordinal in the table is known. */
export type RecordDefect = Omit<Defect, 'row'> & { readonly record: number }

/**
 * Batches that can only be read together have indexes that differ by multiples of this (the least common multiple of
 * 1…24), so that they fall to the same thread when threads take every n-th batch.
 */
export const batchStride = 5_354_228_880

/** Some consecutive records with all the columns asked for, before roles are known. */
export interface RecordBatch {
  /** Ordinal of the batch in the file, counting the batches that were not taken; see `batchStride`. */
  readonly index: number
  readonly size: number
  /** Ordinal of each record in its file: malformed records leave gaps. */
  readonly records: Float64Array
  readonly columns: ReadonlyMap<string, readonly Cell[]>
  readonly defects: readonly RecordDefect[]
}

export interface ReadRequest {
  /** Column names wanted; all when absent. */
  readonly columns?: readonly string[]
  /**
   * Asked once for every batch, in order; batches it refuses are not built. How a file is cut into batches depends
   * on its bytes alone, so that several threads can each take their share.
   */
  readonly take?: (index: number) => boolean
  /** Most records in a batch; 4096 when absent. */
  readonly rowsPerBatch?: number
}

/** Bytes of the text, [start, end), that hold one record and can be left out without harming the others. */
export interface Cut {
  readonly record: number
  readonly start: number
  readonly end: number
}

/** Knows one file format, by content. */
export interface Format {
  readonly id: string
  readonly title: string
  /** Usual endings, for writing and for ties only; never trusted on their own. */
  readonly extensions: readonly string[]
  /** `random` needs `read` at any place and an exact `size`; compressed data is then expanded to a file first. */
  readonly access: 'stream' | 'random'
  /** How sure the bytes are this format: 0 no, 1 could be, 2 likely, 3 signature. `name` may break ties, never more. */
  sniff(head: Uint8Array, tail: Uint8Array, name: string): 0 | 1 | 2 | 3
  /** @param member which of several tables in one file, for formats that hold several. */
  open(source: Source, limits: Limits, member?: string): Promise<RecordFile>
}

/** An opened file of records. */
export interface RecordFile {
  /** Column names in file order; for formats without a header the union over the first records. */
  readonly columns: readonly string[]
  /** Columns by role, where the format itself says what they mean; nothing more is inferred then. */
  readonly roles?: Readonly<Partial<Record<Role, string>>>
  /** Names of classes by column, where the format says them: an integer there is a place in the list. */
  readonly classes?: Readonly<Record<string, readonly string[]>>
  /** Yields at least one batch when all are taken, so that defects of an empty file have a place. */
  records(request: ReadRequest): AsyncIterable<RecordBatch>
  /** Bytes to leave out of the text (as UTF-8, without its byte order mark), in rising order (for `clean`). */
  cuts?(drop: (record: number) => boolean): AsyncIterable<Cut>
  /** For formats that cannot be cut: writes a new file without the given records to `path`. */
  without?(drop: (record: number) => boolean, path: string): Promise<void>
}

/** Declares a format. */
export const format = (definition: Format): Format => definition
