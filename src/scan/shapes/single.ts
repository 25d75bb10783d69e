import { type Cell, type Row, turnBreak } from '../../core/index.ts'
import type { Slot } from './names.ts'

const places: ReadonlySet<string> = new Set(['system', 'prompt', 'input', 'response'] satisfies Slot[])

/** The columns of records that hold one question and one answer in a column each. */
export interface Single {
  readonly system?: string
  readonly prompt?: string
  readonly input?: string
  readonly response?: string
}

/** Tells that a shape is an instruction, its material and its answer, and nothing else; null when it is more. */
export function singleOf(
  columns: Readonly<Partial<Record<Slot, readonly string[]>>>,
  written: readonly Slot[],
): Single | null {
  const entries = Object.entries(columns)
  const plain = entries.every(([slot, names]) => places.has(slot) && names.length === 1)
  return plain && !written.some(slot => places.has(slot))
    ? Object.fromEntries(entries.map(([slot, [name]]) => [slot, name]))
    : null
}

/** True for text that cannot spell a list of turns; null and nothing are such text too. */
const isPlain = (cell: Cell | undefined): cell is string | null | undefined =>
  cell === null || cell === undefined || (typeof cell === 'string' && !/^\s*[[{]|^array\(/.test(cell))

const filled = (cell: string | null | undefined): string | null =>
  cell === null || cell === undefined || cell.trim() === '' ? null : cell

/**
 * The row of such a record, as the long way would give it, at a fraction of the cost; null when a cell needs the long
 * way.
 */
export function singleRow(single: Single, cell: (column: string) => Cell | undefined): Row | null {
  const of = (name: string | undefined) => (name === undefined ? null : cell(name))
  const [system, prompt, input, response] = [
    of(single.system),
    of(single.prompt),
    of(single.input),
    of(single.response),
  ]
  if (!isPlain(system) || !isPlain(prompt) || !isPlain(input) || !isPlain(response)) return null
  const asked = joined(filled(prompt), filled(input))
  const told = filled(system)
  const said = filled(response)
  const text = joined(joined(told?.trim() ?? null, asked?.trim() ?? null), said?.trim() ?? null)
  return { system: told, prompt: asked, response: said, chosen: null, rejected: null, text, ratings: null }
}

const joined = (a: string | null, b: string | null): string | null =>
  a === null ? b : b === null ? a : a + turnBreak + b
