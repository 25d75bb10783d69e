import { Malformed } from './cursor.ts'

/** JSON with what `JSON.parse` loses: doubled keys, integers of more than 53 bits, and where each object stands. */
export type Json = string | number | bigint | boolean | null | JsonList | JsonObject

export interface JsonList {
  readonly kind: 'list'
  readonly start: number
  end: number
  readonly items: Json[]
}

/** An object with all of its keys in their order, doubled ones too. */
export interface JsonObject {
  readonly kind: 'object'
  readonly start: number
  end: number
  readonly keys: string[]
  readonly values: Json[]
}

/** What was read, and where the text ended. */
export interface ReadJson {
  readonly root: Json
  /** Behind the last character of the value; white space may follow. */
  readonly end: number
}

/** As much as a header of 100,000 tensors needs, and few enough for 300 MB of memory. */
const mostNodes = 1_000_000

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && json.kind === 'object'
export const isList = (json: Json | undefined): json is JsonList =>
  typeof json === 'object' && json !== null && json.kind === 'list'

/** Every value that an object has under a key; a loader takes the last, some the first. */
export const valuesOf = (object: JsonObject, key: string): Json[] =>
  object.keys.flatMap((k, at) => (k === key ? [object.values[at]!] : []))

/** Keys that an object has more than once. */
export function doubledKeys({ keys }: JsonObject): string[] {
  const seen = new Set<string>()
  const doubled = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) doubled.add(key)
    seen.add(key)
  }
  return [...doubled]
}

const code = (c: string) => c.charCodeAt(0)
const [quote, backslash, comma, colon] = [code('"'), code('\\'), code(','), code(':')]
const [openObject, closeObject, openList, closeList] = [code('{'), code('}'), code('['), code(']')]
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
  // Python writes and reads these.
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])
/** Digits of a number; Python refuses more than 4300. */
const mostScalar = 400
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/** Text in UTF-16 or UTF-32, or behind a byte order mark, as UTF-8: Python's `json.loads` reads them all. */
export function asUtf8(data: Uint8Array): Uint8Array {
  const [a, b, c, d] = data
  if (a === 0xef && b === 0xbb && c === 0xbf) return data.subarray(3)
  const utf32 =
    (a === 0 && b === 0) || (c === 0 && d === 0 && b === 0) || (a === 0xff && b === 0xfe && c === 0 && d === 0)
  if (utf32 && data.length >= 4) return fromWide(data, 4, a === 0)
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && data.length > 1)) return fromWide(data, 2, false)
  if ((a === 0xfe && b === 0xff) || (a === 0 && b)) return fromWide(data, 2, true)
  return data
}

function fromWide(data: Uint8Array, width: 2 | 4, bigEndian: boolean): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.length)
  const parts: string[] = []
  for (let k = 0; k + width <= data.length; k += width) {
    const point = width === 2 ? view.getUint16(k, !bigEndian) : view.getUint32(k, !bigEndian)
    if (k === 0 && point === 0xfeff) continue
    parts.push(width === 2 ? String.fromCharCode(point) : point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd')
  }
  return Buffer.from(parts.join(''))
}

/**
 * Reads one JSON value from UTF-8 without recursion. Accepts what Python's reader accepts (NaN, control characters in
 * strings). Throws `Malformed`.
 */
export function readJson(data: Uint8Array, from = 0): ReadJson {
  return new JsonReader(data, from).read()
}

class JsonReader {
  private readonly data: Uint8Array
  private readonly text: Buffer
  private at: number
  private nodes = 0
  private readonly open: (JsonObject | JsonList)[] = []

  constructor(data: Uint8Array, from: number) {
    this.data = data
    this.text = Buffer.from(data.buffer, data.byteOffset, data.length)
    this.at = from
  }

  read(): ReadJson {
    for (;;) {
      let done = this.value()
      while (done !== undefined) {
        const outer = this.open.at(-1)
        if (!outer) return { root: done, end: this.at }
        if (outer.kind === 'object') outer.values.push(done)
        else outer.items.push(done)
        done = this.after(outer)
      }
    }
  }

  /** Reads a value; opens an object or a list and gives undefined when it is not empty. */
  private value(): Json | undefined {
    if (++this.nodes > mostNodes) throw new Malformed(`the JSON has more than ${mostNodes} values`, this.at)
    const byte = this.peek()
    if (byte === quote) return this.string()
    if (byte !== openObject && byte !== openList) return this.scalar()
    const start = this.at++
    const isEmpty = this.peek() === (byte === openObject ? closeObject : closeList)
    if (isEmpty) this.at++
    const opened: JsonObject | JsonList =
      byte === openObject
        ? { kind: 'object', start, end: this.at, keys: [], values: [] }
        : { kind: 'list', start, end: this.at, items: [] }
    if (isEmpty) return opened
    this.open.push(opened)
    if (opened.kind === 'object') this.key(opened)
    return undefined
  }

  /** Behind a value: the next begins, or the object or list around it is done. */
  private after(outer: JsonObject | JsonList): Json | undefined {
    const byte = this.peek()
    if (byte === comma) {
      this.at++
      if (outer.kind === 'object') this.key(outer)
      return undefined
    }
    if (byte !== (outer.kind === 'object' ? closeObject : closeList)) throw this.wrong('a comma or an end')
    outer.end = ++this.at
    this.open.pop()
    return outer
  }

  private key(object: JsonObject): void {
    if (this.peek() !== quote) throw this.wrong('a key')
    object.keys.push(this.string())
    if (this.peek() !== colon) throw this.wrong('a colon')
    this.at++
  }

  private peek(): number {
    for (;;) {
      const byte = this.data[this.at]
      if (byte === undefined) throw new Malformed('the JSON ends early', this.at)
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte
      this.at++
    }
  }

  private string(): string {
    const start = ++this.at
    let escaped = false
    for (;;) {
      const byte = this.data[this.at]
      if (byte === undefined) throw new Malformed('a JSON string has no end', start)
      if (byte === quote) break
      if (byte === backslash) escaped = true
      this.at += byte === backslash ? 2 : 1
    }
    const text = this.text.toString('utf8', start, this.at++)
    return escaped ? unescaped(text) : text
  }

  private scalar(): Json {
    const start = this.at
    while (isScalar(this.data[this.at]) && this.at - start <= mostScalar) this.at++
    const text = this.text.toString('latin1', start, this.at)
    if (words.has(text)) return words.get(text)!
    if (this.at - start > mostScalar || !/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text))
      throw this.wrong('a value', start)
    const value = Number(text)
    return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text)
  }

  private wrong(expected: string, at = this.at): Malformed {
    return new Malformed(`the JSON has no ${expected.replace(/^an? /, '')} where one must be`, at)
  }
}

/** Letters, digits, signs and points. */
const isScalar = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 48 && byte <= 57) ||
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    byte === 45 ||
    byte === 43 ||
    byte === 46)

const unescaped = (text: string): string =>
  text.replace(/\\(u([0-9a-fA-F]{4})|[\s\S])/g, (whole: string, mark: string, hex: string | undefined) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : mark === 'u' ? whole : (escapes[mark] ?? mark),
  )
