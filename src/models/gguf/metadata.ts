import type { Examiner } from '../../core/index.ts'
import { type Cursor, Malformed, quoted, utf8 } from '../cursor.ts'
import { listKind, textKind, valueBytes } from './types.ts'

/** What the rest of the reading needs of the metadata. */
export interface Metadata {
  readonly alignment: number
}

/** A length in this version of the format: 32 bits in the first, 64 in the others. */
export type Length = (what: string) => number

/** The format says that keys are no longer; readers have had overflows behind it. */
const mostKey = 65_535
/** No vocabulary has as many; a file could claim billions of empty ones. */
const mostTexts = 3_000_000
/** Lists in lists; the writers make none. */
const mostDepth = 8
const mostSource = 1 << 20
/** Values that tell people what the model is. */
const told =
  /^general\.(architecture|name|basename|author|organization|version|license|source\.url|quantized_by|file_type)$/

/** Reads all key-value pairs; each template is a program. */
export function readMetadata(cursor: Cursor, length: Length, count: number, examiner: Examiner): Metadata {
  const seen = new Set<string>()
  let alignment = 32
  for (let k = 0; k < count; k++) {
    const at = cursor.at
    const key = keyOf(cursor, length)
    if (seen.has(key)) {
      const text = `The key ${quoted(key)} occurs more than once; readers disagree on which one counts.`
      examiner.note({ rule: 'gguf-duplicate-key', severity: 'hold', text, start: at, end: cursor.at })
    }
    seen.add(key)
    const kind = cursor.u32()
    if (key === 'general.alignment') alignment = alignmentOf(cursor, kind, examiner)
    else readValue(cursor, length, key, kind, examiner)
    examiner.claim(at, cursor.at, 'metadata')
  }
  return { alignment }
}

function keyOf(cursor: Cursor, length: Length): string {
  const at = cursor.at
  const size = length('the length of a key')
  if (size === 0 || size > mostKey) throw new Malformed(`a key is ${size} bytes long`, at)
  const key = cursor.text(size, 'a key')
  if (key.includes('\ufffd')) throw new Malformed(`the key ${quoted(key)} is no UTF-8`, at)
  return key
}

function alignmentOf(cursor: Cursor, kind: number, examiner: Examiner): number {
  const at = cursor.at
  if (kind !== 4) throw new Malformed('general.alignment is no 32-bit number', at)
  const value = cursor.u32()
  if (value > 0 && (value & (value - 1)) === 0 && value <= 1 << 20) return value
  examiner.note({
    rule: 'gguf-bad-alignment',
    severity: 'hold',
    text: `The alignment is ${value}.`,
    start: at,
    end: at + 4,
  })
  return 32
}

function readValue(cursor: Cursor, length: Length, key: string, kind: number, examiner: Examiner): void {
  const size = valueBytes[kind]
  if (kind === textKind) readText(cursor, length, key, examiner)
  else if (kind === listKind) readList(cursor, length, key, examiner)
  else if (size === undefined)
    throw new Malformed(`the key ${quoted(key)} has a value of the unknown kind ${kind}`, cursor.at)
  else if (told.test(key) && kind === 4) examiner.fact(key, cursor.u32())
  else cursor.skip(size, `the value of ${quoted(key)}`)
}

function readText(cursor: Cursor, length: Length, key: string, examiner: Examiner, inList = false): void {
  const size = length(`the length of ${quoted(key)}`)
  const start = cursor.at
  cursor.skip(size, `the text of ${quoted(key)}`)
  if (told.test(key)) examiner.fact(key, utf8(cursor.bytes.read(start, start + Math.min(size, 400))))
  const source = utf8(cursor.bytes.read(start, start + Math.min(size, mostSource)))
  if (!isTemplate(inList ? '' : key, source)) return
  const incomplete =
    size > mostSource ? `The template is ${size} bytes long; the first ${mostSource} were read.` : undefined
  examiner.program({
    language: 'jinja',
    start,
    end: start + size,
    acts: [],
    source,
    title: key.replace(/^tokenizer\./, ''),
    ...(incomplete ? { incomplete } : {}),
  })
}

/** Engines look templates up by many keys; whatever has the marks of a template is one. */
const isTemplate = (key: string, text: string) => /template/i.test(key) || text.includes('{%') || text.includes('{{')

/** Goes through a list without holding it: of texts only those under a key of templates are kept. */
function readList(cursor: Cursor, length: Length, key: string, examiner: Examiner): void {
  const open: { kind: number; left: number }[] = []
  let texts = 0
  const begin = () => {
    const kind = cursor.u32()
    const left = length(`the length of the list ${quoted(key)}`)
    const size = valueBytes[kind]
    if (size !== undefined) return cursor.skip(left * size, `the list ${quoted(key)}`)
    if (kind !== textKind && kind !== listKind)
      throw new Malformed(`the list ${quoted(key)} is of the unknown kind ${kind}`, cursor.at)
    if (left > cursor.left / 4)
      throw new Malformed(`the list ${quoted(key)} has ${left} parts, more than fit`, cursor.at)
    if (open.length >= mostDepth) throw new Malformed(`the list ${quoted(key)} has lists ${mostDepth} deep`, cursor.at)
    open.push({ kind, left })
  }
  begin()
  for (let list = open.at(-1); list; list = open.at(-1)) {
    if (list.left-- <= 0) open.pop()
    else if (++texts > mostTexts)
      throw new Malformed(`the list ${quoted(key)} has more than ${mostTexts} texts`, cursor.at)
    else if (list.kind === listKind) begin()
    else if (/template/i.test(key)) readText(cursor, length, key, examiner, true)
    else cursor.skip(length(`the length of a text in ${quoted(key)}`), `a text in ${quoted(key)}`)
  }
}
