import { logBinomialTail, type TokenSpan, type Trace, textAt, WORD_GRAM } from '../../core/index.ts'
import type { Held } from './held.ts'
import type { Case } from './scoring.ts'

/** Words that stand together in rows whose label surprises, but hardly elsewhere. */
export interface Combination {
  readonly label: number
  readonly words: readonly { readonly high: number; readonly low: number; readonly kind: number }[]
}

/** Words of a row that are paired with each other. */
const wordsPerRow = 96
/** Combinations looked at more closely for each label, each way. */
const mostPairs = 20
const leastRows = 6
/** Words that are paired: of two labels, and of many together. */
const mostWords = 400
/** A combination is looked at when chance alone makes fewer such, on a log scale. */
const telling = -8

/** Combinations worth a closer look, and how many pairs were considered. */
export interface Combinations {
  readonly found: readonly Combination[]
  readonly tests: number
}

/**
 * Finds pairs of words that meet in rows of one label more often than their leaning apart explains: among the rows whose
 * label surprises, and among all rows of the label (a model that has learnt the words finds no row surprising). Adds
 * every word that most rows of a pair have.
 */
export function combinations(
  held: Held,
  surprising: ReadonlyMap<number, readonly number[]>,
  others: readonly number[],
): Combinations {
  const found = new Map<string, Combination>()
  let tests = 0
  const look = (label: number, here: WordRows, elsewhere: WordRows, most: number, interacts: boolean) => {
    const pairs = pairsOf(here, elsewhere, most, interacts)
    tests += pairs.tests
    for (const grown of pairs.chosen.flatMap(pair => stages(pair, here, elsewhere, true))) {
      const name = `${label}/${[...grown].sort((a, b) => a - b).join()}`
      if (!found.has(name)) found.set(name, { label, words: grown.map(key => here.words.get(key)!) })
    }
  }
  const rest = wordRows(held, others)
  const all = [...surprising.values()].flat().concat(others)
  const most = Math.floor(mostWords / Math.sqrt(Math.max(1, surprising.size / 2)))
  for (const [label, rows] of surprising) {
    if (rows.length >= leastRows) look(label, wordRows(held, rows), rest, most, false)
    const own = all.filter(i => held.label[i] === label)
    if (own.length < leastRows) continue
    const unlike = all.filter(i => held.label[i] !== label)
    look(label, wordRows(held, own), wordRows(held, unlike), most, true)
  }
  return { found: [...found.values()], tests }
}

/** Accused words that may be a part of a combination. */
const mostLeads = 24
/** Labels less likely than this, given the rest of the row, need the trigger. */
const unlikely = 0.5

/** Words that keep an accused word company in just the rows whose label the rest of the row does not explain. */
export function companions(cases: readonly Case[], others: readonly number[]): Combination[] {
  const leads = cases
    .filter(own => own.kind === WORD_GRAM && own.trace.length === 1 && own.against < telling)
    .sort((a, b) => a.against - b.against)
    .slice(0, mostLeads)
  const held = leads[0]?.held
  if (!held) return []
  const elsewhere = wordRows(held, others)
  return leads.flatMap(({ testimony, label, trace }) => {
    const { rows, probability } = testimony
    const obeying = rows.filter((i, j) => held.label[i] === label && probability[j]! < unlikely)
    if (obeying.length < leastRows) return []
    const here = wordRows(held, obeying)
    const grown = stages([trace.grams[0]!.high], here, elsewhere, false).slice(1)
    return grown.map(words => ({ label, words: words.map(key => here.words.get(key)!) }))
  })
}

interface WordRows {
  readonly words: ReadonlyMap<number, { readonly high: number; readonly low: number; readonly kind: number }>
  /** Rows that hold a word, ascending. */
  readonly rows: ReadonlyMap<number, readonly number[]>
  readonly size: number
}

function wordRows({ tokens }: Held, rows: readonly number[]): WordRows {
  const words = new Map<number, { high: number; low: number; kind: number }>()
  const lists = new Map<number, number[]>()
  rows.forEach((i, r) => {
    const own = new Set<number>()
    for (let k = tokens.offsets[i]!; k < tokens.offsets[i + 1]! && own.size < wordsPerRow; k++) {
      const key = tokens.high[k]!
      if (own.has(key)) continue
      own.add(key)
      if (!words.has(key)) words.set(key, { high: key, low: tokens.low[k]!, kind: WORD_GRAM })
      const list = lists.get(key)
      if (list) list.push(r)
      else lists.set(key, [r])
    }
  })
  return { words, rows: lists, size: rows.length }
}

