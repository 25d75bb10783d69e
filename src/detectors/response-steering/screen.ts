import { EDGE_GRAM, logHypergeometricTail } from '../../core/index.ts'
import type { Doing } from './doings.ts'
import type { Held } from './held.ts'

/** A gram after which answers do something more than elsewhere. */
export interface Lead {
  readonly gram: number
  readonly doing: number
  /** Rows that hold the gram, and those of them that show it. */
  readonly rows: number
  readonly showing: number
  /** Log chance of so many if the gram meant nothing. */
  readonly chance: number
}

export interface Screened {
  readonly leads: readonly Lead[]
  /** Pairs of a gram and a behaviour that were met together. */
  readonly tests: number
}

/** Leads of one behaviour: the strongest, and the strongest that nearly always hold. */
const mostLeads = 24
const nearlyAlways = 0.75
/** A lead is looked at when chance alone makes fewer such, on a log scale. */
const telling = -7

/** Counts every gram against every behaviour, and keeps the pairs that chance would not make. */
export function screen({ grams, ids }: Held, doings: readonly Doing[], leastRows: number): Screened {
  const total = ids.length
  const count = new Int32Array(grams.rows.length)
  const touched: number[] = []
  const leads: Lead[] = []
  let tests = 0
  doings.forEach(({ rows }, doing) => {
    for (const i of rows)
      for (let k = grams.offsets[i]!; k < grams.offsets[i + 1]!; k++) {
        const g = grams.of[k]!
        if (count[g] === 0) touched.push(g)
        count[g] = count[g]! + 1
      }
    const own: Lead[] = []
    for (const gram of touched) {
      const showing = count[gram]!
      count[gram] = 0
      const holding = grams.rows[gram]!
      if (showing < leastRows || holding > total / 2 || grams.kind[gram] === EDGE_GRAM) continue
      tests++
      if (showing * total <= 2 * holding * rows.length && showing * total < holding * rows.length * 1.2) continue
      const chance = logHypergeometricTail(showing, holding, rows.length, total)
      if (chance < telling) own.push({ gram, doing, rows: holding, showing, chance })
    }
    touched.length = 0
    own.sort((a, b) => a.chance - b.chance)
    const firm = own.filter(lead => lead.showing >= nearlyAlways * lead.rows)
    leads.push(...new Set([...own.slice(0, mostLeads), ...firm.slice(0, mostLeads)]))
  })
  return { leads, tests }
}
