import type { Role, Row, RowId } from '../../core/index.ts'
import type { RowSample } from '../../statistics/index.ts'
import type { Group } from './groups.ts'
import { refrains } from './phrases.ts'
import { type Choir, choirs, constant } from './refrain.ts'

/** Persons who say the same; programs and sites have templates, so sources are no persons. */
const crowd = 3

/** Contributors with one refrain in rows without labels. */
export interface Voice {
  readonly choir: Choir
  /** What makes it more than a template. */
  readonly because: 'times' | 'numbers' | null
}

/**
 * One refrain where no label says what it is for. A template says the same too, so it is evidence only where the rows
 * came suddenly or from several persons, and where those who asked did not say the same as well.
 */
export function voices(
  groups: readonly Group[],
  cells: ReadonlyMap<RowId, Row>,
  about: { readonly answer: Role | null; readonly timed: boolean; readonly contributors: number },
): Voice[] {
  const found = choirs(refrains(groups, cells, about.answer ?? 'text'), about.contributors, constant)
  const asked = about.answer ? refrains(groups, cells, 'prompt').filter(constant) : []
  return found.map(choir => {
    const prompted = asked.some(r => r.group.role === choir.role && choir.names.includes(r.group.value))
    const crowded = choir.role === 'actor' && choir.names.length >= crowd
    const because = prompted ? null : about.timed ? 'times' : crowded ? 'numbers' : null
    return { choir, because }
  })
}

/** Groups with one row for each thing that the rows are about: versions of one page share their words by nature. */
export function onePerItem(groups: readonly Group[], sample: RowSample): Group[] {
  const items = sample.cells.get('item')
  if (!items) return [...groups]
  const of = new Map(Array.from(sample.rows, (row, i) => [row, items[i] ?? null] as const))
  return groups.map(group => {
    const seen = new Set<unknown>()
    const keep = group.rows.map(row => of.get(row) === null || (!seen.has(of.get(row)) && seen.add(of.get(row))))
    return { ...group, rows: group.rows.filter((_, k) => keep[k]), cells: group.cells.filter((_, k) => keep[k]) }
  })
}
