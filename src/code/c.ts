import { shortly } from './calls.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** Functions with one of these names (`a|b`), qualified or not, but of no object. */
export const named = (names: string): RegExp => new RegExp(`(?:^|::)(?:${names})$`)

/** The name of what is called, without its namespace or object. */
export const lastName = (name: string): string => /\w*$/.exec(name)![0]

/** A variable or a field as it is written, `a->b[0].c` being `a.b.c`; null for any other expression. */
export function placeOf(node: Tree | undefined): string | null {
  const text = node?.text() ?? ''
  if (text.length > 200) return null
  const plain = text.replace(/^[\s*&(]+|[\s)]+$/g, '').replace(/\[[^[\]]*\]/g, '')
  return /^[A-Za-z_]\w*(\s*(->|\.|::)\s*[A-Za-z_]\w*)*$/.test(plain) ? plain.replace(/\s*(->|\.)\s*/g, '.') : null
}

/** A variable or a field in an expression. */
const places = /[A-Za-z_]\w*(?:\s*(?:->|\.)\s*[A-Za-z_]\w*)*/g

/** Variables and fields that an expression mentions. */
export const placesIn = (text: string): string[] =>
  (text.match(places) ?? []).map(place => place.replace(/\s*(->|\.)\s*/g, '.'))

/** True for numbers, sizes of types, characters and names that by their case are constants. */
export function constant(node: Tree | undefined): boolean {
  if (!node) return true
  const text = node.text()
  if (text.length > 400) return false
  const names = text.replace(/\bsizeof\b\s*(\([^()]*\)|\w+)/g, '1').match(/[A-Za-z_]\w*/g) ?? []
  return names.every(name => /^[A-Z_][A-Z0-9_]*$|^k[A-Z]\w*$|^(sizeof|char|int|long|unsigned|size_t)$/.test(name))
}

/** A function of C, or the whole piece where a node stands in none; what it compares and where. */
export interface Scope {
  /** Remarks and texts are blank, so that positions stay. */
  readonly code: string
  /** Where the code begins in the piece, in UTF-16 units. */
  readonly start: number
  /** The head: what stands before the body. */
  readonly head: string
  /** Variables and fields that are compared by size, and where first. */
  readonly compared: ReadonlyMap<string, number>
}

interface LocalArray {
  readonly at: number
  readonly size: string
}

/** What is read of a piece once. */
interface Reading {
  readonly code: string
  readonly arrays: ReadonlyMap<string, readonly LocalArray[]>
  readonly functions: readonly (readonly [start: number, end: number])[]
  readonly scopes: Map<number, Scope>
}

const readings = new WeakMap<Piece, Reading>()
const remarksAndTexts = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?/g

/** Code without its remarks and texts, every position kept. */
const blank = (code: string): string =>
  code.replace(remarksAndTexts, part =>
    part[0] === '"' || part[0] === "'" ? part[0] + ' '.repeat(part.length - 1) : part.replace(/[^\n]/g, ' '),
  )

function readingOf(piece: Piece): Reading {
  let reading = readings.get(piece)
  if (!reading) {
    const functions = piece.all('function_definition', 'lambda_expression').map(f => {
      const { start, end } = f.range()
      return [start.index, end.index] as const
    })
    reading = { code: blank(piece.code), arrays: arraysOf(piece), functions, scopes: new Map() }
    readings.set(piece, reading)
  }
  return reading
}

/** The outermost function around a node: what it checks holds for the lambdas in it. */
export function scopeOf(piece: Piece, node: Tree): Scope {
  const reading = readingOf(piece)
  const at = node.range().start.index
  const [start, end] = around(reading.functions, at) ?? [0, reading.code.length]
  let scope = reading.scopes.get(start)
  if (!scope) {
    const code = reading.code.slice(start, end)
    const body = code.indexOf('{')
    scope = {
      code,
      start,
      head: start === 0 && end === reading.code.length ? '' : code.slice(0, body),
      compared: comparedIn(code),
    }
    reading.scopes.set(start, scope)
  }
  return scope
}

function around(functions: Reading['functions'], at: number): readonly [number, number] | null {
  let low = 0
  let high = functions.length
  let best: readonly [number, number] | null = null
  while (low < high) {
    const middle = (low + high) >> 1
    if (functions[middle]![0] <= at) low = middle + 1
    else high = middle
  }
  // Functions nest by lambdas only, few levels deep: eight back are enough to meet the outermost.
  for (let i = low - 1; i >= 0 && i >= low - 8; i--) if (functions[i]![1] > at) best = functions[i]!
  return best
}

const clause = /[^;{}?:,]+/g
const bySize = /[^<>=!-][<>]=?(?![<>=])/
/** Compared with nothing or one. */
const belowOnly = /[<>]=?\s*-?[01]U?L?\s*(?:\)|$)|(?:^|[(\s])[01]\s*[<>]/
const least = /\b\w*(?:min|MIN|Min|clamp|CLAMP)\w*\s*\(([^;{}]{0,200})/g

function comparedIn(code: string): Map<string, number> {
  const compared = new Map<string, number>()
  const note = (text: string, at: number) => {
    for (const place of placesIn(text)) if (!compared.has(place)) compared.set(place, at)
  }
  let loop = false
  for (const { 0: whole, index } of code.replace(/\w<[\w:*&\s]{0,80}>/g, t => ' '.repeat(t.length)).matchAll(clause)) {
    for (const part of whole.split(/&&|\|\|/)) {
      const at = bySize.exec(part)
      // What ends a loop is no check of the end itself; more than nothing is no upper bound.
      if (at && !belowOnly.test(part)) note(loop ? part.slice(0, at.index + 1) : part, index)
    }
    loop = /\bfor\s*\([^()]*$/.test(whole.slice(-200))
  }
  for (const match of code.matchAll(least)) note(match[1]!, match.index)
  return compared
}

/** True when a variable or field is compared by size before a node. */
export function checked(place: string | null, piece: Piece, node: Tree): boolean {
  if (place === null) return false
  const { compared, start } = scopeOf(piece, node)
  return (compared.get(place) ?? Number.POSITIVE_INFINITY) < node.range().start.index - start
}

/** The size with which the function declares a local array; null when it declares none of this name. */
export function localArray(name: string | null, piece: Piece, node: Tree): string | null {
  const { start, head } = scopeOf(piece, node)
  const at = node.range().start.index
  const declared = readingOf(piece).arrays.get(name ?? '') ?? []
  return declared.findLast(array => array.at >= start + head.length && array.at < at)?.size ?? null
}

/** True for a text that stands fixed in the code and is shorter than the local array it goes to. */
export function fits(to: Tree | undefined, text: Tree | undefined, piece: Piece, node: Tree): boolean {
  if (text?.kind() !== 'string_literal') return false
  const size = Number(localArray(placeOf(to), piece, node))
  return size > 0 && shortly(text).length > 0 && shortly(text).length - 2 < size
}

function arraysOf(piece: Piece): Map<string, LocalArray[]> {
  const arrays = new Map<string, LocalArray[]>()
  for (const node of piece.all('array_declarator')) {
    const name = node.field('declarator')?.text() ?? ''
    const holder = node.parent()?.kind()
    if (!/^\w+$/.test(name) || holder === 'parameter_declaration' || holder === 'field_declaration') continue
    const array = { at: node.range().start.index, size: node.field('size')?.text() ?? '' }
    const known = arrays.get(name)
    if (known) known.push(array)
    else arrays.set(name, [array])
  }
  return arrays
}
