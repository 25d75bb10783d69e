import type { Bytes, Examiner } from '../core/index.ts'
import { type ProtoMessage, type ProtoSchema, readProto } from './protobuf.ts'

/** How much of the first bytes is read to tell a format. */
const sniffedFields = 400
/** Places of unknown fields that are said one by one. */
const mostUnknown = 500
/** Bytes fields from this length on are numbers or contents, not settings. */
const long = 64

/** What the first bytes of a file look like, taken as a message. */
export interface Likeness {
  /** How often each field was met, as `Message.field`. */
  readonly seen: ReadonlyMap<string, number>
  readonly unknown: number
  /** True when nothing contradicts the schema, as far as the bytes go. */
  readonly sound: boolean
  readonly root: ProtoMessage
}

/** Reads the first bytes of a file as a message, as if the rest were there. */
export function likeness(head: Uint8Array, size: number, schema: ProtoSchema, type: string): Likeness {
  const seen = new Map<string, number>()
  let unknown = 0
  const bytes = headBytes(head, size)
  const { root, trouble } = readProto(bytes, {
    schema,
    type,
    steps: sniffedFields,
    ahead: 256,
    unknown: () => void unknown++,
  })
  const open = [root]
  for (let next = open.pop(); next; next = open.pop())
    for (const field of next.fields) {
      const key = `${next.type}.${field.name}`
      seen.set(key, (seen.get(key) ?? 0) + 1)
      if (field.message) open.push(field.message)
    }
  const isCut = trouble !== undefined && size > head.length && trouble.at >= head.length - 10
  const isLong = trouble?.message.startsWith('there are more fields') === true
  return { seen, unknown, sound: trouble === undefined || isCut || isLong, root }
}

/** The first bytes of a file with zeros for the rest, at which the reading of a message ends. */
export const headBytes = (head: Uint8Array, size: number): Bytes => ({
  size,
  read(start, end) {
    const there = head.subarray(start, end)
    if (there.length === end - start) return there
    const out = new Uint8Array(Math.max(0, Math.min(end, size) - start))
    out.set(there)
    return out
  },
})

/** Reads a whole message for an examiner: claims what the schema knows, says what it does not know. */
export function examineProto(
  bytes: Bytes,
  examiner: Examiner,
  of: { readonly schema: ProtoSchema; readonly type: string; readonly format: string; readonly what: string },
): ProtoMessage {
  const strangers: { start: number; end: number; reason: string }[] = []
  const { root, trouble } = readProto(bytes, {
    schema: of.schema,
    type: of.type,
    claim(start, end, _name, kind) {
      const numbers = end - start > long && kind !== 'text' && !(kind in of.schema)
      examiner.claim(start, end, numbers ? 'numbers' : of.what)
    },
    unknown(start, end, type, number) {
      const last = strangers.at(-1)
      if (last && (last.end === start || strangers.length >= mostUnknown)) last.end = end
      else strangers.push({ start, end, reason: `A ${type} has a field ${number} that the format does not know.` })
    },
  })
  strangers.forEach(examiner.unread)
  if (trouble) {
    const text = `Malformed: ${trouble.message}.`
    examiner.note({ rule: `${of.format}-malformed`, severity: 'hold', text, start: trouble.at })
  }
  return root
}
