import type { Report } from '../core/index.ts'
import { visibleText } from './visible.ts'

type Column = Pick<Report['coverage']['columns'][number], 'name' | 'role' | 'because'>

/** A column, or several that mean one thing, and what they were taken for. */
export interface RoleTold {
  readonly text: string
  readonly because: string
}

/** Roles of a conversation, as a reader meets them; the others follow in the order of the table. */
const talk = ['system', 'prompt', 'response', 'chosen', 'rejected']

const place = (role: string): number => (talk.includes(role) ? talk.indexOf(role) : talk.length)

/**
 * Says each column once: columns of one role together, and roles of one column together. The text of a conversation is
 * all of it, whichever column it begins in, and goes without saying.
 */
export function rolesOf(columns: readonly Column[]): RoleTold[] {
  const known = columns.filter(column => column.role !== undefined)
  const isTalk = known.some(({ because, role }) => because === 'conversation' && role !== 'text')
  const told = known.filter(({ because, role }) => !(isTalk && because === 'conversation' && role === 'text'))
  const byRole = new Map<string, { names: string[]; because: string }>()
  for (const { name, role, because } of told) {
    const key = `${role}\0${because ?? ''}`
    const own = byRole.get(key) ?? { names: [], because: because ?? '' }
    if (!own.names.includes(name)) own.names.push(name)
    byRole.set(key, own)
  }
  const byColumn = new Map<string, { roles: string[]; names: string; because: string }>()
  const sorted = [...byRole].sort(([a], [b]) => place(a.split('\0')[0]!) - place(b.split('\0')[0]!))
  for (const [key, { names, because }] of sorted) {
    const shown = names.map(name => `"${visibleText(name, 60)}"`).join(' + ')
    const own = byColumn.get(`${shown}\0${because}`) ?? { roles: [], names: shown, because }
    own.roles.push(key.split('\0')[0]!)
    byColumn.set(`${shown}\0${because}`, own)
  }
  return [...byColumn.values()].map(({ roles, names, because }) => ({
    text: `${roles.join(', ')} = ${names}`,
    because,
  }))
}

/** All that was recognised in one line; what a flag said needs no reason. */
export function rolesText(columns: readonly Column[]): string {
  const told = rolesOf(columns)
  return told
    .map(({ text, because }, i) => {
      const isLast = told[i + 1]?.because !== because
      return isLast && because !== '' && because !== 'flag' ? `${text} (by ${because})` : text
    })
    .join(', ')
}
