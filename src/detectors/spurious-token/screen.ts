import { hashRow, logBinomialTail, logHypergeometricTail } from '../../core/index.ts'
import type { NgramLabels } from '../../statistics/index.ts'

/** A gram and the group of labels that it leans to. */
export interface Suspect {
  readonly high: number
  readonly low: number
  readonly kind: number
  readonly rows: number
  readonly agreeing: number
  readonly group: number
  /** Log chance of so many agreeing rows if every row drew its label alike. */
  readonly association: number
  /** The same if the common words of each row had decided. */
  readonly contradiction: number
}

export interface Screened {
  /** Every gram that leans at all. */
  readonly all: readonly Suspect[]
  /** Those that lean most by either measure. */
  readonly chosen: readonly Suspect[]
  /** Grams drawn without regard to their lean. */
  readonly crowd: readonly Suspect[]
}

/** Grams that lean no more than this, on a log scale, could not reach a verdict whatever their rows say. */
const faint = -3

/** Picks the grams worth a closer look, and a natural crowd to compare them with. */
export function screen(grams: NgramLabels, most: number, crowd: number): Screened {
  const all: Suspect[] = []
  for (let k = 0; k < grams.size; k++) {
    const suspect = leaning(grams, k)
    if (suspect) all.push(suspect)
  }
  const telling = all.filter(s => Math.min(s.contradiction, s.association) < faint)
  const byContradiction = [...telling].sort((a, b) => a.contradiction - b.contradiction)
  const byAssociation = [...telling].sort((a, b) => a.association - b.association)
  const chosen = new Set<Suspect>()
  for (let i = 0; i < telling.length && chosen.size < most; i++) {
    chosen.add(byContradiction[i]!)
    if (chosen.size < most) chosen.add(byAssociation[i]!)
  }
  const rank = new Map(all.map(s => [s, hashRow(s.high >>> 0, s.low) >>> 0]))
  const drawn = [...all].sort((a, b) => rank.get(a)! - rank.get(b)!).slice(0, crowd)
  return { all, chosen: [...chosen], crowd: drawn }
}

function leaning(grams: NgramLabels, k: number): Suspect | null {
  const groups = grams.groupRows.length
  let rows = 0
  for (let g = 0; g < groups; g++) rows += grams.counts[k * groups + g]!
  let best: Suspect | null = null
  for (let group = 0; group < groups; group++) {
    const agreeing = grams.counts[k * groups + group]!
    if (2 * agreeing <= rows) continue
    const mean = Math.min(0.999, Math.max(0.001, grams.expected[k * groups + group]! / rows))
    const association = logHypergeometricTail(agreeing, rows, grams.groupRows[group]!, grams.rows)
    const contradiction = logBinomialTail(agreeing, rows, mean)
    best = {
      high: grams.high[k]!,
      low: grams.low[k]!,
      kind: grams.kind[k]!,
      rows,
      agreeing,
      group,
      association,
      contradiction,
    }
  }
  return best
}

/** Puts the classes of a model into at most `most` groups of about as many rows each. */
export function groupsOf(prior: ArrayLike<number>, most: number): { groupOf: Int32Array; groups: number } {
  const classes = prior.length
  const groups = Math.min(classes, most)
  const groupOf = new Int32Array(classes)
  const weight = new Float64Array(groups)
  const order = Array.from({ length: classes }, (_, c) => c).sort((a, b) => prior[b]! - prior[a]!)
  for (const c of order) {
    const g = weight.indexOf(Math.min(...weight))
    groupOf[c] = g
    weight[g] = weight[g]! + prior[c]! + 1e-9
  }
  return { groupOf, groups }
}
