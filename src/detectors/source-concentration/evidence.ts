import { type EvidenceOf, labelOf, type Part, type Row, type RowId, rowRef, textOf } from '../../core/index.ts'
import type { Excess } from './excess.ts'
import type { Group } from './groups.ts'
import type { Choir } from './refrain.ts'

/** What the evidence needs beside the finding. */
export interface About {
  readonly parts: readonly Part[]
  readonly cells: ReadonlyMap<RowId, Row>
  readonly risk: number
  readonly tests: number
}

const nameOf = ({ role, value }: Group): string => `${role} ${value}`.slice(0, 60)

/** Contributors by how many of their rows contradict their labels. */
export function bars(all: readonly Excess[], lit: ReadonlySet<Excess>) {
  const shown = [...all].sort((a, b) => a.logChance - b.logChance).slice(0, 30)
  return {
    kind: 'bars' as const,
    title: 'Rows whose text contradicts their label, by contributor and time',
    x: 'rows',
    bars: shown.map(e => ({ name: nameOf(e.group), value: e.marked.length, of: e.judged, lit: lit.has(e) })),
  }
}

function examplesOf(rows: readonly RowId[], { parts, cells }: About) {
  const known = rows.filter(row => cells.has(row)).slice(0, 8)
  return known.map(row => {
    const cell = cells.get(row)!
    return rowRef({ parts, row, text: textOf(cell.text), label: labelOf(cell.label) })
  })
}

/** A contributor with more marked rows than it should have. */
export const excessEvidence = (
  { group, marked, judged, expected, logChance }: Excess,
  about: About,
): EvidenceOf<'group'> => ({
  kind: 'group',
  role: group.role,
  value: group.value,
  rows: judged,
  suspect: marked.length,
  expectedSuspect: expected,
  score: -logChance / Math.LN10,
  expected: -Math.log10(about.risk / about.tests),
  examples: examplesOf(marked, about),
})

/** Contributors with one refrain. */
export const choirEvidence = (choir: Choir, about: About): EvidenceOf<'group'> => ({
  kind: 'group',
  role: choir.role,
  value: choir.names.slice(0, 10).join(', '),
  rows: choir.rows.length,
  suspect: choir.saying,
  expectedSuspect: 0,
  score: -choir.logChance / Math.LN10,
  expected: 6,
  examples: examplesOf(choir.rows, about),
})
