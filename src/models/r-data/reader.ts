import { Malformed } from '../cursor.ts'
import type { RInput } from './input.ts'
import { namesIn, other, type RNode } from './nodes.ts'
import { bytecode, isCell, kinds, pseudo } from './types.ts'

/** Where code stands decides when it runs. */
export type Place = 'data' | 'environment' | 'promise' | 'function' | 'binding'

/** What a reader tells of the objects it meets. */
export interface Told {
  /** A promise: its code runs when its value is wanted, unless it has one. */
  promise(code: RNode, forced: boolean, place: Place, offset: number): void
  /** Code that stands in a place. */
  code(code: RNode, place: Place, offset: number): void
  /** Something that is named from outside: a namespace, a package, a persistent id. */
  outside(kind: 'namespace' | 'package' | 'persistent' | 'pointer' | 'builtin', name: string, offset: number): void
  /** A name that is given to a value at the top or in an environment. */
  bound(name: string, place: Place, active: boolean, offset: number): void
  raw(start: number, size: number): void
}

/** A reading that waits for its parts: recursion without the machine's stack. */
type Reading = Generator<Reading, RNode, RNode>

const mostNodes = 10_000_000
/** Readings that wait for others; R itself gives up earlier, when its stack is full. */
const mostOpen = 100_000
/** Parts of code that are held; no model has as many. */
const mostHeld = 500_000
const activeBinding = 1 << 15

/** Reads one object of R and all it holds. */
export class RReader {
  private readonly input: RInput
  private readonly told: Told
  private readonly references: RNode[] = []
  private nodes = 0
  private held = 0
  /** Calls inside of calls are told with the outer one. */
  private depth = 0

  constructor(input: RInput, told: Told) {
    this.input = input
    this.told = told
  }

  /** Runs readings until none is left. */
  read(): void {
    const open: Reading[] = [this.item('data')]
    let value: RNode = other('')
    while (open.length > 0) {
      const { done, value: next } = open.at(-1)!.next(value)
      if (done) {
        value = next
        open.pop()
      } else if (open.push(next) > mostOpen)
        throw new Malformed('objects are nested deeper than R reads', this.input.at)
    }
  }

  private *item(place: Place, known?: number): Reading {
    const offset = this.input.at
    const flags = known ?? this.input.integer()
    const type = flags & 0xff
    this.count(offset)
    if (type >= pseudo.least) return yield this.pseudoItem(type, flags, place, offset)
    if (type === kinds.symbol) return this.refer({ kind: 'symbol', name: this.charText() })
    if (type === kinds.environment) return yield this.apart(this.environment(place))
    if (type === kinds.list || type === kinds.dots || type === kinds.call) return yield this.list(flags, place, offset)
    if (type === kinds.closure || type === kinds.promise) return yield this.apart(this.delayed(flags, place, offset))
    if (type === kinds.bytecode) return yield this.bytecodeItem(flags, place, offset)
    return yield this.vector(type, flags, place, offset)
  }

  private count(at: number): void {
    if (++this.nodes > mostNodes) throw new Malformed(`there are more than ${mostNodes} objects`, at)
  }

  private refer(node: RNode): RNode {
    this.references.push(node)
    return node
  }

  private charText(): string {
    this.input.integer()
    return this.input.text()
  }

  private *pseudoItem(type: number, flags: number, place: Place, offset: number): Reading {
    const name = pseudo.names[type]
    if (type === pseudo.reference) {
      const index = flags >>> 8 === 0 ? this.input.integer() : flags >>> 8
      return this.references[index - 1] ?? other('a reference')
    }
    if (name === 'namespace' || name === 'package' || name === 'persistent') {
      this.input.integer()
      const count = this.input.length()
      const parts: string[] = []
      for (let k = 0; k < count; k++) parts.push(this.charText())
      this.told.outside(name, parts[0] ?? '', offset)
      return this.refer(other(`<${name} ${parts[0] ?? ''}>`))
    }
    if (type === pseudo.altrep) {
      yield this.item(place)
      yield this.item(place)
      yield this.item(place)
      return other('<a vector>')
    }
    if (type === pseudo.attributedCall || type === pseudo.attributedList)
      return yield this.list(flags | 0x200, place, offset)
    if (name === undefined) throw new Malformed(`an object is of the unknown type ${type}`, offset)
    return other(name)
  }

