import type { AttackContext, Row } from './attack.ts'
import { pick, type Random } from './random.ts'
import { type Cell, type Role, textOf } from './table.ts'

const senders = ['source', 'actor'] as const

/** Names that look like the table's own (their length and characters) but are not in it. */
function invented(taken: readonly string[], count: number, random: Random): string[] {
  const letters = [...new Set(taken.join('').replace(/\s/g, ''))].sort()
  const alphabet = letters.length > 1 ? letters : [...'abcdefghijklmnopqrstuvwxyz']
  const names: string[] = []
  for (let tries = 0; names.length < count && tries < 1000; tries++) {
    const length = Math.max(6, taken.length > 0 ? Math.min(24, pick(taken, random).length) : 8)
    const name = Array.from({ length }, () => pick(alphabet, random)).join('')
    if (!taken.includes(name) && !names.includes(name)) names.push(name)
  }
  return names
}

/** Milliseconds since 1970 that a cell means, and how to write another moment the same way. */
function readTime(cell: Cell | undefined): { ms: number; write: (ms: number) => Cell } | null {
  if (typeof cell === 'number' && cell > 0) {
    const unit = cell > 1e11 ? 1 : 1000
    return { ms: cell * unit, write: ms => Math.round(ms / unit) }
  }
  const text = textOf(cell)
  if (text === null || !/^\d{4}-\d\d-\d\d/.test(text)) return null
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) return null
  if (text.length === 10) return { ms, write: at => new Date(at).toISOString().slice(0, 10) }
  return {
    ms,
    write: at =>
      new Date(at)
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
        .replace('T', text[10]!),
  }
}

/**
 * The traces that new rows leave in the columns a table has: a few senders of their own, and moments within `hours` of
 * a row of the table. Columns that the table lacks get nothing.
 */
export function traces(
  context: AttackContext,
  options: { readonly senders: number; readonly hours: number },
  random: Random,
): { readonly names: readonly string[]; next(random: Random): Row } {
  const groups = senders.flatMap((role: Role) => {
    const taken = context.values(role)
    return taken.length > 0 ? [{ role, names: invented(taken, options.senders, random) }] : []
  })
  const timed = context.sample.filter(row => readTime(row.time))
  const from = timed.length > 0 ? readTime(pick(timed, random).time) : null
  return {
    names: groups.flatMap(group => group.names),
    next(chance) {
      const who = Math.floor(chance() * options.senders)
      const row: Partial<Record<Role, Cell>> = {}
      for (const { role, names } of groups) row[role] = names[who % names.length]!
      const ms = chance() * options.hours * 3_600_000
      if (from) row.time = from.write(from.ms + ms)
      return row
    },
  }
}
