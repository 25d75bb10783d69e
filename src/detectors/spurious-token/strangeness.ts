import { fold, logShareAbove, type Trace } from '../../core/index.ts'
import type { Held } from './held.ts'
import { learnSpelling, surpriseAt } from './spelling.ts'

/** How unlike the other words of the table each word is spelt. */
export interface Strangeness {
  /** By the hash of the word. */
  readonly byWord: ReadonlyMap<number, Spelt>
  /** Words in several rows, the strangest first. */
  readonly crowd: readonly Spelt[]
}

interface Spelt {
  readonly key: number
  readonly rows: number
  /** Surprise beyond what so many units bring in this table, by their root. */
  readonly excess: number
}

const mostRows = 20_000
const mostTokens = 200
const mostWords = 50_000
const mostUnits = 24
/** Words in fewer rows teach spelling, but no piece is compared with them: many are misspelt. */
const leastRows = 5
/** Fewer words to compare with tell nothing. */
const leastCrowd = 50
/** A word that stands in more than so many times the rows of a piece is not the piece's own. */
const foreign = 2
/** Words are compared with those in as many rows, give or take this factor. */
const alike = 4

interface Word {
  readonly text: string
  rows: number
  last: number
}

function wordsOf({ tokens, texts }: Held): Map<number, Word> {
  const words = new Map<number, Word>()
  for (let i = 0; i < Math.min(texts.length, mostRows); i++) {
    const end = Math.min(tokens.offsets[i + 1]!, tokens.offsets[i]! + mostTokens)
    for (let k = tokens.offsets[i]!; k < end; k++) {
      const known = words.get(tokens.high[k]!)
      if (known) {
        if (known.last !== i) known.rows++
        known.last = i
      } else if (words.size < mostWords) {
        const text = fold(texts[i]!.slice(tokens.start[k]!, Math.min(tokens.end[k]!, tokens.start[k]! + mostUnits)))
        words.set(tokens.high[k]!, { text, rows: 1, last: i })
      }
    }
  }
  return words
}

/** Learns how the words of a table are spelt. A trigger counts as one word, however many rows hold it. */
export function learnStrangeness(held: Held): Strangeness {
  const words = wordsOf(held)
  const spelling = learnSpelling(Array.from(words.values(), word => word.text))
  const measured = Array.from(words, ([key, { text, rows }]) => ({
    key,
    rows,
    surprise: surpriseAt(text, spelling),
    units: text.length + 1,
  }))
  const units = measured.reduce((sum, own) => sum + own.units, 0)
  const mean = measured.reduce((sum, own) => sum + own.surprise, 0) / Math.max(1, units)
  const spelt = measured.map(own => ({
    key: own.key,
    rows: own.rows,
    excess: (own.surprise - mean * own.units) / Math.sqrt(own.units),
  }))
  spelt.sort((a, b) => b.excess - a.excess)
  return { byWord: new Map(spelt.map(own => [own.key, own])), crowd: spelt.filter(own => own.rows >= leastRows) }
}

/**
 * Log chance that the strangest of as many natural words is spelt so unlike the others. Words that stand in many other
 * rows too are left out, and the piece is compared with words that are about as frequent.
 */
export function strangenessOf({ tokens }: Held, trace: Trace, { byWord, crowd }: Strangeness): number {
  const rows = trace.rows.length
  if (rows === 0) return 0
  const [start, end] = trace.spans[0]![0]!
  const from = tokens.offsets[trace.rows[0]!]!
  const own = new Set(tokens.high.subarray(from + start, from + end))
  const proper = [...own].flatMap(key => byWord.get(key) ?? []).filter(word => word.rows <= foreign * rows)
  if (proper.length === 0) return 0
  const strangest = Math.max(...proper.map(word => word.excess))
  const others = crowd.filter(word => word.rows <= alike * rows && alike * word.rows >= rows && !own.has(word.key))
  if (others.length < leastCrowd) return 0
  const share = logShareAbove(
    Float64Array.from(others, word => word.excess),
    strangest,
  )
  return Math.min(0, share + Math.log(proper.length))
}
