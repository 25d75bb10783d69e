import { isCalendar } from './calendar.ts'
import type { Place } from './jinja/ast.ts'
import { concatenated, constantOf, either, gated, has, type Kind, type Known, ofKind, unknown } from './known.ts'
import { questionOf } from './questions.ts'
import { classOf } from './wording.ts'

/** What a dict of the template holds under a key: perhaps what the user wrote. */
export const keptIn = ({ kinds, keys }: Known, name: string): Kind | null =>
  keys?.includes(name) && kinds.has('content') ? 'content' : null

/** A yes or no: only whether tools or the prompt were asked for stays of what it was made from. */
export function answer(from: readonly Known[], gates: Known['gates']): Known {
  const kinds = (['tools', 'prompt'] as const).filter(kind => from.some(each => has(each, kind)))
  return gated(ofKind(...kinds), gates)
}

/** Two values one after another, or the sum of two numbers. */
export function added(left: Known, right: Known, operator: string): Known {
  const both = [left, right]
  if (left.items || right.items)
    return { ...either(left, right), texts: null, items: both.flatMap(each => each.items ?? []) }
  const isNumber = operator === '+' && both.every(each => each.texts?.every(text => /^-?\d+$/.test(text)))
  if (!isNumber) return concatenated(both)
  return constantOf(String(both.reduce((sum, each) => sum + Number(each.texts![0]), 0)))
}

/** A text again and again. */
export function repeated(left: Known, right: Known): Known {
  const [text, count] = [left.texts?.[0], Number(right.texts?.[0])]
  if (text === undefined || !Number.isInteger(count) || count < 0) return { ...left, texts: null }
  return { ...left, texts: [text.repeat(Math.min(count, Math.ceil(2000 / Math.max(1, text.length))))], made: true }
}

const spoken = new Set(['content', 'text', 'value', 'reasoning_content', 'thinking', 'reasoning', 'parts'])

/** What an attribute of something is. */
export function kindOf(object: Known, name: string): Kind | null {
  if (has(object, 'messages')) return spoken.has(name) ? 'content' : null
  if (has(object, 'message')) {
    if (spoken.has(name)) return 'content'
    if (name === 'role' || name === 'from') return 'role'
    return /tool|function/.test(name) ? 'tools' : null
  }
  if (has(object, 'content', 'item')) return spoken.has(name) ? 'content' : null
  return has(object, 'tools') ? 'tools' : null
}

/** What the parts of something are: messages, or what a message consists of; words of a text that was split are text. */
export const partKinds = ({ kinds, made }: Known): Set<Kind> =>
  new Set([...kinds].map(kind => (kind === 'messages' ? 'message' : kind === 'content' && !made ? 'item' : kind)))

/** Keys and values of a dict. */
export const pairsOf = (over: Known): Known =>
  has(over, 'content') ? gated(ofKind('content'), over.gates) : has(over, 'tools') ? ofKind('tools') : unknown

/** What is suspect of it, and how grave that is. */
export interface Suspicion {
  readonly severity: 'hold' | 'block'
  readonly what: string
}

/** Formats that read attributes of what they are given. */
export function fieldsOf(format: Known, given: readonly Known[]): Suspicion[] {
  if (format.texts === null && (has(format, 'content', 'message') || format.made))
    return [{ severity: 'hold', what: 'a format that is not written here' }]
  return (format.texts ?? []).flatMap((text): Suspicion[] => {
    const field = /\{[^{}]*[.[][^{}]*\}/.exec(text)?.[0]
    return field && given.length > 0 ? [{ severity: /_|\[/.test(field) ? 'block' : 'hold', what: field }] : []
  })
}

/** Words of the user that are replaced by others. */
export function rewriteOf(object: Known, [from, to]: readonly Known[]): Suspicion | null {
  const [search, put] = [from?.texts?.[0] ?? '', to?.texts?.[0] ?? '']
  if (!has(object, 'content', 'item') || !/\p{L}{3}/u.test(search) || classOf(search) !== 'words') return null
  return { severity: /\p{L}{3}/u.test(put) ? 'block' : 'hold', what: `${search} → ${put}` }
}

/** One of many: a message of the messages, a value of a dict that the user's text chooses. */
export function partOf(object: Known, key: Known, x: Place): Known {
  if (has(key, 'date') && !has(key, 'content', 'item') && isCalendar(object)) return gated(ofKind('date'), object.gates)
  const gates = questionOf({ ...unknown, kinds: key.kinds }, { ...unknown, keys: object.keys ?? [] }, x)
  return gated({ ...object, texts: null, kinds: partKinds(object) }, gates)
}

/** The largest of the numbers that values can be. */
export const longestOf = (given: readonly Known[]): number =>
  Math.max(0, ...given.flatMap(each => (each.texts ?? []).map(Number)).filter(Number.isFinite))
