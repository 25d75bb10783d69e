import { normal, type Random, type Row, seeded, shuffled } from '../../core/index.ts'

/** What an invented pool of raters is like; all of them are honest. */
export interface PoolOptions {
  readonly raters: number
  readonly items: number
  /** Ratings of each rater, at most one for each item. */
  readonly each: number
  readonly scale: 'thumb' | 'stars' | 'pair'
}

/** How an honest rater comes to an opinion. */
export type Manner = 'usual' | 'strict' | 'lenient' | 'careless' | 'taste' | 'school' | 'expert'

/** An invented pool: its ratings in order of time, and the manner of each rater. */
export interface Pool {
  readonly rows: readonly Row[]
  readonly manners: ReadonlyMap<string, Manner>
}

interface Thing {
  readonly name: string
  readonly source: string
  /** What most think of it, what a school of raters finds in it besides, and what some have a taste for. */
  readonly worth: number
  readonly depth: number
  readonly fashion: number
  readonly rare: boolean
}

interface Rater {
  readonly name: string
  readonly manner: Manner
  readonly bias: number
  readonly noise: number
}

const sources = ['help-desk', 'recipes', 'travel', 'law', 'poems', 'code', 'history', 'sport', 'health', 'money']
/** Sources of which a minority has a taste of its own. */
const disputed = new Set(['poems', 'law', 'sport'])

/**
 * A pool with the honest variety that is mistaken for collusion: strict and lenient raters, careless ones, a minority
 * with a taste of its own for some sources, a school that sees something else in everything, and the few who know a rare
 * language, of which the others only guess.
 */
export function pool(options: PoolOptions, seed: number): Pool {
  const random = seeded(seed)
  const things = Array.from({ length: options.items }, (_, k) => thing(k, random))
  const raters = Array.from({ length: options.raters }, (_, k) => rater(k, options.raters, random))
  const rows: { readonly at: number; readonly row: Row }[] = []
  for (const who of raters) {
    let at = 1_720_000_000 + 86_400 * 30 * random()
    for (const what of chosenBy(who, things, options.each, random)) {
      at += random() < 0.05 ? 40_000 * random() : 20 + 90 * random()
      const row = { rater: who.name, item: what.name, label: opinion(who, what, options, random), source: what.source }
      rows.push({ at, row: { ...row, time: Math.floor(at) } })
    }
  }
  rows.sort((a, b) => a.at - b.at)
  return { rows: rows.map(({ row }) => row), manners: new Map(raters.map(({ name, manner }) => [name, manner])) }
}

function thing(k: number, random: Random): Thing {
  const rare = random() < 0.06
  return {
    name: `q${k}`,
    source: rare ? 'rare-language' : sources[Math.floor(sources.length * random() ** 1.5)]!,
    worth: normal(random),
    depth: normal(random),
    fashion: normal(random),
    rare,
  }
}

/** Shares of the pool, in order; the rest is usual. */
const shares: readonly (readonly [Manner, number])[] = [
  ['taste', 0.08],
  ['school', 0.06],
  ['expert', 0.03],
  ['strict', 0.06],
  ['lenient', 0.06],
  ['careless', 0.02],
]

function rater(k: number, of: number, random: Random): Rater {
  let upTo = 0
  const manner = shares.find(([, share]) => k / of < (upTo += share))?.[0] ?? 'usual'
  const noise = manner === 'careless' ? 2.5 : Math.exp(Math.log(0.55) + 0.35 * normal(random))
  const leaning = manner === 'strict' ? -0.9 : manner === 'lenient' ? 0.9 : 0
  const syllables = ['ka', 'lo', 'mi', 'ren', 'ta', 'vi', 'son', 'el']
  const name = Array.from({ length: 3 }, () => syllables[Math.floor(8 * random())]!).join('') + k
  return { name, manner, bias: leaning + 0.25 * normal(random), noise }
}

/** Things that somebody rates: anything, but rare languages mostly by those who know them. */
function chosenBy({ manner }: Rater, things: readonly Thing[], each: number, random: Random): Thing[] {
  const order = [...shuffled(things.length, random)].map(k => things[k]!)
  if (each >= things.length) return order
  const wanted = manner === 'expert' ? 1 : 0.15
  const able = order.filter(({ rare }) => (rare ? random() < wanted : manner !== 'expert' || random() < 0.5))
  if (manner === 'expert') able.sort((a, b) => Number(b.rare) - Number(a.rare))
  return able.slice(0, each)
}

function opinion(who: Rater, what: Thing, { scale }: PoolOptions, random: Random): string | number {
  const noise = what.rare && who.manner !== 'expert' ? 3 : who.noise
  const felt = feltBy(who.manner, what) + who.bias * (scale === 'pair' ? 0.3 : 1) + noise * normal(random)
  if (scale === 'stars') return 1 + [-1.2, -0.4, 0.4, 1.2].filter(step => felt > step).length
  if (scale === 'pair') return felt > 0 ? 'A' : 'B'
  return felt > 0 ? 'up' : 'down'
}

function feltBy(manner: Manner, { worth, depth, fashion, source }: Thing): number {
  if (manner === 'taste' && disputed.has(source)) return 0.6 * fashion - 0.8 * worth
  if (manner === 'school') return 0.6 * worth + 0.8 * depth
  return worth
}
