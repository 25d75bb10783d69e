import type { Figure } from '../../core/index.ts'
import type { Case } from './scoring.ts'
import { defiance } from './witness.ts'

const mostPoints = 2000

/** Every piece that was looked at closely: how far it leans, and how unlikely that is given the rest of its rows. */
export function volcano(cases: readonly Case[], labels: readonly string[], lit: ReadonlySet<Case>): Figure {
  const ranked = [...cases].sort((a, b) => Number(lit.has(b)) - Number(lit.has(a)) || b.lean - a.lean)
  return {
    kind: 'volcano',
    title: 'Pieces of text and the labels of their rows',
    x: 'lean to the label beyond what the rest of the row says (log odds, lower bound)',
    y: '-log10 of the chance that the rest of the rows explains the labels',
    points: ranked.slice(0, mostPoints).map(own => ({
      x: own.lean,
      y: Math.min(300, -defiance(own.testimony, 0) / Math.LN10) + 0,
      name: own.trace.text.slice(0, 60),
      label: labels[own.label] ?? 'another label',
      rows: own.rows,
      lit: lit.has(own),
    })),
  }
}
