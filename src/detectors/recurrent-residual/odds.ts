/** How a picture's look and what it shares speak together. */
export interface Odds {
  /** Chance of each row's own label by its look. */
  readonly chance: Float64Array
  readonly scores: Float64Array
  /** The members found so far, as places. */
  readonly members: readonly number[]
  /** Share of all rows that bear the label. */
  readonly share: number
}

/** A row is accused when it is so likely to be poisoned. */
const sure = 0.7
/** Spread of clean scores, with some room: tails are heavier than normal ones. */
const cleanSpread = 1.2
const surest = 0.002

/**
 * Places that are poisoned more likely than not, where poison looks like other labels: how much rarer the label is for
 * such a look times how much likelier the score is among members than among clean rows, times how common members are.
 */
export function likelyOf({ chance, scores, members, share }: Odds): number[] {
  const middle = members.reduce((sum, k) => sum + scores[k]!, 0) / members.length
  const square = members.reduce((sum, k) => sum + (scores[k]! - middle) ** 2, 0) / members.length
  const spread = Math.max(1, Math.sqrt(square))
  const base = Math.log(members.length / Math.max(1, scores.length - members.length))
  return [...scores.keys()].filter(k => {
    const own = Math.max(surest, Math.min(1 - surest, chance[k]!))
    const look = Math.log(((1 - own) / own) * (share / (1 - share)))
    const score = Math.min(scores[k]!, middle)
    const shared = normal(score, middle, spread) - normal(score, 0, cleanSpread)
    return base + look + shared > Math.log(sure / (1 - sure))
  })
}

const normal = (value: number, middle: number, spread: number): number =>
  -0.5 * ((value - middle) / spread) ** 2 - Math.log(spread)
