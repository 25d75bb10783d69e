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
  /** What stands in a text, comment, instruction or document type, and behind the name of an element. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Elements in elements; more have no meaning in any model. */
const mostDepth = 10_000
/** Elements, texts and remarks of one document. */
const mostPieces = 1_000_000
const mostBytes = 128 << 20
const nameAt = /[^\s<>/=!?'"]+/y
const eachAttribute = /([^\s<>/='"]+)\s*=\s*("[^"]*"|'[^']*')/g
const [doubleQuote, singleQuote, less, greater, slash] = [0x22, 0x27, 0x3c, 0x3e, 0x2f]

/** The name of an element, without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The attributes of an element, doubled ones too; entities are not expanded, only numbers of characters. */
export function attributesOf({ text }: XmlPiece): [name: string, value: string][] {
  const found: [string, string][] = []
  eachAttribute.lastIndex = 0
  for (let match = eachAttribute.exec(text); match; match = eachAttribute.exec(text))
    found.push([match[1]!, decoded(match[2]!.slice(1, -1))])
  return found
}

/** The value of an attribute: of doubled ones the first. */
export const attribute = (piece: XmlPiece, name: string): string | undefined =>
  piece.text.includes(name) ? attributesOf(piece).find(([each]) => each === name)?.[1] : undefined

/** The text of a file whose bytes are XML in UTF-8, or in UTF-16 as its first bytes say; null when it is too long. */
export function xmlText(bytes: Bytes): string | null {
  if (bytes.size > mostBytes) return null
  const data = asUtf8(bytes.read(0, bytes.size))
  // One character a byte, so that places are those of the bytes.
  return Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
}

/** How an XML text begins. */
export interface XmlStart {
  /** Name of the first element; empty when what stands before it is longer than the first bytes of the file. */
  readonly name: string
  readonly root: XmlPiece | null
  /** True when it says of itself that it is XML, and no page for people. */
  readonly declared: boolean
}

/** How a text begins, if it is XML; null when it is none. */
export function startOf(head: Uint8Array): XmlStart | null {
  if (!firstLetterIs('<', head)) return null
  const data = asUtf8(head)
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
  let [declared, at] = [/^[\s\0]*<(\?xml\s|!DOCTYPE\s+(?!html))/i.test(text.slice(0, 4096)), 0]
  let root: XmlPiece | null = null
  try {
    for (const piece of xmlPieces(text)) {
      if (piece.kind === 'doctype') declared ||= !/^DOCTYPE\s+html/i.test(piece.text)
      at = piece.end
      root = piece.kind === 'open' ? piece : null
      if (root) break
    }
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
  }
  // Comments before plain words begin a page, not XML, which has no text outside of its root.
  if (!declared && !root && /^\s*[^\s<]/.test(text.slice(at, at + 500))) return null
  const name = root?.name ?? /^\s*<([^\s<>/=!?'"]+)/.exec(text.slice(at, at + 500))?.[1] ?? ''
  if (name !== '' && !/^[A-Za-z_][\w.:-]*$/.test(name)) return null
  if (localName(name).toLowerCase() === 'html') return null
  return { name, root, declared: declared || /\bxmlns(:\w+)?\s*=/.test(root?.text ?? text.slice(at, at + 4096)) }
}

/**
 * The pieces of an XML text, one after another; an element without content is opened and closed. Throws `Malformed`.
 * Elements must close in their order.
 */
export function* xmlPieces(text: string): Generator<XmlPiece> {
  const open: string[] = []
  let [at, roots, pieces] = [0, 0, 0]
  while (at < text.length) {
    if (++pieces > mostPieces) throw new Malformed(`there are more than ${mostPieces} elements and texts`, at)
    const piece = text.charCodeAt(at) === less ? markup(text, at) : plain(text, at)
    const { kind, name, start, end } = piece
    if (kind === 'open') {
      if (open.length === 0 && ++roots > 1) throw new Malformed('there is a second root element', at)
      open.push(name)
      if (open.length > mostDepth) throw new Malformed(`there are more than ${mostDepth} elements in elements`, at)
    }
    if (kind === 'text' && open.length === 0 && /[^\s\0]/.test(piece.text))
      throw new Malformed('there is text outside of the root element', at)
    yield piece
    at = end
    const isEmpty = kind === 'open' && text.charCodeAt(end - 2) === slash
    if (isEmpty) yield { kind: 'close', name, text: '', start, end }
    if ((isEmpty || kind === 'close') && open.pop() !== name)
      throw new Malformed(`an element ${quoted(name)} closes that is not open`, at)
  }
  if (open.length > 0) throw new Malformed(`the element ${quoted(open.at(-1)!)} has no end`, text.length)
  if (roots === 0) throw new Malformed('there is no element', 0)
}

function plain(text: string, start: number): XmlPiece {
  const stop = text.indexOf('<', start)
  const end = stop < 0 ? text.length : stop
  return { kind: 'text', name: '', text: text.slice(start, end), start, end }
}

function markup(text: string, start: number): XmlPiece {
  if (text.startsWith('<!--', start)) return until(text, start, 4, '-->', 'comment')
  if (text.startsWith('<![CDATA[', start)) return until(text, start, 9, ']]>', 'text')
  if (text.startsWith('<?', start)) return until(text, start, 2, '?>', 'instruction')
  if (text.startsWith('<!', start)) return doctype(text, start)
  const isClose = text.charCodeAt(start + 1) === slash
  nameAt.lastIndex = start + (isClose ? 2 : 1)
  if (!nameAt.test(text)) throw new Malformed('an element has no name', start)
  const from = nameAt.lastIndex
  const name = text.slice(start + (isClose ? 2 : 1), from)
  const end = endOfTag(text, from, start)
  return { kind: isClose ? 'close' : 'open', name, text: end - from > 2 ? text.slice(from, end - 1) : '', start, end }
}

/** Behind the bracket that closes a tag; brackets in quotation marks are values. */
function endOfTag(text: string, from: number, start: number): number {
  let quote = 0
  for (let at = from; at < text.length; at++) {
    const c = text.charCodeAt(at)
    if (quote !== 0) quote = c === quote ? 0 : quote
    else if (c === greater) return at + 1
    else if (c === doubleQuote || c === singleQuote) quote = c
    else if (c === less) break
  }
  throw new Malformed('an element is not written as one', start)
}

function until(text: string, start: number, skip: number, stop: string, kind: XmlPiece['kind']): XmlPiece {
  const found = text.indexOf(stop, start + skip)
  if (found < 0) throw new Malformed(`${kind === 'text' ? 'a text' : `a ${kind}`} has no end`, start)
  const inner = text.slice(start + skip, found)
  const name = kind === 'instruction' ? (/^[^\s?]+/.exec(inner)?.[0] ?? '') : ''
  return { kind, name, text: inner, start, end: found + stop.length }
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
      return { kind: 'doctype', name: '', text: text.slice(start + 2, at), start, end: at + 1 }
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

const included = /^(xi|xinclude):/i
const entity = /<!ENTITY\s+(%\s+)?\S+\s+(SYSTEM|PUBLIC)\b/i

/** What makes a parser open files and addresses, or grow without end. */
function warn(piece: XmlPiece, examiner: Examiner, format: string): void {
  const { kind, name, text, start, end } = piece
  if (kind === 'text' || kind === 'close' || kind === 'comment') return
  const isInclude = kind === 'open' && (included.test(name) || text.includes('http://www.w3.org/2001/XInclude'))
  if (kind === 'open' && !isInclude) return
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
  if (isInclude)
    say('include', 'block', `A parser opens what it includes: ${quoted(attribute(piece, 'href') ?? name)}.`)
}
