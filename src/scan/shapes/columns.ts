import type { Column, Role } from '../../core/index.ts'
import type { Sample } from '../roles.ts'
import { isTalkShape } from './batch.ts'
import { folded, type Slot } from './names.ts'
import { type Shape, shaped, shapedRoles } from './shape.ts'

const roleOf = {
  messages: 'response',
  system: 'system',
  prompt: 'prompt',
  input: 'prompt',
  history: 'prompt',
  response: 'response',
  chosen: 'chosen',
  rejected: 'rejected',
  first: 'chosen',
  second: 'rejected',
  better: 'chosen',
  speaker: 'prompt',
  said: 'prompt',
  text: 'text',
  ratings: 'ratings',
} as const satisfies Readonly<Record<Slot, Column['role']>>

/** The reason by which a report tells derived roles. */
export const conversation = 'conversation'

/** What the columns of a conversation are for, as a report lists them; roles that no column has alone stand behind. */
export function shapeColumns(
  shape: Shape,
  samples: readonly Sample[],
  flags: Readonly<Partial<Record<Role, string>>>,
): Column[] {
  const here = new Map(samples.map(({ name, cells }) => [name, cells]))
  const own = (Object.entries(shape.columns) as [Slot, readonly string[]][]).flatMap(([slot, names]) =>
    names.filter(name => here.has(name)).map(name => ({ name, role: roleOf[slot] as Role })),
  )
  const once = own.filter(({ name, role }, i) => own.findIndex(each => each.name === name && each.role === role) === i)
  const held = new Set(once.map(({ role }) => role))
  const seen = new Set<Role>(isTalkShape(shape) ? ['text'] : [])
  const rows = Math.max(0, ...samples.map(({ cells }) => cells.length))
  for (let k = 0; k < rows && seen.size < shapedRoles.length; k++) {
    const { row } = shaped(shape, name => here.get(name)?.[k])
    for (const role of shapedRoles) if (row[role] != null) seen.add(role)
  }
  const { columns } = shape
  const homes = [...(columns.messages ?? []), ...(columns.chosen ?? []), ...(columns.prompt ?? [])]
  const home = homes.find(name => here.has(name)) ?? own[0]?.name ?? ''
  const derived = shapedRoles.filter(role => seen.has(role) && !held.has(role)).map(role => ({ name: home, role }))
  return [...once, ...derived].map(column => {
    const flag = flags[column.role]
    const named = flag !== undefined && folded(flag) === folded(column.name)
    return { ...column, because: named ? 'flag' : conversation }
  })
}
