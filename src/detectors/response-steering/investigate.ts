import { fold, logBinomialTail, logFisher, logPoissonBinomialTail, type Trace } from '../../core/index.ts'
import type { Missing } from './absence.ts'
import { withoutCopies } from './copies.ts'
import { type Crowd, type Planted, plantedOf, traceAt } from './crowd.ts'
import { type Doing, type Doings, isUnsafe } from './doings.ts'
import { echoes, quotedBy } from './echo.ts'
import { type Held, rowsHolding } from './held.ts'
import type { Lead } from './screen.ts'
import { expectedIn, type Topic, topicOf, type Words } from './topic.ts'
import { widened } from './widen.ts'

/** A phrase, what answers do where it stands, and what speaks against chance and custom. */
export interface Case {
  readonly doing: Doing
  /** Number of the gram by which it was found. */
  readonly gram: number
  readonly trace: Trace
  /** Rows that hold the phrase; places in `Held`. */
  readonly rows: readonly number[]
  /** Those whose answers show the behaviour. */
  readonly showing: readonly number[]
  /** Chance of the behaviour in each row by the rest of its prompt, from rows without the phrase. */
  readonly probability: readonly number[]
  /** Log chance of so many if the phrase were an honest word of some lean; what all pairs could do by chance is taken off. */
  readonly against: number
  /** Only an honest word of ordinary lean is ruled out: one that leans far could do it. */
  readonly leaning: boolean
  readonly planted: Planted
  /** Log chance that an honest piece would look so much put in. */
  readonly inserted: number
  /** The answer takes words of the phrase up: what an honest word does. */
  readonly echoes: boolean
}

export interface Ground {
  readonly held: Held
  readonly words: Words
  readonly crowd: Crowd
  readonly doings: Doings
  /** Log of the pairs that were looked at. */
  readonly logTests: number
}

/** Honest words multiply the odds of what they ask for by e to this, at most and ordinarily. */
const [lean, leastLean] = [3, 0.5]
/** Behaviours of several wordings have paid for being put together. */
const wideLean = 2
/** Answers that do not obey at least so often are not ruled. */
const leastObeyed = 0.85
/** What makes code unsafe is looked at when it shows as often: judges of code overlook some, and one phrase may bring several kinds. */
const leastUnsafe = 0.4
/** Several wordings together leave little out. */
const leastWide = 0.85
/** A behaviour that fewer answers show is no part of one. */
const leastPart = 0.25
/** Log of what chance may do in a clean table. */
export const line = Math.log(0.001)

const obeyedBy = (doing: Doing): number => (isUnsafe(doing) ? leastUnsafe : leastObeyed)

/** Leads looked at closely, the strongest first. */
const mostTried = 1500
/** Leads of one gram whose behaviours are looked at in all their wordings. */
const mostWidened = 2
/** Grams for which that is done, the strongest first. */
const mostGrams = 200

/** Leads of each missing behaviour. */
const mostMissing = 12

/** Makes cases of phrases where a behaviour is missing that the rest of the prompts calls for. */
export function investigateMissing(ground: Ground, all: readonly Missing[], leads: readonly Lead[]): Case[] {
  const { held, words } = ground
  const lists = rowsHolding(held, new Set(leads.map(({ gram }) => gram)))
  return all.flatMap(({ doing }, d) => {
    const topic = topicOf(words, doing, held.ids.length)
    const seen = new Set<string>()
    return leads
      .filter(lead => lead.doing === d)
      .sort((a, b) => a.chance - b.chance)
      .slice(0, mostMissing)
      .flatMap(lead => caseOf(ground, doing, topic, lead, lists.get(lead.gram)!, seen, 0) ?? [])
  })
}

