import { Malformed } from '../cursor.ts'
import type { Setting } from '../settings.ts'

/** What a file of JSON holds. */
export interface JsonText {
  /** One for JSON, many for JSON lines. */
  readonly roots: readonly Setting[]
  /** Keys that an object has twice, with the place of the second. */
  readonly doubled: readonly { readonly key: string; readonly at: number }[]
}

/** Vocabularies have millions of entries; beyond so many, a container keeps only those that could matter. */
const keptWhole = 2000
/** Values kept in all: about 100 MB. */
const mostKept = 500_000
/** Python's own reader gives up at about 1,000. */
const mostDepth = 1000
const mostDoubled = 100
/** Keys and texts that somebody judges. */
const tellingKey =
  /auto_map|_target|target|template|custom|remote|loader|impl|class|module|type|path|code|name|regex|weight_map/i
const tellingText = /\{[{%#]|--|:\/\/|\.\.[\\/]|^[\\/]|__|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]|[\udb40]/

const code = (c: string) => c.charCodeAt(0)
const [quote, backslash, comma, colon] = [code('"'), code('\\'), code(','), code(':')]
const [slash, star] = [code('/'), code('*')]
const [openObject, closeObject, openList, closeList] = [code('{'), code('}'), code('['), code(']')]
const words = new Map<string, number | boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  // Python writes and reads these.
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])
/** Bytes of numbers and words. */
const inScalar = Uint8Array.from({ length: 256 }, (_, k) => (/[-+\w.]/.test(String.fromCharCode(k)) && k < 128 ? 1 : 0))
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/** A container that is being read. */
interface Open {
  readonly value: Setting
  /** Keys so far; doubled ones are told by it. */
  readonly seen: Set<string> | null
  key: string
  /** Something in it could matter to somebody. */
  telling: boolean
  /** Values kept before it. */
  readonly before: number
}

/**
 * Reads JSON, or JSON values one after another, without recursion; accepts what Python accepts.
 * @throws Malformed with the place
 */
export class JsonReader {
  readonly roots: Setting[] = []
  readonly doubled: { key: string; at: number }[] = []
  private readonly data: Buffer
  private at = 0
  private kept = 0
  private readonly open: Open[] = []

  constructor(data: Uint8Array) {
    this.data = Buffer.from(data.buffer, data.byteOffset, data.length)
  }

  /** There are comments or commas that strict readers refuse. */
  lenient = false
  /** Behind the last value that was read whole. */
  done = 0

  read(): JsonText {
    while (this.skipSpace()) {
      this.value()
      while (this.open.length > 0) this.next()
      this.done = this.at
    }
    this.done = this.data.length
    return this
  }

  /** Reads a value; one that is a container is opened. */
  private value(): void {
    const byte = this.peek()
    const start = this.at
    if (byte === quote) this.add({ start, scalar: this.text(), end: this.at })
    else if (byte !== openObject && byte !== openList) this.add({ start, scalar: this.scalar(), end: this.at })
    else {
      if (this.open.length >= mostDepth) throw new Malformed(`the JSON is more than ${mostDepth} levels deep`, start)
      this.at++
      const isObject = byte === openObject
      const value: Setting = { start, end: start, values: [], ...(isObject ? { keys: [] } : {}) }
      this.open.push({ value, seen: isObject ? new Set() : null, key: '', telling: false, before: this.kept })
      if (this.peek() === (isObject ? closeObject : closeList)) this.close()
      else if (isObject) this.key()
      if (this.open.at(-1)?.value === value) this.value()
    }
  }

  /** Behind a value in a container: another follows, or the container ends. */
  private next(): void {
    const { seen } = this.open.at(-1)!
    const byte = this.peek()
    if (byte === (seen ? closeObject : closeList)) {
      this.close()
      return
    }
    if (byte !== comma) throw this.wrong('comma or end')
    this.at++
    if (this.peek() === (seen ? closeObject : closeList)) {
      this.lenient = true
      this.close()
      return
    }
    if (seen) this.key()
    this.value()
  }

  private close(): void {
    const { value, telling, before } = this.open.pop()!
    value.end = ++this.at
    this.add(value, telling, before)
  }

  private key(): void {
    const open = this.open.at(-1)!
    if (this.peek() !== quote) throw this.wrong('key')
    const at = this.at
    open.key = this.text()
    if (open.seen!.has(open.key) && this.doubled.length < mostDoubled) this.doubled.push({ key: open.key, at })
    open.seen!.add(open.key)
    if (this.peek() !== colon) throw this.wrong('colon')
    this.at++
  }

  private add(value: Setting, telling = isTelling(value.scalar), before = this.kept): void {
    const outer = this.open.at(-1)
    if (!outer) return void this.roots.push(value)
    const tells = telling || (outer.seen !== null && tellingKey.test(outer.key))
    if (tells) outer.telling = true
    const { keys, values } = outer.value
    if (!tells && values!.length >= keptWhole) {
      outer.value.left = (outer.value.left ?? 0) + 1
      this.kept = before
      return
    }
    if (++this.kept > mostKept)
      throw new Malformed(`the JSON has more than ${mostKept} values that could matter`, this.at)
    keys?.push(outer.key)
    values!.push(value)
  }

  private skipSpace(): boolean {
    for (; this.at < this.data.length; this.at++) {
      const byte = this.data[this.at]!
      if (byte === slash && this.skipComment()) continue
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return true
    }
    return false
  }

  /** Comments are no JSON, and some readers take them; moves to their last byte. */
  private skipComment(): boolean {
    const next = this.data[this.at + 1]
    if (next !== slash && next !== star) return false
    const end = next === slash ? this.data.indexOf(10, this.at) : this.data.indexOf('*/', this.at + 2)
    if (end < 0 && next === star) throw new Malformed('a comment has no end', this.at)
    this.at = end < 0 ? this.data.length - 1 : next === slash ? end : end + 1
    this.lenient = true
    return true
  }

  private peek(): number {
    if (!this.skipSpace()) throw new Malformed('the JSON ends early', this.at)
    return this.data[this.at]!
  }

  private text(): string {
    const { data } = this
    const start = ++this.at
    let at = start
    let [escaped, high] = [false, 0]
    for (let byte = data[at]; byte !== quote; byte = data[at]) {
      if (byte === undefined) throw new Malformed('a JSON text has no end', start)
      if (byte === backslash) escaped = true
      high |= byte
      at += byte === backslash ? 2 : 1
    }
    this.at = at + 1
    const text = high < 128 ? data.toString('latin1', start, at) : data.toString('utf8', start, at)
    return escaped ? unescaped(text) : text
  }

  private scalar(): number | boolean | null {
    const start = this.at
    while (inScalar[this.data[this.at] ?? 0]) if (++this.at - start > 400) throw this.wrong('short number', start)
    const text = this.data.toString('latin1', start, this.at)
    const word = words.get(text)
    if (word !== undefined) return word
    if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) throw this.wrong('value', start)
    return Number(text)
  }

  private wrong(expected: string, at = this.at): Malformed {
    return new Malformed(`the JSON has no ${expected} where one must be`, at)
  }
}

const isTelling = (scalar: Setting['scalar']): boolean => typeof scalar === 'string' && tellingText.test(scalar)

const unescaped = (text: string): string =>
  text.replace(/\\(u([0-9a-fA-F]{4})|[\s\S])/g, (whole: string, mark: string, hex: string | undefined) =>
    hex ? String.fromCharCode(Number.parseInt(hex, 16)) : mark === 'u' ? whole : (escapes[mark] ?? mark),
  )
