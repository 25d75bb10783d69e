import type { z } from 'zod'
import type { Plain } from './plain.ts'
import type { Batch, Role, RowId } from './table.ts'

/** A question as plain data: it can be compared, cached, sent to a worker or turned into SQL. */
export interface Request<Answer = unknown> {
  readonly statistic: string
  /** Options after defaults. May hold typed arrays (models, sketches), which travel by structured clone. */
  readonly options: unknown
  /** Never present: carries the answer's type. */
  readonly answer?: Answer
}
// biome-ignore lint/suspicious/noExplicitAny: the answer's type is erased here and restored by AnswersOf.
export type AnyRequest = Request<any>
export type AnswersOf<R extends Readonly<Record<string, AnyRequest>>> = {
  [K in keyof R]: R[K] extends Request<infer A> ? A : never
}

/**
 * A mergeable measurement of a table. Laws (held by `kit`): `merge` is associative and commutative up to `finish`;
 * how rows are cut into batches changes nothing; the state is bounded by `options`, never by the data.
 */
export interface Statistic<Options, State, Answer, Prior = undefined> {
  readonly id: string
  readonly title: string
  /** Columns it reads. */
  roles(options: Options): readonly Role[]
  /** True when it reads `batch.pictures`: they are decoded in the passes of such statistics alone. */
  readonly looks?: boolean
  /** Which rows it looks at, when those are few: no others are decoded for it. All when absent. */
  looksAt?(options: Options): (row: RowId) => boolean
  /** A cheaper question whose answer this one needs first (one more pass), e.g. a sketch before exact counts. */
  prior?(options: Options): Request<Prior>
  init(options: Options, prior: Prior): State
  /** May change and return `state`. */
  add(state: State, batch: Batch, options: Options): State
  /** May change and return `a`; `b` is not used again. */
  merge(a: State, b: State, options: Options): State
  finish(state: State, options: Options): Answer
  /** The same measurement by a database. `state` must equal, bit for bit, what the fold has before `finish`. */
  readonly sql?: SqlForm<Options, State, Prior>
}

/** How a database computes partial states of a statistic. */
export interface SqlForm<Options, State, Prior = undefined> {
  /** A query whose rows are partial state; null when these options have no SQL form. */
  select(dialect: Dialect, from: SqlTable, options: Options): string | null
  /** Reads the rows into a state. */
  state(rows: AsyncIterable<Readonly<Record<string, Plain>>>, options: Options, prior: Prior): Promise<State>
}

/** A relation with a `row_id` column and one column per role, named as the role, cells as text. */
export interface SqlTable {
  readonly relation: string
  readonly rowId: string
  column(role: Role): string
}

/** The primitives a database must offer; one small object per database, never a transpiler. */
export interface Dialect {
  readonly id: string
  literal(text: string): string
  /** Array of tokens of a text expression, equal to `core/text` tokens. */
  tokens(text: string): string
  /** Array of the n-grams (joined by one space) of an array-of-tokens expression. */
  ngrams(tokens: string, n: number): string
  /** Array without repeated elements. */
  distinct(array: string): string
  /** Concatenation of arrays. */
  concat(arrays: readonly string[]): string
  /** Turns an array expression into rows, for use in a SELECT list or LATERAL as the database wants. */
  explode(relation: string, array: string, as: string, keep: readonly string[]): string
  countIf(condition: string): string
  /** SHA-256 of a text expression, lower-case hex. */
  sha256(text: string): string
  /** Label of a cell: trimmed text, NULL when empty. */
  label(text: string): string
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold statistics of all types; `request` keeps them apart.
export type AnyStatistic = Statistic<any, any, any, any>

/** Declares a statistic and gives the function that asks for it. */
export function statistic<Options, State, Answer, Prior = undefined>(
  definition: Statistic<Options, State, Answer, Prior>,
): Statistic<Options, State, Answer, Prior> & { request(options: Options): Request<Answer> } {
  return { ...definition, request: options => ({ statistic: definition.id, options }) }
}

/** The options of a zod schema after defaults. */
export type OptionsOf<S extends z.ZodType> = z.output<S>
