import { logBetaBinomialTail, type RowId } from '../../core/index.ts'
import type { Group } from './groups.ts'

/** How many marked rows a group has and how many it should have. */
export interface Excess {
  readonly group: Group
  readonly marked: readonly RowId[]
  /** Rows that could be marked. */
  readonly judged: number
  readonly expected: number
  /** Natural logarithm of the chance of so many, before counting the tests. */
  readonly logChance: number
}

/** A row's part in a test: absent when it cannot be judged, else whether it is marked and how often its like is. */
export type Mark = (row: RowId) => { readonly marked: boolean; readonly kind: number } | undefined

/** Between groups of honest rows; few groups cannot say it themselves. */
const usualStrength = 30
const leastGroups = 8

/**
 * Groups by how far their marked rows exceed those of the other groups. Each kind of row has its own rate in the rest
 * of the table. Honest groups differ more than chance allows: how much is estimated from the groups of the same role
 * themselves, the extreme tenth left out, and the chance is a beta-binomial tail.
 */
export function excesses(groups: readonly Group[], markOf: (group: Group) => Mark, kinds: number): Excess[] {
  const roles = [...new Set(groups.map(g => g.role))]
  return roles.flatMap(role => {
    const own = groups.filter(g => g.role === role)
    return excessesOfRole(own, markOf, kinds)
  })
}

function excessesOfRole(groups: readonly Group[], markOf: (group: Group) => Mark, kinds: number): Excess[] {
  const totals = { marked: new Float64Array(kinds), rows: new Float64Array(kinds) }
  const counted = groups.map(group => {
    const mark = markOf(group)
    const own = { marked: new Float64Array(kinds), rows: new Float64Array(kinds), found: [] as RowId[] }
    for (const row of group.rows) {
      const told = mark(row)
      if (!told) continue
      own.rows[told.kind]!++
      if (!told.marked) continue
      own.marked[told.kind]!++
      own.found.push(row)
    }
    for (let k = 0; k < kinds; k++) {
      totals.marked[k]! += own.marked[k]!
      totals.rows[k]! += own.rows[k]!
    }
    return { group, own }
  })
  const tested = counted.map(({ group, own }) => {
    let expected = 0
    let judged = 0
    for (let k = 0; k < kinds; k++) {
      const others = totals.rows[k]! - own.rows[k]!
      expected += own.rows[k]! * ((totals.marked[k]! - own.marked[k]! + 0.5) / (others + 1))
      judged += own.rows[k]!
    }
    return { group, marked: own.found, judged, expected: Math.min(judged, expected) }
  })
  const strength = strengthOf(tested)
  return tested.map(one => ({
    ...one,
    logChance:
      one.judged > 0 ? logBetaBinomialTail(one.marked.length, one.judged, one.expected / one.judged, strength) : 0,
  }))
}

type Tested = Omit<Excess, 'logChance'>

/** a + b of the beta distribution of rates between groups, by the method of moments. */
function strengthOf(tested: readonly Tested[]): number {
  const able = tested.filter(t => t.judged >= 5 && t.expected > 0 && t.expected < t.judged)
  if (able.length < leastGroups) return usualStrength
  const parts = able.map(({ marked, judged: n, expected }) => {
    const even = expected * (1 - expected / n)
    return { over: (marked.length - expected) ** 2, even, room: even * (n - 1) }
  })
  parts.sort((a, b) => a.over / a.even - b.over / b.even)
  const kept = parts.slice(0, Math.ceil(0.9 * parts.length))
  const sum = (pick: (part: (typeof parts)[number]) => number) => kept.reduce((s, part) => s + pick(part), 0)
  const alike =
    (sum(p => p.over) - sum(p => p.even)) /
    Math.max(
      1e-9,
      sum(p => p.room),
    )
  return alike <= 0 ? 200 : Math.min(200, Math.max(4, 1 / alike - 1))
}
