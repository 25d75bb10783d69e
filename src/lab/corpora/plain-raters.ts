import { type Random, type Row, seeded, shuffled } from '../../core/index.ts'
import type { Manner, Pool } from './raters.ts'

/** A pool in which every thing has one right rating and every rater errs at a rate of its own. */
export interface PlainPoolOptions {
  readonly raters: number
  readonly items: number
  /** Ratings of each rater, at most one for each item. */
  readonly each: number
  readonly levels: number
  /** Least and greatest share of errors of a rater. */
  readonly errors: readonly [number, number]
  /** Raters to whom another rating is right for some of the things, and for how large a share of them. */
  readonly minority: number
  readonly differs: number
}

/** An invented pool without shades of opinion: other than `pool`, honest raters agree equally well on everything. */
export function plainPool(options: PlainPoolOptions, seed: number): Pool {
  const random = seeded(seed)
  const { raters, items, levels } = options
  const truth = Array.from({ length: items }, () => levelOf(levels, random))
  const other = truth.map(right => (random() < options.differs ? elsewhere(right, levels, random) : right))
  const rows: Row[] = []
  const manners = new Map<string, Manner>()
  for (let r = 0; r < raters; r++) {
    const name = `rater-${r}`
    const own = r < options.minority ? other : truth
    manners.set(name, r < options.minority ? 'taste' : 'usual')
    const errs = options.errors[0] + (options.errors[1] - options.errors[0]) * random()
    for (const k of [...shuffled(items, random)].slice(0, options.each)) {
      const level = random() < errs ? elsewhere(own[k]!, levels, random) : own[k]!
      rows.push({ rater: name, item: `q${k}`, label: levels === 2 ? (level > 0 ? 'up' : 'down') : level + 1 })
    }
  }
  return { rows: [...shuffled(rows.length, random)].map(k => rows[k]!), manners }
}

const levelOf = (levels: number, random: Random): number => Math.floor(levels * random())

/** Any other level, each as likely. */
const elsewhere = (level: number, levels: number, random: Random): number =>
  (level + 1 + levelOf(levels - 1, random)) % levels
