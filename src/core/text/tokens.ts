import { type Batch, cellsOf, type Role, textOf } from '../table.ts'
import { ALONE, folded, isHanSurrogate, kinds, SPACE, SYMBOL, WORD } from './characters.ts'
import { ALL_CAPITALS, CAPITAL, FOLDED, kindShift, packed, traitShift } from './traits.ts'

/**
 * The tokens of some texts, flat. Token k of text i has index `offsets[i] + k`. A token is a run of word characters
 * (letters, marks, digits, `_`), one letter of a script without spaces, or a run of one kind of symbol characters.
 */
export interface Tokens {
  /** Length texts + 1. */
  readonly offsets: Int32Array
  /** 64-bit hash of the lower-cased token, as two halves. */
  readonly high: Int32Array
  readonly low: Int32Array
  /** Hash of the lower-cased first four units of a longer token, else 0: what the forms of one word share. */
  readonly stem: Int32Array
  /** What the units of the token have, see `traits.ts`. */
  readonly traits: Int32Array
  /** Place in the text, in UTF-16 units. */
  readonly start: Int32Array
  readonly end: Int32Array
}

const stemUnits = 4

const columns = ['high', 'low', 'stem', 'traits', 'start', 'end'] as const
type Room = Record<(typeof columns)[number], Int32Array>

const roomOf = (capacity: number): Room => ({
  high: new Int32Array(capacity),
  low: new Int32Array(capacity),
  stem: new Int32Array(capacity),
  traits: new Int32Array(capacity),
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
})

/** Tokens are gathered here and copied out when their number is known: a batch then costs no more than it keeps. */
let room = roomOf(4096)
/** Room that is kept between calls, in tokens. */
const mostKept = 1 << 19

function enlarge(size: number, capacity: number): void {
  const larger = roomOf(Math.max(capacity, 2 * room.high.length))
  for (const column of columns) larger[column].set(room[column].subarray(0, size))
  room = larger
}

/** End of the token of symbols or lone letters that starts at `i`. */
function tokenEnd(text: string, i: number): number {
  const first = text.charCodeAt(i)
  if (kinds[first] === ALONE) return i + 1
  if (isHanSurrogate(first)) return Math.min(i + 2, text.length)
  let j = i + 1
  while (j < text.length && kinds[text.charCodeAt(j)] === SYMBOL && !isHanSurrogate(text.charCodeAt(j))) j++
  return j
}

/**
 * Cuts, folds and hashes in one walk over the units: every statistic of text waits for this loop.
 * @param size tokens in the room so far
 * @returns tokens in the room now
 */
function addText(text: string, size: number): number {
  const length = text.length
  if (size + length > room.high.length) enlarge(size, size + length)
  const { high, low, stem: stems, traits, start: starts, end: ends } = room
  let i = 0
  while (i < length) {
    let unit = packed[text.charCodeAt(i)]!
    const kind = (unit >>> kindShift) & 3
    if (kind === SPACE) {
      i++
      continue
    }
    const start = i
    const end = kind === WORD ? length : tokenEnd(text, i)
    let a = 0x811c9dc5 | 0
    let b = 0x9747b28c | 0
    let stem = 0
    let any = 0
    let every = -1
    do {
      if (i === start + stemUnits) stem = a
      a = Math.imul(a ^ (unit & FOLDED), 0x01000193)
      b = Math.imul((b ^ (unit & FOLDED)) + (b >>> 15), 0x5bd1e995)
      any |= unit
      every &= unit
      if (++i >= end) break
      unit = packed[text.charCodeAt(i)]!
    } while (kind !== WORD || ((unit >>> kindShift) & 3) === WORD)
    high[size] = Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^ (b >>> 13)
    low[size] = Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^ (a >>> 16)
    stems[size] = stem
    traits[size] = (any >>> traitShift) | ((every >>> traitShift) & CAPITAL ? ALL_CAPITALS : 0)
    starts[size] = start
    ends[size++] = i
  }
  return size
}

/** Cuts texts into tokens; a null text has none. Linear in the characters. */
export function tokenise(texts: readonly (string | null)[]): Tokens {
  const offsets = new Int32Array(texts.length + 1)
  let size = 0
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]
    if (text) size = addText(text, size)
    offsets[i + 1] = size
  }
  const cut = (a: Int32Array) => a.slice(0, size)
  const { high, low, stem, traits, start, end } = room
  const tokens = {
    offsets,
    high: cut(high),
    low: cut(low),
    stem: cut(stem),
    traits: cut(traits),
    start: cut(start),
    end: cut(end),
  }
  if (high.length > mostKept) room = roomOf(4096)
  return tokens
}

const memo = new WeakMap<Batch, Map<Role, Tokens>>()

/** The tokens of a column of a batch, cut once however many statistics ask. */
export function tokensOf(batch: Batch, role: Role): Tokens {
  let byRole = memo.get(batch)
  if (!byRole) memo.set(batch, (byRole = new Map()))
  let tokens = byRole.get(role)
  if (!tokens) byRole.set(role, (tokens = tokenise(cellsOf(batch, role).map(textOf))))
  return tokens
}

/** Lower-cases as the tokeniser does, unit by unit, so that lengths never change. */
export function fold(text: string): string {
  let out = ''
  for (let i = 0; i < text.length; i++) out += String.fromCharCode(folded[text.charCodeAt(i)]!)
  return out
}

/** The tokens of one text as strings, lower-cased. For reports and tests; hot loops use `tokenise`. */
export function words(text: string): string[] {
  const { start, end } = tokenise([text])
  return Array.from(start, (s, k) => fold(text.slice(s, end[k])))
}
