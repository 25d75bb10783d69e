import {
  featureRoom,
  foldOf,
  logBinomialTail,
  fold as lowered,
  type RowId,
  scoreRow,
  type Tokens,
  tokenise,
} from '../../core/index.ts'
import type { TextModel } from '../../statistics/index.ts'

/** A way to begin a row that goes with one label more than the rest of each row explains. */
export interface Opening {
  readonly words: string
  readonly label: number
  readonly rows: number
  readonly agreeing: number
  /** Rows with the label that the rest of each row predicts. */
  readonly expected: number
  /** Natural logarithm of the chance, over all openings and labels. */
  readonly logChance: number
}

export interface OpenedRow {
  readonly row: RowId
  readonly index: number
  readonly opening: Opening
}

export interface Texts {
  readonly rows: Float64Array
  readonly texts: readonly (string | null)[]
  readonly classes: readonly number[]
}

/** An opening is one word or two; more would split a template into too many. */
const mostWords = 2
/** Of ten rows with the opening at most one may have another label, and at most a third as many as expected. */
const purity = 0.9
const fewerExceptions = 1 / 3

interface Counted {
  readonly words: string
  /** Model keys of the words. */
  readonly keys: readonly number[]
  readonly first: number
  readonly members: number[]
}

/** Openings that decide a label, surest first, and the rows they open. */
export function decidingOpenings(text: TextModel, { rows, texts, classes }: Texts, fewest: number, risk: number) {
  const tokens = tokenise(texts)
  const counted = countedOpenings(tokens, texts, classes).filter(o => o.members.length >= fewest)
  const tests = Math.max(1, counted.length * text.labels.length)
  const found: (Opening & { readonly members: readonly number[] })[] = []
  const memo = new Map<number, Float64Array>()
  const elsewhere = countedElsewhere(counted, tokens, classes, text.model.classes)
  for (const opening of counted) {
    const decided = decides(opening, text, tokens, classes, memo, elsewhere)
    if (decided && decided.logChance + Math.log(tests) < Math.log(risk))
      found.push({ ...decided, logChance: decided.logChance + Math.log(tests), members: opening.members })
  }
  found.sort((a, b) => a.logChance - b.logChance)
  const opened = new Map<number, OpenedRow>()
  for (const opening of found)
    for (const index of opening.members)
      if (classes[index] === opening.label && !opened.has(index))
        opened.set(index, { row: rows[index]!, index, opening })
  return { openings: found, opened: [...opened.values()] }
}

function countedOpenings(tokens: Tokens, texts: readonly (string | null)[], classes: readonly number[]): Counted[] {
  const byKey = new Map<string, Counted>()
  for (let i = 0; i < texts.length; i++) {
    const from = tokens.offsets[i]!
    if (classes[i]! < 0) continue
    for (let k = 0; k < mostWords && from + k + 1 < tokens.offsets[i + 1]!; k++) {
      const words = lowered(texts[i]!.slice(tokens.start[from]!, tokens.end[from + k]!)).slice(0, 100)
      const seen = byKey.get(words)
      if (seen) seen.members.push(i)
      else byKey.set(words, { words, keys: [...tokens.high.subarray(from, from + k + 1)], first: k + 1, members: [i] })
    }
  }
  return [...byKey.values()]
}

/**
 * Labels of the rows that have a word of an opening further on. A word that goes with a label wherever it stands is
 * what the row is about, not how it is written.
 */
function countedElsewhere(counted: readonly Counted[], tokens: Tokens, classes: readonly number[], width: number) {
  const counts = new Map<number, Float64Array>()
  for (const { keys } of counted) for (const key of keys) counts.set(key, new Float64Array(width))
  for (let i = 0; i < classes.length; i++) {
    if (classes[i]! < 0) continue
    const seen = new Set<number>()
    for (let k = tokens.offsets[i]! + mostWords; k < tokens.offsets[i + 1]!; k++) {
      const key = tokens.high[k]!
      const count = counts.get(key)
      if (!count || seen.has(key)) continue
      seen.add(key)
      count[classes[i]!]!++
    }
  }
  return counts
}

/** Share of a label, with one row more for it: a word that is nowhere else proves nothing. */
function shareOf(counts: Float64Array, label: number): number {
  return (counts[label]! + 1) / (counts.reduce((a, b) => a + b, 0) + 1)
}

/** The label that an opening decides, with the chance that the rest of its rows leaves to it. */
function decides(
  { words, keys, first, members }: Counted,
  text: TextModel,
  tokens: Tokens,
  classes: readonly number[],
  memo: Map<number, Float64Array>,
  elsewhere: ReadonlyMap<number, Float64Array>,
): Opening | null {
  const counts = new Float64Array(text.model.classes)
  for (const i of members) counts[classes[i]!]!++
  let label = 0
  for (let c = 1; c < text.labels.length; c++) if (counts[c]! > counts[label]!) label = c
  const agreeing = counts[label]!
  if (agreeing < purity * members.length) return null
  let expected = 0
  for (const i of members) expected += restOf(i, first, text, tokens, memo)[label]!
  for (const key of keys) expected = Math.max(expected, members.length * shareOf(elsewhere.get(key)!, label))
  if (members.length - agreeing > fewerExceptions * (members.length - expected)) return null
  const logChance = logBinomialTail(agreeing, members.length, Math.min(1, expected / members.length))
  return { words, label, rows: members.length, agreeing, expected, logChance }
}

/** What the row says without its opening. */
function restOf(i: number, first: number, { model }: TextModel, tokens: Tokens, memo: Map<number, Float64Array>) {
  const key = i * mostWords + first - 1
  const known = memo.get(key)
  if (known) return known
  const mask = new Uint8Array(tokens.offsets[i + 1]! - tokens.offsets[i]!).fill(1, 0, first)
  const out = new Float64Array(model.classes)
  scoreRow(model, foldOf(tokens, i, model.folds, model.seed), tokens, i, mask, out, roomOf(model.bits, model.classes))
  memo.set(key, out)
  return out
}

let shared: { readonly bits: number; readonly classes: number; readonly room: ReturnType<typeof featureRoom> } | null =
  null

function roomOf(bits: number, classes: number) {
  if (shared?.bits !== bits || shared.classes !== classes) shared = { bits, classes, room: featureRoom(bits, classes) }
  return shared.room
}
