import type { z } from 'zod'
import type { Evidence, Figure } from './evidence.ts'
import type { Model } from './model/model.ts'
import type { Language } from './model/program.ts'
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
  /** The threat, where it is not the one that the detector names first. */
  readonly threat?: string
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
    more?: Partial<Pick<Claim, 'rows' | 'values' | 'threat'>>,
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
  /** Its own work takes long: over large tables it runs in a thread of its own, beside the others. */
  readonly apart?: true
  readonly options: Schema
  readonly messages: Readonly<Record<Messages, string>>
  detect(context: DetectContext<z.output<Schema>, Messages>): AsyncIterable<Claim>
}

/** What a detector of models may use besides its options. */
export interface ModelContext<Options, Messages extends string>
  extends Omit<DetectContext<Options, Messages>, 'table' | 'baseline'> {
  readonly model: Model
  /** The model that this one was made from, when the user named it. */
  readonly base?: Model
}

/** Judges models: files that a loader would read. A plain object; the folder's name is its id. */
export interface ModelDetector<Schema extends z.ZodObject = z.ZodObject, Messages extends string = string>
  extends Omit<Detector<Schema, Messages>, 'input' | 'apart' | 'detect'> {
  readonly input: ModelInput
  detect(context: ModelContext<z.output<Schema>, Messages>): AsyncIterable<Claim>
}

/** What of a model a detector looks at. It is skipped, visibly, when a model has none of it. */
export interface ModelInput {
  readonly model: readonly ('files' | 'programs' | 'templates' | 'tensors' | 'base')[]
  /** Languages of programs that it judges. A program in a language that no detector judges keeps a model from passing. */
  readonly languages?: readonly Language[]
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold detectors of all option types.
export type AnyTableDetector = Detector<any, any>
// biome-ignore lint/suspicious/noExplicitAny: registries hold detectors of all option types.
export type AnyModelDetector = ModelDetector<any, any>
export type AnyDetector = AnyTableDetector | AnyModelDetector

/** Tells what a detector judges. */
export const judgesTables = (detector: AnyDetector): detector is AnyTableDetector => 'table' in detector.input
export const judgesModels = (detector: AnyDetector): detector is AnyModelDetector => 'model' in detector.input

/** Declares a detector. */
export function detector<Schema extends z.ZodObject, Messages extends string>(
  definition: Omit<Detector<Schema, Messages>, 'version'> & { readonly version?: string },
): Detector<Schema, Messages> {
  return { version: '1', ...definition }
}

/** Declares a detector of models. */
export function modelDetector<Schema extends z.ZodObject, Messages extends string>(
  definition: Omit<ModelDetector<Schema, Messages>, 'version'> & { readonly version?: string },
): ModelDetector<Schema, Messages> {
  return { version: '1', ...definition }
}

/** Roles a detector cannot do without. */
export function requiredRoles(detector: AnyDetector): Role[] {
  if (!judgesTables(detector)) return []
  return Object.entries(detector.input.table).flatMap(([role, kind]) => (kind.endsWith('?') ? [] : [role as Role]))
}
