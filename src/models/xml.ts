import type { Bytes, Examiner } from '../core/index.ts'
import { Malformed, orMalformed } from './cursor.ts'
import { firstLetterIs } from './first-letter.ts'
import { asUtf8 } from './json-tree.ts'
import { quoted } from './quoted.ts'

/** A piece of an XML text; places are counted in the bytes. */
export interface XmlPiece {
  readonly kind: 'open' | 'close' | 'text' | 'comment' | 'instruction' | 'doctype'
  /** Name of the element or instruction, with its prefix. */
  readonly name: string
  /** Attributes of an opened element, doubled ones too; entities are never expanded, only numbers of characters. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** What stands in a text, comment, instruction or document type. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Elements in elements; more have no meaning in any model. */
const mostDepth = 10_000
const mostBytes = 128 << 20
const nothing: XmlPiece['attributes'] = []
const nameAt = /[^\s<>/=!?'"]+/y
const space = /\s*/y
const attributeAt = /\s*([^\s<>/='"]+)\s*=\s*("[^"<]*"|'[^'<]*')/y
/** The name of an element, without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The value of an attribute: of doubled ones the first. */
export const attribute = ({ attributes }: XmlPiece, name: string): string | undefined =>
  attributes.find(([each]) => each === name)?.[1]

/** The text of a file whose bytes are XML in UTF-8, or in UTF-16 as its first bytes say; null when it is too long. */
export function xmlText(bytes: Bytes): string | null {
  if (bytes.size > mostBytes) return null
  const data = asUtf8(bytes.read(0, bytes.size))
  // One character a byte, so that places are those of the bytes.
  return Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
}

/** The name of the first element of an XML text, and what stands before it; null when it is no XML. */
export function rootOf(head: Uint8Array): { name: string; before: string; opening: string } | null {
  if (!firstLetterIs('<', head)) return null
  const data = asUtf8(head)
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
  const start = /^[\s\0]*</.test(text) ? text : null
  if (start === null) return null
  const bare = start.replace(/<!--[\s\S]*?(-->|$)/g, '')
  const found = /<([A-Za-z_][\w.:-]*)([^>]*)/.exec(bare.replace(/<!DOCTYPE[^[>]*(\[[\s\S]*?\]\s*)?>/i, ''))
  if (!found || !/^\s*(<[?!]|<[A-Za-z_])/.test(start)) return null
  return { name: found[1]!, before: bare.slice(0, bare.indexOf(`<${found[1]}`)), opening: found[2]! }
}

/** The pieces of an XML text, one after another; throws `Malformed`. Elements must close in their order. */
export function* xmlPieces(text: string): Generator<XmlPiece> {
  const open: string[] = []
  let at = 0
  let roots = 0
  while (at < text.length) {
    const piece = text[at] === '<' ? markup(text, at) : plain(text, at)
    if (piece.kind === 'open') {
      if (open.length === 0 && ++roots > 1) throw new Malformed('there is a second root element', at)
      open.push(piece.name)
      if (open.length > mostDepth) throw new Malformed(`there are more than ${mostDepth} elements in elements`, at)
    }
    if (piece.kind === 'text' && open.length === 0 && /[^\s\0]/.test(piece.text))
      throw new Malformed('there is text outside of the root element', at)
    yield piece
    at = piece.end
    const isEmpty = piece.kind === 'open' && text[at - 2] === '/'
    if (isEmpty) yield { ...piece, kind: 'close', attributes: nothing }
    if (isEmpty || piece.kind === 'close') {
      if (open.pop() !== piece.name) throw new Malformed(`an element ${quoted(piece.name)} closes that is not open`, at)
    }
  }
  if (open.length > 0) throw new Malformed(`the element ${quoted(open.at(-1)!)} has no end`, text.length)
  if (roots === 0) throw new Malformed('there is no element', 0)
}

function plain(text: string, start: number): XmlPiece {
  const stop = text.indexOf('<', start)
  const end = stop < 0 ? text.length : stop
  return { kind: 'text', name: '', attributes: nothing, text: text.slice(start, end), start, end }
}

function markup(text: string, start: number): XmlPiece {
  if (text.startsWith('<!--', start)) return until(text, start, 4, '-->', 'comment')
  if (text.startsWith('<![CDATA[', start)) return until(text, start, 9, ']]>', 'text')
  if (text.startsWith('<?', start)) return until(text, start, 2, '?>', 'instruction')
  if (text.startsWith('<!', start)) return doctype(text, start)
  const isClose = text[start + 1] === '/'
  nameAt.lastIndex = start + (isClose ? 2 : 1)
  const name = nameAt.exec(text)?.[0]
  if (name === undefined) throw new Malformed('an element has no name', start)
  const attributes: [string, string][] = []
  let at = nameAt.lastIndex
  for (;;) {
    attributeAt.lastIndex = at
    const found = isClose ? null : attributeAt.exec(text)
    if (!found) break
    attributes.push([found[1]!, decoded(found[2]!.slice(1, -1))])
    at = attributeAt.lastIndex
  }
  space.lastIndex = at
  at += space.exec(text)![0].length
  if (text[at] === '/' && !isClose) at++
  if (text[at] !== '>') throw new Malformed(`the element ${quoted(name)} is not written as one`, start)
  return { kind: isClose ? 'close' : 'open', name, attributes, text: '', start, end: at + 1 }
}

function until(text: string, start: number, skip: number, stop: string, kind: XmlPiece['kind']): XmlPiece {
  const found = text.indexOf(stop, start + skip)
  if (found < 0) throw new Malformed(`${kind === 'text' ? 'a text' : `a ${kind}`} has no end`, start)
  const inner = text.slice(start + skip, found)
  const name = kind === 'instruction' ? (/^[^\s?]+/.exec(inner)?.[0] ?? '') : ''
  return { kind, name, attributes: nothing, text: inner, start, end: found + stop.length }
}

/** A document type ends at the bracket that is in no quotation and not inside its own declarations. */
function doctype(text: string, start: number): XmlPiece {
  let [inside, quote] = [0, '']
  for (let at = start + 2; at < text.length; at++) {
    const c = text[at]!
    if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '"' || c === "'") quote = c
    else if (c === '[') inside++
    else if (c === ']') inside--
    else if (c === '>' && inside <= 0)
      return { kind: 'doctype', name: '', attributes: nothing, text: text.slice(start + 2, at), start, end: at + 1 }
  }
  throw new Malformed('a document type has no end', start)
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Numbers of characters and the five names that XML itself has; all others stay as they are written. */
export const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/gi, (whole, name: string) => {
        if (!name.startsWith('#')) return named[name] ?? whole
        const point = name[1]!.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole
      })
    : text

/** Reads XML for an examiner: claims it, says what its parsers may reach for, and hands each piece on. */
export async function examineXml(
  bytes: Bytes,
  examiner: Examiner,
  format: string,
  see: (piece: XmlPiece) => void,
): Promise<boolean> {
  const text = xmlText(bytes)
  if (text === null) {
    examiner.unread({ start: 0, end: bytes.size, reason: `XML of more than ${mostBytes} bytes is not read.` })
    return false
  }
  let done = 0
  const isWhole = await orMalformed(examiner, `${format}-malformed`, () => {
    for (const piece of xmlPieces(text)) {
      warn(piece, examiner, format)
      see(piece)
      done = piece.end
    }
  })
  examiner.claim(0, isWhole ? bytes.size : done, 'XML')
  return isWhole
}

const entity = /<!ENTITY\s+(%\s+)?\S+\s+(SYSTEM|PUBLIC)\b/i

/** What makes a parser open files and addresses, or grow without end. */
function warn(piece: XmlPiece, examiner: Examiner, format: string): void {
  const { kind, name, text, start, end } = piece
  const say = (rule: string, severity: 'hold' | 'block', sentence: string) =>
    examiner.note({ rule: `${format}-${rule}`, severity, text: sentence, start, end })
  if (kind === 'doctype') {
    if (entity.test(text)) say('external-entity', 'block', `A parser opens what an entity names: ${quoted(text)}.`)
    else if (/<!ENTITY/i.test(text)) say('entity', 'hold', `The document defines entities: ${quoted(text)}.`)
    else if (/\b(SYSTEM|PUBLIC)\b/i.test(text))
      say('doctype', 'hold', `The document type names a file: ${quoted(text)}.`)
    else say('doctype', 'hold', 'There is a document type, which no writer of such files makes.')
  }
  if (kind === 'instruction' && name !== 'xml')
    say('instruction', 'hold', `There is an instruction for a program: ${quoted(text)}.`)
  const isInclude =
    kind === 'open' && (/^(xi|xinclude):/i.test(name) || attributesHave(piece, 'http://www.w3.org/2001/XInclude'))
  if (isInclude)
    say('include', 'block', `A parser opens what it includes: ${quoted(attribute(piece, 'href') ?? name)}.`)
}

const attributesHave = ({ attributes }: XmlPiece, value: string): boolean =>
  attributes.some(([, each]) => each === value)