  private *environment(place: Place): Reading {
    this.input.integer()
    this.refer(other('<environment>'))
    const inner: Place = place === 'data' ? 'environment' : place
    yield this.item(inner)
    yield this.item(inner)
    yield this.item(inner)
    yield this.item('data')
    return other('<environment>')
  }

  /** A pairlist or a call: cells one behind the other. */
  private *list(first: number, place: Place, offset: number): Reading {
    const items: RNode[] = []
    let flags = first
    const isCall = (first & 0xff) === kinds.call || (first & 0xff) === pseudo.attributedCall
    const { depth } = this
    this.depth += isCall ? 1 : 0
    for (let type = flags & 0xff; isCell(type); type = flags & 0xff) {
      const at = this.input.at
      if (flags & 0x200) yield this.apart(this.item('data'))
      const tag = flags & 0x400 ? yield this.item('data') : null
      const active = ((flags >>> 12) & activeBinding) !== 0
      if (tag?.kind === 'symbol') this.told.bound(tag.name, place, active, at)
      const value: RNode = yield active ? this.apart(this.item('binding')) : this.item(place)
      if (++this.held <= mostHeld) items.push(value)
      this.count(at)
      flags = this.input.integer()
    }
    if ((flags & 0xff) !== pseudo.null) items.push(yield this.item(place, flags))
    this.depth = depth
    if (!isCall) return other('<a list>')
    const node: RNode = { kind: 'call', items, offset }
    if (depth === 0) this.told.code(node, place, offset)
    return node
  }

  private *delayed(flags: number, place: Place, offset: number): Reading {
    const isPromise = (flags & 0xff) === kinds.promise
    const inner: Place = isPromise ? 'promise' : place === 'promise' ? 'promise' : 'function'
    if (flags & 0x200) yield this.item('data')
    if (flags & 0x400) yield this.item(place === 'data' ? 'environment' : place)
    const first: RNode = yield this.item(isPromise ? place : inner)
    const code: RNode = yield this.item(inner)
    if (isPromise) this.told.promise(code, !(first.kind === 'other' && first.what === '<unbound>'), place, offset)
    return other(isPromise ? '<a promise>' : '<a function>')
  }

  private *bytecodeItem(flags: number, place: Place, offset: number): Reading {
    const inner: Place = place === 'data' || place === 'environment' ? 'function' : place
    this.input.length()
    const code: RNode = yield this.apart(this.bytecodePart(inner))
    if (flags & 0x200) yield this.item('data')
    this.told.code(code, inner, offset)
    return code
  }

  /** Code inside of code that is not a part of its text is told on its own. */
  private *apart(reading: Reading): Reading {
    const { depth } = this
    this.depth = 0
    const node: RNode = yield reading
    this.depth = depth
    return node
  }

  /** Instructions, then what they refer to; of these the first is the source, and every symbol may be called. */
  private *bytecodePart(place: Place): Reading {
    yield this.item(place)
    const count = this.input.length()
    const found: RNode[] = []
    let written: ReadonlySet<string> = new Set()
    for (let k = 0; k < count; k++) {
      const at = this.input.at
      const type = this.input.integer()
      const isLanguage = bytecode.language.has(type)
      const part: RNode = yield type === kinds.bytecode
        ? this.bytecodePart(place)
        : isLanguage
          ? this.language(type, place)
          : this.item(place)
      if (k === 0) written = namesIn(part)
      // A variable of the source is no call; a name that the source lacks is what the instructions call.
      if (part.kind === 'symbol' && !written.has(part.name)) found.push({ kind: 'call', items: [part], offset: at })
      if (part.kind === 'call') found.push(part)
      if (found.length > mostHeld) throw new Malformed('a function has too many parts', at)
    }
    return { kind: 'call', items: [other('<bytecode>'), ...found], offset: this.input.at }
  }

