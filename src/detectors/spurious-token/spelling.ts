/** How often a unit follows two, one or no units in the words of a table, every word counted once. */
export interface Spelling {
  /** By context and unit. */
  readonly counts: ReadonlyMap<number, number>
  /** Units and different units by context. */
  readonly totals: ReadonlyMap<number, number>
  readonly kinds: ReadonlyMap<number, number>
}

/** Numbers of units, and of the edge of a word, are below this. */
const base = 1 << 17
const edge = 1
/** Units that a word might have. */
const units = 1 << 16

/** Visits each unit of a word and its end: the contexts before it, shortest first, and its number. */
function walk(text: string, visit: (contexts: readonly number[], unit: number) => void): void {
  let [before, last] = [edge, edge]
  for (let k = 0; k <= text.length; k++) {
    const unit = k < text.length ? text.charCodeAt(k) + edge + 1 : edge
    visit([0, last, before * base + last], unit)
    before = last
    last = unit
  }
}

/** Learns from different words how words are spelt. */
export function learnSpelling(words: readonly string[]): Spelling {
  const counts = new Map<number, number>()
  const totals = new Map<number, number>()
  const kinds = new Map<number, number>()
  const learn = (contexts: readonly number[], unit: number) => {
    for (const context of contexts) {
      const count = counts.get(context * base + unit) ?? 0
      counts.set(context * base + unit, count + 1)
      totals.set(context, (totals.get(context) ?? 0) + 1)
      if (count === 0) kinds.set(context, (kinds.get(context) ?? 0) + 1)
    }
  }
  for (const word of words) walk(word, learn)
  return { counts, totals, kinds }
}

/**
 * Surprise, in nats, at a word that was among those learnt, as if it had not been. Longer contexts are mixed with
 * shorter ones by how many different units follow them (Witten and Bell 1991).
 */
export function surpriseAt(word: string, { counts, totals, kinds }: Spelling): number {
  let surprise = 0
  walk(word, (contexts, unit) => {
    let chance = 1 / units
    for (const context of contexts) {
      const count = counts.get(context * base + unit) ?? 1
      const total = (totals.get(context) ?? 1) - 1
      const different = (kinds.get(context) ?? 1) - (count === 1 ? 1 : 0)
      if (total > 0) chance = (count - 1 + different * chance) / (total + different)
    }
    surprise -= Math.log(chance)
  })
  return surprise
}