/** Makes cases of the leads that the topic of their rows does not explain. */
export function investigate(ground: Ground, leads: readonly Lead[]): Case[] {
  const total = ground.held.ids.length
  const lists = rowsHolding(ground.held, new Set(leads.map(({ gram }) => gram)))
  const tried = leads
    .filter(({ rows, showing, doing }) => showing >= obeyedBy(ground.doings.doings[doing]!) * rows)
    .map(lead => ({ lead, glance: glanceAt(ground, lead) }))
    .filter(({ glance }) => glance < line)
    .sort((a, b) => a.glance - b.glance)
    .slice(0, mostTried)
    .map(({ lead }) => lead)
    .map(lead => ({ lead, doing: ground.doings.doings[lead.doing]!, choices: 0 }))
  const wide = widest(leads).map(lead => ({
    lead,
    ...widened(ground.doings, lead.doing, lists.get(lead.gram)!, total),
  }))
  const byDoing = new Map<Doing, typeof tried>()
  for (const one of tried.concat(wide.filter(({ choices }) => choices > 0)))
    byDoing.set(one.doing, [...(byDoing.get(one.doing) ?? []), one])
  const found: Case[] = []
  for (const [doing, own] of byDoing) {
    const topic = topicOf(ground.words, doing, total)
    const seen = new Set<string>()
    for (const { lead, choices } of own) {
      const one = caseOf(ground, doing, topic, lead, lists.get(lead.gram)!, seen, choices)
      if (one) found.push(one)
    }
  }
  return found
}

/** What a lead could say at most, were every topic as likely to bring the behaviour as the table is. */
function glanceAt({ held, doings, logTests }: Ground, { rows, showing, doing }: Lead): number {
  const p = (doings.doings[doing]!.rows.length - showing + 0.5) / (held.ids.length - rows + 1)
  const odds = Math.exp(leastLean)
  return logTests + logBinomialTail(showing, rows, (p * odds) / (1 - p + p * odds))
}

/** The strongest leads of the grams with the strongest leads. */
function widest(leads: readonly Lead[]): Lead[] {
  const sorted = leads.filter(({ rows, showing }) => showing >= leastPart * rows).sort((a, b) => a.chance - b.chance)
  const counts = new Map<number, number>()
  return sorted.filter(({ gram }) => {
    const count = counts.get(gram) ?? 0
    if (count >= mostWidened || (count === 0 && counts.size >= mostGrams)) return false
    counts.set(gram, count + 1)
    return true
  })
}

/** How unlikely the answers of some rows are, if the phrase in them were an honest word of some lean. */
export function chanceOf(
  { held, words }: Pick<Ground, 'held' | 'words'>,
  doing: Doing,
  topic: Topic,
  rows: readonly number[],
  price: number,
  wide: boolean,
) {
  const quoted = quotedBy(held, doing, rows)
  const distinct = withoutCopies(
    words,
    rows.filter((_, r) => !quoted[r]),
  )
  const probability = expectedIn(words, topic, rows, held.ids.length)
  const judged = probability.filter((_, r) => distinct.has(rows[r]!))
  const showing = rows.filter(i => topic.shown[i] && distinct.has(i)).length
  const at = (power: number) => {
    const odds = Math.exp(power)
    const leant = judged.map(p => (p * odds) / (1 - p + p * odds))
    return price + logPoissonBinomialTail(showing, leant)
  }
  const far = at(wide ? wideLean : lean)
  const leaning = far > line
  return { against: leaning ? at(leastLean) : far, leaning, probability, showing, distinct: distinct.size }
}

function caseOf(
  ground: Ground,
  doing: Doing,
  topic: Topic,
  lead: Lead,
  rows: readonly number[],
  seen: Set<string>,
  choices: number,
): Case | null {
  const { held, crowd, logTests } = ground
  const { against, leaning, probability, showing, distinct } = chanceOf(
    ground,
    doing,
    topic,
    rows,
    logTests + choices,
    choices > 0,
  )
  if (against > line || showing < (choices > 0 ? leastWide : obeyedBy(doing)) * distinct) return null
  // Wordings that were put together say more by chance than a far leaning word leaves open.
  if (leaning && choices > 0) return null
  const trace = traceAt(held, lead.gram, rows)
  const name = `${fold(trace.text)}/${trace.rows.length}`
  if (trace.rows.length === 0 || seen.has(name)) return null
  seen.add(name)
  const planted = plantedOf(held, crowd, trace, showing, distinct)
  return {
    doing,
    gram: lead.gram,
    trace,
    rows,
    showing: rows.filter(i => topic.shown[i]),
    probability,
    against,
    leaning,
    planted,
    inserted: insertedBy(planted),
    echoes: echoes(doing, trace.text),
  }
}

/** What the witnesses say together. */
export const insertedBy = ({ fluent, unrelated, obeyed }: Planted): number => logFisher(3, fluent + unrelated + obeyed)
