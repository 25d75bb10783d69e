import type { Source } from './source.ts'
import type { Cell, Defect } from './table.ts'

/** Bounds that keep a hostile file from taking the machine. */
export interface Limits {
  /** Longest record in bytes; longer ones are a defect. */
  readonly recordBytes: number
  /** Most bytes that compressed data may become. */
  readonly expandedBytes: number
  /** Deepest nesting of values. */
  readonly depth: number
  /** Most columns. */
  readonly columns: number
}

export const defaultLimits: Limits = { recordBytes: 256 << 20, expandedBytes: 1 << 40, depth: 64, columns: 10_000 }

/** Some consecutive records with all their columns, before roles are known. */
export interface RecordBatch {
  /** Zero-based ordinal of the first record. */
  readonly first: number
  readonly size: number
  /** Ordinal of each record in its file: malformed records leave gaps. */
  readonly records: Float64Array
  readonly columns: ReadonlyMap<string, readonly Cell[]>
  readonly defects: readonly (Omit<Defect, 'row'> & { readonly record: number })[]
}

export interface ReadRequest {
  /** Column names wanted; all when absent. */
  readonly columns?: readonly string[]
  /** Accepts the batches to build; the others are skipped as cheaply as the format can. */
  readonly take?: (index: number) => boolean
  readonly rowsPerBatch?: number
}

/** Knows one file format, by content. */
export interface Format {
  readonly id: string
  readonly title: string
  /** Usual endings, for writing and for ties only; never trusted on their own. */
  readonly extensions: readonly string[]
  /** How sure the bytes are this format: 0 no, 1 could be, 2 likely, 3 signature. `name` may break ties, never more. */
  sniff(head: Uint8Array, tail: Uint8Array, name: string): 0 | 1 | 2 | 3
  open(source: Source, limits: Limits): Promise<RecordFile>
}

/** An opened file of records. */
export interface RecordFile {
  /** Column names in file order; for formats without a header the union over the first records. */
  readonly columns: readonly string[]
  records(request: ReadRequest): AsyncIterable<RecordBatch>
  /** Writes a copy without the given records, as close to the original bytes as the format allows (for `clean`). */
  without?(drop: (record: number) => boolean, write: (bytes: Uint8Array) => Promise<void>): Promise<void>
}

/** Declares a format. */
export const format = (definition: Format): Format => definition
