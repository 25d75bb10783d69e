import type { Trace } from '../../core/index.ts'
import { plantedOf, traceAt } from './crowd.ts'
import type { Doing } from './doings.ts'
import { echoes } from './echo.ts'
import { rowsHolding } from './held.ts'
import { type Case, chanceOf, type Ground, insertedBy, line } from './investigate.ts'
import type { Lead } from './screen.ts'
import { topicOf } from './topic.ts'

/** Phrases that one attacker draws from. */
const [leastPhrases, mostPhrases] = [2, 5]
/** Answers that obey each phrase, and rows of the behaviour that all phrases explain together. */
const obeyed = 0.9
const explained = 0.75
/** Behaviours in fewer rows, or in more than this share, are not taken apart. */
const leastRows = 6
const mostShare = 0.25
/** Behaviours taken apart, the rarest last. */
const mostTried = 150

/**
 * Cases of several phrases that share out the rows of one behaviour. Each alone stands in too few rows to tell it from
 * chance; together they leave hardly a row of it over.
 */
export function covers(ground: Ground, leads: readonly Lead[], known: readonly Case[]): Case[] {
  const { held, doings } = ground
  const firm = leads.filter(({ rows, showing }) => showing >= obeyed * rows)
  const lists = rowsHolding(held, new Set(firm.map(({ gram }) => gram)))
  const byDoing = new Map<number, Lead[]>()
  for (const lead of firm) byDoing.set(lead.doing, [...(byDoing.get(lead.doing) ?? []), lead])
  const explainedRows = known.map(({ rows }) => new Set(rows))
  const isKnown = ({ rows }: Doing) =>
    explainedRows.some(own => rows.reduce((n, i) => n + (own.has(i) ? 1 : 0), 0) > 0.5 * rows.length)
  const open = [...byDoing].filter(([d]) => {
    const { rows } = doings.doings[d]!
    return rows.length >= leastRows && rows.length <= mostShare * held.ids.length && !isKnown(doings.doings[d]!)
  })
  return open.slice(0, mostTried).flatMap(([d, own]) => coverOf(ground, doings.doings[d]!, own, lists))
}

function coverOf(ground: Ground, doing: Doing, leads: readonly Lead[], lists: Map<number, number[]>): Case[] {
  const { held, words, crowd, doings } = ground
  const members = new Set(doing.rows)
  const chosen: number[] = []
  const open = new Set(doing.rows)
  const fresh = (gram: number) => lists.get(gram)!.filter(i => open.has(i)).length
  while (chosen.length < mostPhrases) {
    let best: { gram: number; rows: number } | null = null
    for (const { gram } of leads) {
      const rows = fresh(gram)
      // A phrase that stands where another was chosen already is a piece of it.
      if (rows < obeyed * lists.get(gram)!.length || (best && rows <= best.rows)) continue
      best = { gram, rows }
    }
    if (!best || best.rows < 2) break
    chosen.push(best.gram)
    for (const i of lists.get(best.gram)!) open.delete(i)
  }
  const rows = [...new Set(chosen.flatMap(gram => lists.get(gram)!))].sort((a, b) => a - b)
  const covered = rows.filter(i => members.has(i)).length
  if (chosen.length < leastPhrases || covered < explained * members.size || covered < leastRows) return []
  const price = Math.log(doings.doings.length) + chosen.length * Math.log(held.grams.rows.length)
  const topic = topicOf(words, doing, held.ids.length)
  const { against, leaning, probability, showing, distinct } = chanceOf(ground, doing, topic, rows, price, false)
  if (against > line) return []
  const traces = chosen.map(gram => traceAt(held, gram, lists.get(gram)!))
  const groups = chosen.map(gram => lists.get(gram)!)
  const planted = plantedOf(held, crowd, together(traces), showing, distinct, groups)
  return chosen.map((gram, c) => ({
    doing,
    gram,
    trace: traces[c]!,
    rows: lists.get(gram)!,
    showing: lists.get(gram)!.filter(i => members.has(i)),
    probability: lists.get(gram)!.map(i => probability[rows.indexOf(i)]!),
    against,
    leaning,
    planted,
    inserted: insertedBy(planted),
    echoes: echoes(doing, traces[c]!.text),
  }))
}

/** All places of several phrases. */
function together(traces: readonly Trace[]): Trace {
  const rows: number[] = []
  const spans: Trace['spans'][number][] = []
  for (const trace of traces)
    trace.rows.forEach((i, r) => {
      if (rows.includes(i)) return
      rows.push(i)
      spans.push(trace.spans[r]!)
    })
  return { ...traces[0]!, rows, spans }
}
