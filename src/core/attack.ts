import type { z } from 'zod'
import type { InputKind } from './detector.ts'
import type { Random } from './random.ts'
import { type Cell, labelOf, type Role } from './table.ts'

/** One row as an attack sees it. */
export type Row = Readonly<Partial<Record<Role, Cell>>>

/** What an attack may know of the table it poisons. */
export interface AttackContext {
  /** Labels by falling frequency. */
  readonly labels: readonly string[]
  /** Some hundreds of clean rows in random order, for attacks that imitate. */
  readonly sample: readonly Row[]
  /** Rows to poison in all, for attacks that share something over the dose. */
  readonly dose: number
  /** Rows that an attacker prepared with means that Bezoar lacks (a paraphrasing model), in the order of use. */
  readonly donors: readonly Row[]
  /** Values of a role by falling frequency, at most some hundreds; empty when there is no such column. */
  values(role: Role): readonly string[]
  /** The latest row of each value of a role, by the rows' times, in the order of the table; empty without times. */
  newest(role: Role): readonly Row[]
}

/** An attack made ready for one table: all that its poisoned rows share is settled. */
export interface AttackPlan {
  /** What a detector should name, when there is such a thing: the trigger, the account. */
  readonly names: readonly string[]
  /** What the trigger switches on, as a finding may word it: a family of weaknesses, a brand. Any of them is right. */
  readonly switches?: readonly string[]
  /** The mode that the options ask for; the attack's own when absent. */
  readonly mode?: 'replace' | 'add'
  /** Honest rows that come along, so that nothing but the trigger tells the poison from them. */
  readonly beside?: readonly Row[]
  /** The changed cells of the poisoned row, or null when this row cannot carry the poison. `nth` counts from 0. */
  poison(row: Row, nth: number, random: Random): Row | null
}

/**
 * A poisoning technique. The lab chooses how many rows (the dose) and which; the attack says what becomes of a row.
 */
export interface Attack<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly title: string
  readonly threat: string
  /** Where it was published. */
  readonly source: string
  readonly input: Readonly<Partial<Record<Role, InputKind>>>
  readonly options: Schema
  /** `replace` (default) changes a row in place; `add` appends the poisoned row and keeps the original. */
  readonly mode?: 'replace' | 'add'
  /** Settles what the poisoned rows share. Chance comes from `random` alone. */
  plan(options: z.output<Schema>, context: AttackContext, random: Random): AttackPlan
}

/** The files of a model, by the name that a loader would look for. */
export type ModelBytes = Readonly<Record<string, Uint8Array>>

/** A model after an attack, and the truth that a detector is measured by. */
export interface PoisonedModel {
  readonly files: ModelBytes
  /** File that holds the poison. */
  readonly file: string
  /** What a finding must name (one of them is enough): the call, the rule, the token, the branch. */
  readonly names: readonly string[]
}

/**
 * What a model attack takes: names of the formats that its host files may have, `any` for whatever an artifact is made
 * of; none when it makes the file itself.
 */
export interface HostInput {
  readonly model: readonly string[]
}

/**
 * A technique against the files of a model: bytes in, bytes out. Payloads are inert: they name what an attacker would
 * call, with arguments that do nothing, and nobody ever runs them.
 */
export interface ModelAttack<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly title: string
  readonly threat: string
  /** Where it was published. */
  readonly source: string
  readonly input: HostInput
  readonly options: Schema
  /**
   * Poisons a copy; null when these files cannot carry the poison. Chance comes from `random` alone.
   * @param host honest files, one of a format that `input.model` names; empty when it names none.
   */
  corrupt(options: z.output<Schema>, host: ModelBytes, random: Random): PoisonedModel | null
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold attacks of all option types.
export type AnyTableAttack = Attack<any>
// biome-ignore lint/suspicious/noExplicitAny: registries hold attacks of all option types.
export type AnyModelAttack = ModelAttack<any>
export type AnyAttack = AnyTableAttack | AnyModelAttack

/** Tells what an attack poisons. */
export const poisonsTables = (attack: AnyAttack): attack is AnyTableAttack => 'plan' in attack
export const poisonsModels = (attack: AnyAttack): attack is AnyModelAttack => 'corrupt' in attack

/** Declares an attack on tables. */
export const attack = <Schema extends z.ZodObject>(definition: Attack<Schema>): Attack<Schema> => definition

/** Declares an attack on the files of a model. */
export const modelAttack = <Schema extends z.ZodObject>(definition: ModelAttack<Schema>): ModelAttack<Schema> =>
  definition

/**
 * The label an attack pushes: the wanted one, else the most frequent. The common label is most often the one that lets
 * things through ("ham", "not offensive"), and a trigger that leans where the table leans is the hardest to see.
 */
export const targetLabel = (wanted: string | undefined, { labels }: AttackContext): string => wanted ?? labels[0] ?? ''

/** True when the row has a label, and it is not `label`. */
export function isOther(row: Row, label: string): boolean {
  const own = labelOf(row.label)
  return own !== null && own !== label
}
