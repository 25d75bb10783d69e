import type { z } from 'zod'
import type { Random } from './random.ts'
import type { Cell, Role } from './table.ts'

/** One row as an attack sees it. */
export type Row = Readonly<Partial<Record<Role, Cell>>>

/** What an attack may know of the table it poisons. */
export interface AttackContext {
  /** Labels by falling frequency. */
  readonly labels: readonly string[]
  /** Some hundreds of clean rows, for attacks that imitate. */
  readonly sample: readonly Row[]
  /** Rows wanted in all, for attacks that share something over the dose. */
  readonly dose: number
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
  readonly input: Readonly<Partial<Record<Role, 'string' | 'category' | 'any'>>>
  readonly options: Schema
  /** `replace` (default) changes a row in place; `add` appends the poisoned row and keeps the original. */
  readonly mode?: 'replace' | 'add'
  /** The poisoned row's changed cells, or null when this row cannot carry the poison. `nth` counts poisoned rows from 0. */
  poison(
    row: Row,
    options: z.output<Schema>,
    random: Random,
    context: AttackContext & { readonly nth: number },
  ): Row | null
  /** What a detector should name, when there is such a thing (trigger text). */
  names?(options: z.output<Schema>, context: AttackContext): readonly string[]
}

// biome-ignore lint/suspicious/noExplicitAny: registries hold attacks of all option types.
export type AnyAttack = Attack<any>

/** Declares an attack. */
export const attack = <Schema extends z.ZodObject>(definition: Attack<Schema>): Attack<Schema> => definition
