import {
  type GramSketch,
  gramRoom,
  gramsOf,
  type HeldTexts,
  sketchCell,
  type Tokens,
  tokenise,
} from '../../core/index.ts'
import type { AnswerBehaviours } from '../../statistics/index.ts'

/** Rows in memory: what was said, cut into tokens, and the grams of each row. */
export interface Held extends HeldTexts {
  /** Row ids, ascending. */
  readonly ids: Float64Array
  readonly tokens: Tokens
  readonly grams: GramTable
  readonly sketch: GramSketch
}

/** Grams that enough rows hold, numbered, and which of them each row holds. */
export interface GramTable {
  readonly high: Int32Array
  readonly low: Int32Array
  readonly kind: Uint8Array
  /** Rows that hold each. */
  readonly rows: Int32Array
  /** Row i holds of[offsets[i], offsets[i + 1]), each once. */
  readonly offsets: Float64Array
  readonly of: Int32Array
}

/** Up to this many tokens triples and gapped pairs are listed too. */
const deepTokens = 4_000_000
const [leastBits, mostBits] = [16, 25]
const mostGrams = 3_000_000

/** Cuts and counts what was said. */
export function hold({ rows, said }: Pick<AnswerBehaviours, 'rows' | 'said'>, leastRows: number): Held {
  const tokens = tokenise(said)
  const size = tokens.offsets[said.length]!
  const deep = size <= deepTokens
  const bits = Math.min(mostBits, Math.max(leastBits, Math.ceil(Math.log2(1 + (deep ? 4 : 2) * size))))
  const sketch = { bits, deep, bytes: sketched(tokens, said, bits, deep) }
  const place = new Map(Array.from(rows, (id, i) => [id, i]))
  return { ids: rows, texts: said, tokens, place, sketch, grams: listed(tokens, said, sketch, leastRows) }
}

function sketched(tokens: Tokens, said: readonly string[], bits: number, deep: boolean): Uint8Array {
  const bytes = new Uint8Array(2 ** bits)
  const room = gramRoom()
  for (let i = 0; i < said.length; i++) {
    gramsOf(tokens, i, said[i]!, deep, room)
    for (let k = 0; k < room.size; k++) {
      const cell = sketchCell(room.high[k]!, room.low[k]!, bits)
      const byte = bytes[cell]!
      bytes[cell] = byte + ((byte - 255) >>> 31)
    }
  }
  return bytes
}

/** A growing list of whole numbers. */
class Numbers {
  #room = new Int32Array(1 << 16)
  size = 0
  push(value: number): void {
    if (this.size === this.#room.length) {
      const larger = new Int32Array(2 * this.size)
      larger.set(this.#room)
      this.#room = larger
    }
    this.#room[this.size++] = value
  }
  at = (k: number): number => this.#room[k]!
  put(k: number, value: number): void {
    this.#room[k] = value
  }
  done = (): Int32Array => this.#room.slice(0, this.size)
}

function listed(tokens: Tokens, said: readonly string[], sketch: GramSketch, leastRows: number): GramTable {
  const [high, low, kind, rows, last] = [new Numbers(), new Numbers(), new Numbers(), new Numbers(), new Numbers()]
  const of = new Numbers()
  const offsets = new Float64Array(said.length + 1)
  let slots = new Int32Array(1 << 20)
  const room = gramRoom()
  const slotOf = (h: number, l: number) => {
    const mask = slots.length - 1
    let slot = (h ^ Math.imul(l, 0x9e3779b1)) & mask
    for (;;) {
      const id = slots[slot]! - 1
      if (id < 0 || (high.at(id) === h && low.at(id) === l)) return slot
      slot = (slot + 1) & mask
    }
  }
  const grow = () => {
    slots = new Int32Array(2 * slots.length)
    for (let id = 0; id < high.size; id++) slots[slotOf(high.at(id), low.at(id))] = id + 1
  }
  for (let i = 0; i < said.length; i++) {
    gramsOf(tokens, i, said[i]!, sketch.deep, room)
    for (let k = 0; k < room.size; k++) {
      const [h, l] = [room.high[k]!, room.low[k]!]
      if (sketch.bytes[sketchCell(h, l, sketch.bits)]! < leastRows) continue
      const slot = slotOf(h, l)
      let id = slots[slot]! - 1
      if (id < 0) {
        if (high.size >= mostGrams) continue
        id = high.size
        high.push(h)
        low.push(l)
        kind.push(room.kind[k]!)
        rows.push(0)
        last.push(-1)
        slots[slot] = id + 1
        if (2 * high.size > slots.length) grow()
      }
      if (last.at(id) === i) continue
      last.put(id, i)
      rows.put(id, rows.at(id) + 1)
      of.push(id)
    }
    offsets[i + 1] = of.size
  }
  return tableOf({ high, low, kind, rows, of }, offsets)
}

type Columns = Readonly<Record<'high' | 'low' | 'kind' | 'rows' | 'of', Numbers>>

const tableOf = ({ high, low, kind, rows, of }: Columns, offsets: Float64Array): GramTable => ({
  high: high.done(),
  low: low.done(),
  kind: Uint8Array.from(kind.done()),
  rows: rows.done(),
  offsets,
  of: of.done(),
})

/** Rows that hold each of some grams, ascending. */
export function rowsHolding({ grams, ids }: Held, wanted: ReadonlySet<number>): Map<number, number[]> {
  const lists = new Map<number, number[]>(Array.from(wanted, id => [id, []]))
  for (let i = 0; i < ids.length; i++)
    for (let k = grams.offsets[i]!; k < grams.offsets[i + 1]!; k++) lists.get(grams.of[k]!)?.push(i)
  return lists
}
