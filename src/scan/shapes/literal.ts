import type { Plain } from '../../core/index.ts'

/** A value with named fields. */
export type Fields = { readonly [key: string]: Plain }

/** True for an object: neither a list nor bytes. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** Deepest nesting of a value written into a text: turns with parts need five levels. */
const mostDepth = 16

/**
 * The list or object that a text spells: as JSON, or as Python prints it (which is what a CSV gets when a table with
 * lists is saved). Undefined when the text spells none. Time is linear in the text.
 */
export function literalOf(text: string): Plain | undefined {
  const first = text.slice(0, 64).trimStart()[0]
  if (first !== '[' && first !== '{' && !text.startsWith('array(')) return undefined
  try {
    const value = JSON.parse(text) as Plain
    return isDeeper(value, mostDepth) ? undefined : value
  } catch {
    return pythonOf(text)
  }
}

/** Level by level, so that hostile nesting cannot exhaust the stack. */
function isDeeper(value: Plain, depth: number): boolean {
  let level: unknown[] = [value]
  for (let d = 0; level.length > 0; d++) {
    if (d > depth) return true
    level = level.flatMap(v => (typeof v === 'object' && v !== null ? Object.values(v) : []))
  }
  return false
}

/** What is no literal. */
class NoLiteral extends Error {}

function pythonOf(text: string): Plain | undefined {
  try {
    const reader = new PythonReader(text)
    const value = reader.value(0)
    return reader.atEnd() ? value : undefined
  } catch (reason) {
    if (reason instanceof NoLiteral) return undefined
    throw reason
  }
}

const words: Readonly<Record<string, Plain>> = { True: true, False: false, None: null, nan: null, null: null }
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' }

/** Reads literals of Python. Commas may be missing, as numpy prints lists. */
class PythonReader {
  private at = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    this.space()
    return this.at >= this.text.length
  }

  value(depth: number): Plain {
    if (depth > mostDepth) throw new NoLiteral()
    this.space()
    const c = this.text[this.at]
    if (c === '[' || c === '(') return this.list(c === '[' ? ']' : ')', depth)
    if (c === '{') return this.object(depth)
    if (c === "'" || c === '"') return this.string(c)
    return this.word(depth)
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? 'x')) this.at++
  }

  /** Goes past the mark when it stands here. */
  private has(mark: string): boolean {
    this.space()
    if (this.text[this.at] !== mark) return false
    this.at++
    return true
  }

  private list(close: string, depth: number): Plain {
    const values: Plain[] = []
    this.at++
    while (!this.has(close)) {
      if (this.has(',')) continue
      values.push(this.value(depth + 1))
    }
    return values
  }

  private object(depth: number): Plain {
    const entries: [string, Plain][] = []
    this.at++
    while (!this.has('}')) {
      if (this.has(',')) continue
      const key = this.value(depth + 1)
      if (!this.has(':')) throw new NoLiteral()
      entries.push([String(key), this.value(depth + 1)])
    }
    return Object.fromEntries(entries)
  }

  private string(quote: string): string {
    let out = ''
    let from = ++this.at
    for (; this.text[this.at] !== quote; this.at++) {
      if (this.at >= this.text.length) throw new NoLiteral()
      if (this.text[this.at] !== '\\') continue
      out += this.text.slice(from, this.at) + this.escape()
      from = this.at + 1
    }
    return out + this.text.slice(from, this.at++)
  }

  /** The character that an escape stands for; ends on its last character. */
  private escape(): string {
    const c = this.text[++this.at] ?? ''
    const digits = { x: 2, u: 4, U: 8 }[c]
    if (digits === undefined) return c === '\n' ? '' : (escapes[c] ?? c)
    const code = Number.parseInt(this.text.slice(this.at + 1, this.at + 1 + digits), 16)
    if (!(code >= 0 && code <= 0x10ffff)) throw new NoLiteral()
    this.at += digits
    return String.fromCodePoint(code)
  }

  private word(depth: number): Plain {
    const match = /[\w.+-]{1,40}/y
    match.lastIndex = this.at
    const found = match.exec(this.text)?.[0]
    if (found === undefined) throw new NoLiteral()
    this.at += found.length
    if (found === 'array') return this.array(depth)
    if (Object.hasOwn(words, found)) return words[found]!
    const number = Number(found)
    if (Number.isNaN(number)) throw new NoLiteral()
    return number
  }

  /** `array([…], dtype=object)` */
  private array(depth: number): Plain {
    if (!this.has('(')) throw new NoLiteral()
    const value = this.value(depth + 1)
    if (this.has(',')) {
      const rest = /\s*dtype=[\w<>=|'"]{1,20}/y
      rest.lastIndex = this.at
      if (rest.exec(this.text)) this.at = rest.lastIndex
    }
    if (!this.has(')')) throw new NoLiteral()
    return value
  }
}
