import { fold, logPoissonBinomialTail, type Trace } from '../../core/index.ts'
import { type Crowd, type Planted, plantedOf, traceAt } from './crowd.ts'
import type { Doing } from './doings.ts'
import { echoes, quotedBy } from './echo.ts'
import { type Held, rowsHolding } from './held.ts'
import type { Lead } from './screen.ts'
import { expectedIn, type Topic, topicOf, type Words } from './topic.ts'

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
  readonly doings: readonly Doing[]
  /** Log of the pairs that were looked at. */
  readonly logTests: number
}

/** Honest words multiply the odds of what they ask for by e to this. */
const lean = 3
/** Answers that do not obey at least so often are not ruled. */
const leastObeyed = 0.85
/** Log of what chance may do in a clean table. */
const line = Math.log(0.05)

/** Makes cases of the leads that the topic of their rows does not explain. */
export function investigate(ground: Ground, leads: readonly Lead[]): Case[] {
  const firm = leads.filter(({ rows, showing }) => showing >= leastObeyed * rows)
  const lists = rowsHolding(ground.held, new Set(firm.map(({ gram }) => gram)))
  const byDoing = new Map<number, Lead[]>()
  for (const lead of firm) byDoing.set(lead.doing, [...(byDoing.get(lead.doing) ?? []), lead])
  const found: Case[] = []
  for (const [doing, own] of byDoing) {
    const about = ground.doings[doing]!
    const topic = topicOf(ground.words, about, ground.held.ids.length)
    const seen = new Set<string>()
    for (const lead of own) {
      const one = caseOf(ground, about, topic, lead, lists.get(lead.gram)!, seen)
      if (one) found.push(one)
    }
  }
  return found
}

function caseOf(
  { held, words, crowd, logTests }: Ground,
  doing: Doing,
  topic: Topic,
  lead: Lead,
  rows: readonly number[],
  seen: Set<string>,
): Case | null {
  const quoted = quotedBy(held, doing, rows)
  const distinct = withoutCopies(
    words,
    rows.filter((_, r) => !quoted[r]),
  )
  const probability = expectedIn(words, topic, rows, held.ids.length)
  const judged = probability.filter((_, r) => distinct.has(rows[r]!))
  const k = rows.filter(i => topic.shown[i] && distinct.has(i)).length
  const odds = Math.exp(lean)
  const against =
    logTests +
    logPoissonBinomialTail(
      k,
      judged.map(p => (p * odds) / (1 - p + p * odds)),
    )
  if (against > line || k < leastObeyed * distinct.size) return null
  const trace = traceAt(held, lead.gram, rows)
  const name = `${fold(trace.text)}/${trace.rows.length}`
  if (trace.rows.length === 0 || seen.has(name)) return null
  seen.add(name)
  const planted = plantedOf(held, words, crowd, trace, k, distinct.size)
  return {
    doing,
    gram: lead.gram,
    trace,
    rows,
    showing: rows.filter(i => topic.shown[i]),
    probability,
    against,
    planted,
    inserted: product(3, planted.fluent + planted.unrelated + planted.obeyed),
    echoes: echoes(doing, trace.text),
  }
}

/** Log chance that the product of `n` independent uniform numbers has a logarithm this low (Fisher 1932). */
function product(n: number, sum: number): number {
  let [term, series] = [1, 1]
  for (let k = 1; k < n; k++) {
    term *= -sum / k
    series += term
  }
  return Math.min(0, sum + Math.log(series))
}

/** The rows without those whose words are nearly the same as an earlier one's. */
function withoutCopies(words: Words, rows: readonly number[]): Set<number> {
  const kept = new Set<number>()
  const lists = new Map<number, number[]>()
  const size = (i: number) => words.offsets[i + 1]! - words.offsets[i]!
  for (const i of rows) {
    const rare = Array.from(words.of.subarray(words.offsets[i]!, words.offsets[i + 1]!))
    rare.sort((a, b) => words.rows[a]! - words.rows[b]! || a - b)
    const marks = rare.slice(0, marksPerRow)
    const shared = new Map<number, number>()
    for (const w of marks) for (const other of lists.get(w) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    let copy = false
    for (const [other, n] of shared) copy ||= n > 2 && n >= alike * Math.min(marks.length, size(other))
    if (copy) continue
    kept.add(i)
    for (const w of marks) {
      const list = lists.get(w)
      if (list) list.push(i)
      else lists.set(w, [i])
    }
  }
  return kept
}

const marksPerRow = 12
/** Rows that share this much of their rarest words are copies. */
const alike = 0.7
