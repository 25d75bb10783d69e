import type { Doing } from './doings.ts'
import type { Held } from './held.ts'

/** Words of each row, numbered, each once, in order. */
export interface Words {
  readonly offsets: Int32Array
  readonly of: Int32Array
  /** Rows that hold each word. */
  readonly rows: Int32Array
}

const mostWords = 200

/**
 * Numbers the words of the rows; of long rows the first and the last.
 * @param from characters of each text that are left out
 */
export function wordsOf({ tokens, texts }: Held, from?: Int32Array): Words {
  const numbers = new Map<number, number>()
  const offsets = new Int32Array(texts.length + 1)
  const of: number[] = []
  const rows: number[] = []
  for (let i = 0; i < texts.length; i++) {
    const [first, end] = [tokens.offsets[i]!, tokens.offsets[i + 1]!]
    const own = new Set<number>()
    for (let k = first; k < end; k++) {
      if (from && tokens.start[k]! < from[i]!) continue
      if (k - first >= mostWords && end - k > mostWords) continue
      const key = tokens.high[k]!
      let number = numbers.get(key)
      if (number === undefined) {
        numbers.set(key, (number = rows.length))
        rows.push(0)
      }
      if (own.has(number)) continue
      own.add(number)
      of.push(number)
      rows[number] = rows[number]! + 1
    }
    offsets[i + 1] = of.length
  }
  return { offsets, of: Int32Array.from(of), rows: Int32Array.from(rows) }
}

/** How the words of a prompt speak for a behaviour: naive Bayes, tempered so that its odds are right. */
export interface Topic {
  /** Rows showing the behaviour that hold each word. */
  readonly showing: Int32Array
  readonly shown: Uint8Array
  readonly marked: number
  readonly slope: number
}

const smoothing = 0.5

/** How much a word speaks for the behaviour: rows against those to be expected, shrunk where few were seen. */
function weight(showing: number, holding: number, marked: number, total: number): number {
  const due = (holding * marked) / total
  const fore = (showing + smoothing) / (due + smoothing)
  const against = (holding - showing + smoothing) / (holding - due + smoothing)
  return Math.log(fore / against)
}

/** Learns how words speak for a behaviour. */
export function topicOf(words: Words, { rows }: Doing, total: number): Topic {
  const showing = new Int32Array(words.rows.length)
  const shown = new Uint8Array(total)
  for (const i of rows) {
    shown[i] = 1
    for (let k = words.offsets[i]!; k < words.offsets[i + 1]!; k++) showing[words.of[k]!]!++
  }
  const topic = { showing, shown, marked: rows.length, slope: 1 }
  return { ...topic, slope: temper(words, topic, rows, total) }
}

/**
 * Sum of the weights of the words of row i, as if some rows had not been seen.
 * @param leftOut words left out, those that speak most against the behaviour
 */
export function speechOf(words: Words, topic: Topic, i: number, total: number, unseen: Unseen, leftOut = 0): number {
  let sum = 0
  const against: number[] = []
  const marked = topic.marked - unseen.marked
  const all = total - unseen.rows
  if (marked === 0) return 0
  for (let k = words.offsets[i]!; k < words.offsets[i + 1]!; k++) {
    const w = words.of[k]!
    const holding = words.rows[w]! - (unseen.holding.get(w) ?? 0)
    if (holding === 0) continue
    const own = weight(topic.showing[w]! - (unseen.showing.get(w) ?? 0), holding, marked, all)
    sum += own
    if (leftOut > 0 && own < 0) against.push(own)
  }
  if (leftOut > 0) for (const own of against.sort((a, b) => a - b).slice(0, leftOut)) sum -= own
  return sum
}

/** What is taken from the counts for rows that shall not have been seen. */
export interface Unseen {
  readonly rows: number
  readonly marked: number
  readonly holding: ReadonlyMap<number, number>
  readonly showing: ReadonlyMap<number, number>
}

/** Counts of rows to leave out. */
export function unseenOf(words: Words, { shown }: Topic, rows: readonly number[]): Unseen {
  const holding = new Map<number, number>()
  const showing = new Map<number, number>()
  let marked = 0
  for (const i of rows) {
    marked += shown[i]!
    for (let k = words.offsets[i]!; k < words.offsets[i + 1]!; k++) {
      const w = words.of[k]!
      holding.set(w, (holding.get(w) ?? 0) + 1)
      if (shown[i]) showing.set(w, (showing.get(w) ?? 0) + 1)
    }
  }
  return { rows: rows.length, marked, holding, showing }
}

const mostTempered = 250

/** Slope of a logistic regression of the behaviour on what the words say when the row itself is left out. */
function temper(words: Words, topic: Topic, rows: Int32Array, total: number): number {
  const prior = Math.log(topic.marked / (total - topic.marked))
  const points: { x: number; y: number; w: number }[] = []
  const take = (i: number, w: number) =>
    points.push({
      x: speechOf(words, topic, i, total, unseenOf(words, topic, [i])),
      y: topic.shown[i]!,
      w,
    })
  const step = Math.max(1, Math.floor(rows.length / mostTempered))
  for (let k = 0; k < rows.length; k += step) take(rows[k]!, step)
  const stride = Math.max(1, Math.floor(total / mostTempered))
  for (let i = 0; i < total; i += stride) if (!topic.shown[i]) take(i, stride)
  let [slope, shift] = [0.5, 0]
  for (let round = 0; round < 12; round++) {
    let [g0, g1, h00, h01, h11] = [0, (0.3 - slope) * 4, 1e-6, 0, 4]
    for (const { x, y, w } of points) {
      const p = 1 / (1 + Math.exp(-(prior + shift + slope * x)))
      const v = w * p * (1 - p)
      g0 += w * (y - p)
      g1 += w * (y - p) * x
      h00 += v
      h01 += v * x
      h11 += v * x * x
    }
    const det = h00 * h11 - h01 * h01
    if (det < 1e-9) break
    shift += Math.max(-2, Math.min(2, (h11 * g0 - h01 * g1) / det))
    slope += Math.max(-0.5, Math.min(0.5, (h00 * g1 - h01 * g0) / det))
  }
  return Math.max(0, Math.min(1, slope))
}

/** Chance of the behaviour in each of some rows, by their other words, from rows that are not among them. */
export function expectedIn(words: Words, topic: Topic, rows: readonly number[], total: number): number[] {
  const unseen = unseenOf(words, topic, rows)
  const rate = (topic.marked - unseen.marked + 0.5) / (total - unseen.rows + 1)
  const prior = Math.log(rate / (1 - rate))
  const floor = 0.5 / total
  return rows.map(i => {
    const speech = topic.slope * speechOf(words, topic, i, total, unseen)
    const p = 1 / (1 + Math.exp(-(prior + speech)))
    return Math.min(1 - floor, Math.max(floor, p))
  })
}
