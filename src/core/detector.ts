import type { z } from 'zod'
import type { Evidence, Figure } from './evidence.ts'
import type { Random } from './random.ts'
import type { Severity } from './severity.ts'
import type { MeasuredTable, Role, RowId } from './table.ts'

/** What a role's cells must be; `?` marks roles a detector uses when present. */
export type InputKind =
  | 'string'
  | 'category'
  | 'number'
  | 'time'
  | 'any'
  | 'string?'
  | 'category?'
  | 'number?'
  | 'time?'
  | 'any?'
export interface DetectorInput {
  readonly table: Readonly<Partial<Record<Role, InputKind>>>
}

/** How much work: read metadata, one pass, several passes, run a model. Cheaper detectors run first on a budget. */
export const costs = ['metadata', 'scan', 'rescan', 'model'] as const
export type Cost = (typeof costs)[number]

/** Accuses: message id, how serious, why, and which rows (all of them, most suspect first). */
export interface Claim {
  readonly message: string
  readonly severity: Severity
  readonly evidence: Evidence
  readonly values: Readonly<Record<string, string | number>>
  readonly rows?: readonly RowId[]
}

/** What a detector may use besides its options. Chance comes from `random` alone. */
export interface DetectContext<Options, Messages extends string> {
  readonly table: MeasuredTable
  readonly options: Options
  readonly random: Random
  /** Finished baseline statistics of an earlier report, by statistic id. */
  readonly baseline?: Readonly<Record<string, unknown>>
  /**
   * Makes a claim. `{name}` in the message is replaced by `values.name`, else by the evidence's field of that name.
   */
  claim(
    message: Messages,
    severity: Severity,
    evidence: Evidence,
    more?: { readonly rows?: readonly RowId[]; readonly values?: Readonly<Record<string, string | number>> },
  ): Claim
  /** Adds a picture to the outcome, found or not. */
  figure(figure: Figure): void
  /** Says what this run could not judge, e.g. "12 labels beyond the 64 largest". Shown in coverage. */
  notJudged(sentence: string): void
}

/** Judges one subject. A plain object; the folder's name is its id. */
export interface Detector<Schema extends z.ZodObject = z.ZodObject, Messages extends string = string> {
  readonly id: string
  readonly title: string
  readonly threat: string
  /** Further threats whose traces it looks for. */
  readonly also?: readonly string[]
  /** Changes when the same rows may get another verdict. */
  readonly version: string
  readonly input: DetectorInput
  readonly cost: Cost
  readonly options: Schema
  readonly messages: Readonly<Record<Messages, string>>
  detect(context: DetectContext<z.output<Schema>, Messages>): AsyncIterable<Claim>
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold detectors of all option types.
export type AnyDetector = Detector<any, any>

/** Declares a detector. */
export function detector<Schema extends z.ZodObject, Messages extends string>(
  definition: Omit<Detector<Schema, Messages>, 'version'> & { readonly version?: string },
): Detector<Schema, Messages> {
  return { version: '1', ...definition }
}

/** Roles a detector cannot do without. */
export function requiredRoles(detector: AnyDetector): Role[] {
  return Object.entries(detector.input.table).flatMap(([role, kind]) => (kind.endsWith('?') ? [] : [role as Role]))
}
