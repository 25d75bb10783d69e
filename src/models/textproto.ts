import { Malformed } from './cursor.ts'
import { fieldsOf, isMessage, type KnownField, type ProtoSchema, widths } from './protobuf-schema.ts'
import { quoted } from './quoted.ts'

const mostDepth = 1000
const [hash, comma, semicolon] = [0x23, 0x2c, 0x3b]
const nameOrNumber = /[A-Za-z_][\w.]*|-?\s*(?:0[xX][0-9a-fA-F]+|[\d.][\w.+-]*|inf(?:inity)?|nan)/iy

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'mark'
  readonly text: string
  readonly at: number
}

/** A message that is being written; its length is known when it closes. */
interface Open {
  readonly type: string | null
  readonly number: number
  readonly parts: Uint8Array[]
  readonly close: string
}

/**
 * Writes a protocol buffer that stands as text in its binary form, so that one reader serves both. Fields that the
 * schema does not know are left out where `lenient`. Throws `Malformed`.
 */
export function toBinary(text: string, schema: ProtoSchema, type: string, lenient = false): Uint8Array {
  return new TextReader(text, schema, lenient).read(type)
}

/** True when there are only spaces and remarks, so that nobody can tell what follows. */
export const isUntold = (text: string): boolean => /^(\s|#[^\n]*(\n|$))*$/.test(text)

/** The names of the outermost fields at the beginning of a text; empty when it is no such text. */
export function outerNames(text: string, most = 50): string[] {
  const names: string[] = []
  const tokens = new Tokens(text)
  let depth = 0
  try {
    for (let next = tokens.next(); next && names.length < most; next = tokens.next()) {
      if (next.text === '{' || next.text === '<') depth++
      else if (next.text === '}' || next.text === '>') depth--
      else if (next.kind === 'name' && depth === 0) names.push(next.text)
      if (depth < 0) return []
    }
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
    if (reason.at < text.length - 400) return []
  }
  return names
}

class Tokens {
  private readonly text: string
  private at = 0
  constructor(text: string) {
    this.text = text
  }

  next(): Token | null {
    this.skip()
    const { text, at } = this
    if (at >= text.length) return null
    const first = text[at]!
    if ('{}<>:[]'.includes(first)) return this.token('mark', at + 1)
    if (first === '"' || first === "'") return this.token('text', this.endOfText(first))
    nameOrNumber.lastIndex = at
    if (!nameOrNumber.test(text)) throw new Malformed('the text is no text of a message here', at)
    return this.token(/[A-Za-z_]/.test(first) ? 'name' : 'number', nameOrNumber.lastIndex)
  }

  private token(kind: Token['kind'], end: number): Token {
    const start = this.at
    this.at = end
    return { kind, text: this.text.slice(start, end), at: start }
  }

  /** Moves behind spaces, separators and remarks. */
  private skip(): void {
    const { text } = this
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at)
      if (c === hash) {
        const stop = text.indexOf('\n', this.at)
        this.at = stop < 0 ? text.length : stop
      } else if (c > 32 && c !== comma && c !== semicolon) return
    }
  }

  private endOfText(quote: string): number {
    for (let at = this.at + 1; at < this.text.length; at++) {
      const c = this.text[at]
      if (c === quote) return at + 1
      if (c === '\n') throw new Malformed('a text has no end', this.at)
      if (c === '\\') at++
    }
    throw new Malformed('a text has no end', this.text.length)
  }
}

class TextReader {
  private readonly tokens: Tokens
  private readonly schema: ProtoSchema
  private readonly lenient: boolean
  private readonly open: Open[] = []
  private ahead: Token | null = null

  constructor(text: string, schema: ProtoSchema, lenient: boolean) {
    this.tokens = new Tokens(text)
    this.schema = schema
    this.lenient = lenient
  }

  private next(): Token | null {
    const next = this.ahead ?? this.tokens.next()
    this.ahead = null
    return next
  }

  read(type: string): Uint8Array {
    const root: Open = { type, number: 0, parts: [], close: '' }
    this.open.push(root)
    for (let next = this.next(); next; next = this.next()) {
      const top = this.open.at(-1)!
      if (next.kind === 'mark' && next.text === top.close) this.shut(top)
      else if (next.kind === 'name') this.field(next, top)
      else throw new Malformed(`${quoted(next.text)} stands where a field must begin`, next.at)
    }
    if (this.open.length > 1) throw new Malformed('a message has no end', 0)
    return joined(root.parts)
  }

