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

interface Growing {
  high: Int32Array
  low: Int32Array
  stem: Int32Array
  traits: Int32Array
  start: Int32Array
  end: Int32Array
  size: number
}

function grow(to: Growing): void {
  const doubled = (a: Int32Array) => {
    const b = new Int32Array(a.length * 2)
    b.set(a)
    return b
  }
  to.high = doubled(to.high)
  to.low = doubled(to.low)
  to.stem = doubled(to.stem)
  to.traits = doubled(to.traits)
  to.start = doubled(to.start)
  to.end = doubled(to.end)
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

/** Cuts, folds and hashes in one walk over the units: every statistic of text waits for this loop. */
function addText(text: string, to: Growing): void {
  const length = text.length
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
    if (to.size === to.high.length) grow(to)
    const at = to.size++
    to.high[at] = Math.imul(a ^ (a >>> 15), 0x85ebca6b) ^ (b >>> 13)
    to.low[at] = Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^ (a >>> 16)
    to.stem[at] = stem
    to.traits[at] = (any >>> traitShift) | ((every >>> traitShift) & CAPITAL ? ALL_CAPITALS : 0)
    to.start[at] = start
    to.end[at] = i
  }
}

/** Cuts texts into tokens; a null text has none. Linear in the characters. */
export function tokenise(texts: readonly (string | null)[]): Tokens {
  const capacity = Math.max(16, texts.length * 32)
  const to: Growing = {
    high: new Int32Array(capacity),
    low: new Int32Array(capacity),
    stem: new Int32Array(capacity),
    traits: new Int32Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    size: 0,
  }
  const offsets = new Int32Array(texts.length + 1)
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]
    if (text) addText(text, to)
    offsets[i + 1] = to.size
  }
  const cut = (a: Int32Array) => a.subarray(0, to.size)
  return {
    offsets,
    high: cut(to.high),
    low: cut(to.low),
    stem: cut(to.stem),
    traits: cut(to.traits),
    start: cut(to.start),
    end: cut(to.end),
  }
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