  /** Code among the constants of a function: cells without flags, some of them used twice. */
  private *language(first: number, place: Place): Reading {
    const offset = this.input.at
    const items: RNode[] = []
    let isCall = false
    for (let type = first; ; type = this.input.integer()) {
      if (type === pseudo.codeReference) items.push(other(`<part ${this.input.integer()}>`))
      else if (type === pseudo.codeDefinition) this.input.integer()
      else if (!bytecode.language.has(type)) {
        const last: RNode = yield this.item(place)
        if (items.length === 0 || last.kind !== 'other') items.push(last)
      }
      if (type === pseudo.codeDefinition) continue
      if (type === pseudo.codeReference || !bytecode.language.has(type)) break
      if (type === pseudo.attributedCall || type === pseudo.attributedList) yield this.item('data')
      if (items.length === 0) isCall = type === kinds.call || type === pseudo.attributedCall
      yield this.item('data')
      items.push(yield this.language(this.input.integer(), place))
      this.count(offset)
    }
    if (items.length === 1 && !isCall) return items[0]!
    return { kind: 'call', items: isCall ? items : [other('<cells>'), ...items], offset }
  }

  private *vector(type: number, flags: number, place: Place, offset: number): Reading {
    const node: RNode =
      type === kinds.generic || type === kinds.expression
        ? yield this.apart(this.generic(place))
        : this.plain(type, offset)
    if (type === kinds.pointer) {
      this.refer(node)
      yield this.item('data')
      yield this.item('data')
    }
    if (flags & 0x200) yield this.item(place === 'environment' ? 'data' : place)
    return node
  }

  private *generic(place: Place): Reading {
    const count = this.input.length()
    for (let k = 0; k < count; k++) yield this.item(place)
    return other('<a list>')
  }

  private plain(type: number, offset: number): RNode {
    const { input } = this
    if (type === kinds.character) return { kind: 'text', text: input.text() }
    if (type === kinds.special || type === kinds.builtin) {
      const name = input.text()
      this.told.outside('builtin', name, offset)
      return { kind: 'symbol', name }
    }
    if (type === kinds.pointer) {
      this.told.outside('pointer', 'external pointer', offset)
      return other('<pointer>')
    }
    if (type === kinds.weak) return this.refer(other('<weak reference>'))
    if (type === kinds.s4 || type === kinds.null) return other(type === kinds.null ? 'NULL' : '<S4>')
    return this.numbers(type, offset)
  }

  private numbers(type: number, offset: number): RNode {
    const { input } = this
    const length = input.length()
    if (type === kinds.strings) {
      let first = ''
      for (let k = 0; k < length; k++) {
        const text = this.charText()
        if (k === 0) first = text
      }
      return length === 1 ? { kind: 'text', text: first } : other(`<${length} texts>`)
    }
    if (type === kinds.raw) {
      this.told.raw(input.raw(length), length)
      return other(`<${length} bytes>`)
    }
    if (type === kinds.real && length === 1) return { kind: 'number', value: input.real() }
    if ((type === kinds.integer || type === kinds.logical) && length === 1)
      return { kind: 'number', value: input.integer() }
    const size =
      type === kinds.complex
        ? 16
        : type === kinds.real
          ? 8
          : type === kinds.integer || type === kinds.logical
            ? 4
            : null
    if (size === null) throw new Malformed(`an object is of the unknown type ${type}`, offset)
    input.skip(length, size)
    return other(`<${length} numbers>`)
  }
}
