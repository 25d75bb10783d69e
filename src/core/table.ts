import type { Seen } from './picture/picture.ts'
import { isRaster, type Raster } from './picture/raster.ts'
import type { Plain } from './plain.ts'
import type { AnswersOf, AnyRequest } from './statistic.ts'

/**
 * What a column means to a model. Datasets, corpora and feedback streams differ in these alone. `digest` is what the
 * bytes of a row were when it was recorded and `observed` what they are now; `looks` and `observedLooks` are the same
 * for how they look (see `core/looks.ts`); `registered` is when the domain of `url` was last registered; `seal` says
 * whether a signature covers `item` (`signed`, `unsigned`, `invalid`, `unchecked`), and `signer` whose it is. `ratings` is
 * an object of scores by rater, where one row holds those of several (see `core/conversation.ts` for the roles of talk).
 */
export const roles = [
  'text',
  'label',
  'image',
  'system',
  'prompt',
  'response',
  'chosen',
  'rejected',
  'rater',
  'ratings',
  'vector',
  'source',
  'actor',
  'item',
  'time',
  'url',
  'digest',
  'observed',
  'looks',
  'observedLooks',
  'registered',
  'seal',
  'signer',
  'id',
  'split',
] as const
export type Role = (typeof roles)[number]

/** One value of a row, as the format read it. Nested JSON stays nested; pixels without a file are a raster. */
export type Cell = Plain | Uint8Array | Raster

/**
 * A row's name for life: `part * 2^32 + record`, where `part` is the ordinal of the file in the table and
 * `record` the zero-based ordinal of the record in it (malformed records count too). Ordered as the rows are.
 */
export type RowId = number
const PART = 4294967296
export const rowId = (part: number, record: number): RowId => part * PART + record
export const partOf = (row: RowId): number => Math.floor(row / PART)
export const recordOf = (row: RowId): number => row % PART

/** A place where the bytes are not what the format promises. The record is counted, never dropped in silence. */
export interface Defect {
  readonly row: RowId
  /** kebab-case kind, e.g. `bad-json`, `ragged-row`, `bad-encoding`, `nul-byte`, `truncated`, `too-long`. */
  readonly kind: string
  /** One-based line in the (decompressed) file, when the format has lines. */
  readonly line?: number
  /** One-based column in characters, when known. */
  readonly column?: number
  /** Says what is wrong without quoting the input at length. */
  readonly message: string
  /** True when the record could not be judged at all; false when it was judged after repair. */
  readonly lost: boolean
  /** Consecutive records that share it, the first of which is `row`; 1 when absent. */
  readonly records?: number
}

/** Some consecutive rows of one part, column by column. How a table is cut into batches means nothing. */
export interface Batch {
  /** Ordinal of the batch in the table. */
  readonly index: number
  readonly size: number
  readonly rows: Float64Array
  readonly columns: ReadonlyMap<Role, readonly Cell[]>
  readonly defects: readonly Defect[]
  /** The decoded pictures of the rows, in passes where a statistic has `looks`; absent in others. */
  readonly pictures?: readonly Seen[]
}

/** One file of a table. */
export interface Part {
  readonly name: string
  readonly sizeBytes: number
  readonly format: string
  /** `train`, `test`, … when the layout says so. */
  readonly split?: string
  /** SHA-256 of the bytes as stored, hex. */
  readonly sha256?: string
}

export interface Column {
  readonly name: string
  readonly role?: Role
  /** Why the role was given: `flag`, `format`, `name`, `content`. */
  readonly because?: string
  /** A column without a role whose cells read like prose: somebody may train on it. */
  readonly prose?: true
}

/** Where the engine can run the same table in another thread: `module` exports `open(spec): Promise<Table>`. */
export interface Reopen {
  readonly module: string
  readonly spec: Plain
  /** Arrays in shared memory that spare other threads some reading. `open` gets them second, and may do without. */
  readonly shared?: Readonly<Record<string, ArrayBufferView>>
}

/** Rows by role. May be read any number of times; never held in memory whole. */
export interface Table {
  readonly kind: 'table'
  readonly name: string
  readonly parts: readonly Part[]
  readonly columns: readonly Column[]
  readonly roles: ReadonlySet<Role>
  /** Bytes to read for one pass, an upper bound when compressed data is unknown. */
  readonly sizeBytes: number
  /** Reads all rows; with `take`, only batches whose index it accepts (the rest are skipped cheaply). */
  batches(take?: (index: number) => boolean): AsyncIterable<Batch>
  /** Decodes the pictures of a batch, one for each row; null for rows not wanted. Absent where there is no role `image`. */
  pictures?(batch: Batch, wanted?: (row: RowId) => boolean): Promise<readonly Seen[]>
  readonly reopen?: Reopen
}

/** The table as a detector sees it: it asks, an engine answers. */
export interface MeasuredTable {
  readonly name: string
  readonly parts: readonly Part[]
  readonly columns: readonly Column[]
  has(role: Role): boolean
  measure<R extends Readonly<Record<string, AnyRequest>>>(requests: R): Promise<AnswersOf<R>>
}

/** The cell as text; null when there is none. Numbers and booleans are written as JSON writes them. */
export function textOf(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  return cell instanceof Uint8Array || isRaster(cell) ? null : JSON.stringify(cell)
}

/** The cell as a label: trimmed text, null when empty or missing. `1`, `"1"` and `1.0` are one label. */
export function labelOf(cell: Cell | undefined): string | null {
  const text = textOf(cell)
  if (text === null) return null
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}

const nothing: readonly Cell[] = []
/** The cells of a role in a batch; empty when the table has no such column (index gives undefined). */
export const cellsOf = (batch: Batch, role: Role): readonly Cell[] => batch.columns.get(role) ?? nothing