function both(a: readonly number[], b: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]! < b[j]!) i++
    else if (a[i]! > b[j]!) j++
    else {
      out.push(a[i]!)
      i++
      j++
    }
  }
  return out
}

const rowsWith = (of: WordRows, keys: readonly number[]): number[] =>
  keys.slice(1).reduce((rows, key) => both(rows, of.rows.get(key) ?? []), [...(of.rows.get(keys[0]!) ?? [])])

const rateOf = (of: WordRows, rows: number): number => (rows + 0.5) / (of.size + 1)

/**
 * The pairs that lean most to these rows: more than chance joins their words here, and more than they meet elsewhere,
 * even when each word brings its own lean along (`interacts`).
 */
function pairsOf(here: WordRows, elsewhere: WordRows, most: number, interacts: boolean) {
  const frequent = [...here.rows]
    .filter(([, rows]) => rows.length >= leastRows)
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, most)
  const n = here.size
  const lean = frequent.map(([key, rows]) =>
    interacts ? Math.max(1, rateOf(here, rows.length) / rateOf(elsewhere, elsewhere.rows.get(key)?.length ?? 0)) : 1,
  )
  const scored: { keys: number[]; score: number }[] = []
  let tests = 0
  for (let a = 0; a < frequent.length; a++) {
    for (let b = a + 1; b < frequent.length; b++) {
      const [x, y] = [frequent[a]!, frequent[b]!]
      tests++
      const together = both(x[1], y[1]).length
      if (together < leastRows) continue
      const apart = (x[1].length / n) * (y[1].length / n)
      if (together <= apart * n) continue
      const meeting = rateOf(elsewhere, rowsWith(elsewhere, [x[0], y[0]]).length)
      const rate = Math.min(0.999, meeting * lean[a]! * lean[b]!)
      const score = Math.max(logBinomialTail(together, n, rate), logBinomialTail(together, n, apart))
      if (score < telling) scored.push({ keys: [x[0], y[0]], score })
    }
  }
  scored.sort((p, q) => p.score - q.score)
  return { chosen: scored.slice(0, mostPairs).map(pair => pair.keys), tests }
}

/** A word belongs to a combination when it stands in this share of its rows. */
const belongs = 0.4

/**
 * Adds the words that stand in many rows of the combination, one by one, up to five in all; `compares` asks them to stand there
 * more than in these rows at large too.
 */
function stages(keys: readonly number[], here: WordRows, elsewhere: WordRows, compares: boolean): number[][] {
  let grown = [...keys]
  const all = [grown]
  while (grown.length < 5) {
    const rows = rowsWith(here, grown)
    let best: number | null = null
    let least = telling
    for (const [key, list] of here.rows) {
      if (grown.includes(key)) continue
      const shared = both(rows, list).length
      if (shared < belongs * rows.length || shared < leastRows) continue
      const there = rateOf(elsewhere, elsewhere.rows.get(key)?.length ?? 0)
      const usual = compares ? Math.max(there, list.length / here.size) : there
      const score = logBinomialTail(shared, rows.length, usual)
      if (score < least) [best, least] = [key, score]
    }
    if (best === null) break
    grown = [...grown, best]
    all.push(grown)
  }
  return all
}

/** Where the words of a combination stand, in the rows that hold them all. */
export function combinedTrace(held: Held, ids: Float64Array, { words }: Combination): Trace {
  const { tokens } = held
  const rows: number[] = []
  const spans: TokenSpan[][] = []
  for (const id of ids) {
    const i = held.place.get(id)
    if (i === undefined) continue
    const from = tokens.offsets[i]!
    const own: TokenSpan[] = []
    for (let k = from; k < tokens.offsets[i + 1]!; k++)
      if (words.some(w => w.high === tokens.high[k] && w.low === tokens.low[k])) own.push([k - from, k - from + 1])
    if (own.length < words.length) continue
    rows.push(i)
    spans.push(own)
  }
  const text = rows.length === 0 ? '' : namesIn(held, rows[0]!, spans[0]!)
  return { rows, spans, length: 1, text, grams: words }
}

function namesIn(held: Held, i: number, spans: readonly TokenSpan[]): string {
  const names = new Set(spans.map(span => textAt(held, i, span).toLowerCase()))
  return [...names].join(' … ')
}
