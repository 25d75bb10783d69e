import { byCodePoints, isPlain, unsafeName } from '../names.ts'
import { partProof } from './id.ts'
import { type LockedPart, lockedPart } from './schema.ts'
import { partLine } from './write.ts'

/** A lock's text without the lines of its parts, and where those stand in the text, artifact by artifact. */
export interface Cut {
  readonly skeleton: string
  readonly lists: readonly Range[]
}

type Range = readonly [start: number, end: number]

const open = '\n      "parts": [\n'
const close = '\n      ]'
const indent = '        '
const before = `${indent}{ "name": "`

/** Cuts out the lines of parts where a lock as Bezoar writes it has them; null when a list does not end. */
export function cutParts(text: string): Cut | null {
  const pieces: string[] = []
  const lists: Range[] = []
  let from = 0
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    const start = at + open.length
    const end = text.indexOf(close, start - 1)
    if (end < start) return null
    lists.push([start, end])
    pieces.push(text.slice(from, start - 1))
    from = end + close.length - 1
  }
  return { skeleton: pieces.join('') + text.slice(from), lists }
}

/** What follows a plain name on its line, a part without a link: after the size every length is fixed. */
const rest =
  /", "size": (?:0|[1-9]\d{0,14}), "sha256": "[0-9a-f]{64}", "blake3": "[0-9a-f]{64}", "check": "[0-9a-f]{8}" \}/y
const sizeAt = '", "size": '.length
const checkAt = `${'c'.repeat(8)}" }`.length
const blakeAt = `${'b'.repeat(64)}", "check": "`.length + checkAt
const shaAt = `${'s'.repeat(64)}", "blake3": "`.length + blakeAt
const sizeEnd = ', "sha256": "'.length + shaAt

/**
 * Parts from their lines, where each line is proven to be as Bezoar writes it, fields, name, order and check, and all of
 * them to have the id. Null when anything is not so: the slow way then says what.
 */
export function partsOfLines(text: string, [start, end]: Range, id: string): LockedPart[] | null {
  const parts: LockedPart[] = []
  const proof = partProof()
  for (let at = start; at < end; ) {
    const next = text.indexOf('\n', at)
    const isLast = next < 0 || next >= end
    const stop = isLast ? end : next - 1
    if (!isLast && text[stop] !== ',') return null
    const check = text.slice(stop - checkAt, stop - checkAt + 8)
    const part = plainPart(text, at, stop) ?? anyPart(text.slice(at, stop))
    if (part === null || !proof.add(part, check)) return null
    if (parts.length > 0 && byCodePoints(parts.at(-1)!.name, part.name) >= 0) return null
    parts.push(part)
    at = isLast ? end : next + 1
  }
  return proof.id() === id ? parts : null
}

/** A line whose name needs no escapes, link-free: equal to its rendering when it has this form. */
function plainPart(text: string, at: number, stop: number): LockedPart | null {
  if (!text.startsWith(before, at)) return null
  const nameAt = at + before.length
  const nameEnd = text.indexOf('"', nameAt)
  const name = text.slice(nameAt, nameEnd)
  if (nameEnd >= stop || !isPlain(name)) return null
  rest.lastIndex = nameEnd
  if (!rest.test(text) || rest.lastIndex !== stop) return null
  return {
    name,
    size: Number(text.slice(nameEnd + sizeAt, stop - sizeEnd)),
    sha256: text.slice(stop - shaAt, stop - shaAt + 64),
    blake3: text.slice(stop - blakeAt, stop - blakeAt + 64),
  }
}

/** Any other line, by way of JSON; it must be the very text that its part is written as. */
function anyPart(line: string): LockedPart | null {
  try {
    const { check: _, ...part } = lockedPart.parse(JSON.parse(line))
    return unsafeName(part.name) === null && indent + partLine(part) === line ? part : null
  } catch {
    return null
  }
}
