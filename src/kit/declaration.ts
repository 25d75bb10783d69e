import type { AnyStatistic, AnyTableAttack, Row, Table } from '../core/index.ts'
import type { Dose, PublishedSet } from '../lab/index.ts'

/** A poisoning that a detector must see, or must admit that it does not see. */
export interface DeclaredTrial {
  /** Id of a built-in attack, or an attack. */
  readonly attack: string | AnyTableAttack
  readonly options?: Readonly<Record<string, unknown>>
  readonly dose: Dose
  /** Clean corpus that is poisoned; `reviews` when absent. */
  readonly on?: string
  /** Published set whose poisoned rows the attack uses, where it takes prepared rows. */
  readonly donors?: PublishedSet
  /** Seeds to try; all must agree. */
  readonly seeds?: readonly number[]
}

export interface CaughtTrial extends DeclaredTrial {
  /** Least recall and precision of the accused rows. */
  readonly recall?: number
  readonly precision?: number
  /** Least ROC area of the ranked rows. */
  readonly auroc?: number
  /** False when the detector does not name the trigger; true (it must) when the attack has one and this is absent. */
  readonly named?: boolean
}

export interface MissedTrial extends DeclaredTrial {
  /** Why it cannot be seen, for the page. */
  readonly because: string
}

/** A clean corpus on which some findings are right, with the reason. */
export interface CleanWithHolds {
  readonly corpus: string
  readonly holds: number
  readonly because: string
}

/** A small hand-made table and the messages it must give: exactly these, in any order. */
export interface Example {
  readonly name: string
  readonly rows?: readonly Row[]
  readonly table?: Table
  readonly options?: Readonly<Record<string, unknown>>
  readonly baseline?: Readonly<Record<string, unknown>>
  readonly finds: readonly string[]
}

/** What the author of a detector promises. */
export interface Declaration {
  /** Corpora without any finding of hold or block; by id, or with the holds that are right. */
  readonly clean: readonly (string | CleanWithHolds)[]
  readonly caught: readonly CaughtTrial[]
  readonly missed: readonly MissedTrial[]
  /** For each option a value that changes the claims on some table of this declaration. */
  readonly matters: Readonly<Record<string, unknown>>
  /** Options that must be set for another option to speak, by that option. */
  readonly given?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly examples?: readonly Example[]
  /** Options for every run; the schema's defaults when absent. */
  readonly options?: Readonly<Record<string, unknown>>
  /** Statistics that are not built in. */
  readonly statistics?: readonly AnyStatistic[]
}

export const headings = [
  'What it sees',
  'How it works',
  'Source',
  'Check it yourself',
  'Limits',
  'False positives',
] as const
