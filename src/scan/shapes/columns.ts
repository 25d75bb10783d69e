import type { Cell, Column, Role } from '../../core/index.ts'
import { type Shape, type Slot, shaped, shapedRoles } from './shape.ts'

const roleOf = {
  messages: 'response',
  system: 'system',
  prompt: 'prompt',
  input: 'prompt',
  history: 'prompt',
  response: 'response',
  chosen: 'chosen',
  rejected: 'rejected',
} as const satisfies Readonly<Record<Slot, Column['role']>>

/** The reason by which a report tells derived roles. */
export const conversation = 'conversation'

/** What the columns of a conversation are for, as a report lists them; roles that no column has alone stand behind. */
export function shapeColumns(
  shape: Shape,
  samples: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
): Column[] {
  const own = (Object.entries(shape) as [Slot, string][]).map(([slot, name]) => ({ name, role: roleOf[slot] }))
  const held = new Set<Role>(own.map(({ role }) => role))
  const seen = new Set<Role>(['text'])
  const cellOf = new Map(samples.map(({ name, cells }) => [name, cells]))
  const rows = Math.max(0, ...samples.map(({ cells }) => cells.length))
  for (let k = 0; k < rows; k++) {
    const { row } = shaped(slot => (shape[slot] === undefined ? undefined : cellOf.get(shape[slot])?.[k]))
    for (const role of shapedRoles) if (row[role] != null) seen.add(role)
  }
  const home = shape.messages ?? shape.chosen ?? shape.prompt ?? own[0]!.name
  const derived = shapedRoles.filter(role => seen.has(role) && !held.has(role)).map(role => ({ name: home, role }))
  return [...own, ...derived].map(column => ({ ...column, because: conversation }))
}