  private shut(top: Open): void {
    this.open.pop()
    const outer = this.open.at(-1)!
    if (top.type === null || outer.type === null) return
    const body = joined(top.parts)
    outer.parts.push(varintOf(top.number * 8 + 2), varintOf(body.length), body)
  }

  private field(name: Token, top: Open): void {
    const known = top.type === null ? null : numbered(this.schema, top.type, name.text)
    if (!known && top.type !== null && !this.lenient)
      throw new Malformed(`a ${top.type} has no field ${quoted(name.text)}`, name.at)
    let value = this.next()
    if (value?.text === ':') value = this.next()
    if (value?.kind === 'mark' && value.text === '[') this.list(top, known)
    else this.value(value, top, known, name.at)
  }

  private list(top: Open, known: Numbered | null): void {
    for (let value = this.next(); value?.text !== ']'; value = this.next()) {
      if (!value) throw new Malformed('a list has no end', 0)
      const isMessage = value.text === '{' || value.text === '<'
      if (isMessage) throw new Malformed('a list of messages is not read', value.at)
      this.value(value, top, known, value.at)
    }
  }

  private value(value: Token | null, top: Open, known: Numbered | null, at: number): void {
    if (!value) throw new Malformed('a field has no value', at)
    if (value.kind === 'mark') {
      const close = value.text === '{' ? '}' : value.text === '<' ? '>' : ''
      if (close === '' || this.open.length > mostDepth) throw new Malformed('a field has no value', at)
      const type = known && isMessage(this.schema, known.kind) ? known.kind : null
      this.open.push({ type, number: known?.number ?? 0, parts: [], close })
      return
    }
    let text = value.text
    // Texts one behind another are one text.
    if (value.kind === 'text') {
      text = unquoted(text)
      for (let more = this.next(); more; more = this.next()) {
        if (more.kind !== 'text') {
          this.ahead = more
          break
        }
        text += unquoted(more.text)
      }
    }
    if (known) top.parts.push(...written(known, text, value.kind))
  }
}

type Numbered = KnownField & { readonly number: number }

const byName = new WeakMap<object, Map<string, Numbered>>()

function numbered(schema: ProtoSchema, type: string, name: string): Numbered | null {
  const fields = fieldsOf(schema, type)
  let names = byName.get(fields)
  if (!names) {
    names = new Map([...fields].map(([number, field]) => [field.name, { ...field, number }]))
    byName.set(fields, names)
  }
  return names.get(name) ?? null
}

/** A field in its binary form. Names of an enumeration become 0: which one it is matters to no judgement. */
function written({ number, kind }: Numbered, text: string, as: Token['kind']): Uint8Array[] {
  if (kind === 'text' || kind === 'bytes') {
    const body = Buffer.from(text, 'latin1')
    return [varintOf(number * 8 + 2), varintOf(body.length), body]
  }
  const value = as === 'name' ? (text === 'true' || text === 't' ? 1 : 0) : Number(text.replace(/\s|f$/gi, ''))
  const width = widths[kind] ?? 0
  if (width === 0) return [varintOf(number * 8), varintOf(Number.isFinite(value) ? Math.trunc(value) : 0)]
  const body = new Uint8Array(width)
  const view = new DataView(body.buffer)
  if (kind === 'float') view.setFloat32(0, value, true)
  else if (kind === 'double') view.setFloat64(0, value, true)
  else view.setInt32(0, value, true)
  return [varintOf(number * 8 + (width === 8 ? 1 : 5)), body]
}

/** A number of variable length; one below zero takes ten bytes. */
function varintOf(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v' }

/** The bytes of a text in quotation marks, a character each. */
const unquoted = (text: string): string =>
  text
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-f]{1,2})|([0-7]{1,3})|([\s\S]))/gi, (_, hex: string, octal: string, letter: string) => {
      if (hex) return String.fromCharCode(Number.parseInt(hex, 16))
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
      return letters[letter] ?? letter
    })

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
