import type { Place } from './jinja/ast.ts'
import { type Gate, has, type Known } from './known.ts'

/** Conversations of so many turns, or texts of so many letters, are asked for by nobody honest. */
const fewTurns = 3
const mostLiterals = 12

/** Methods and tests that ask what a text holds. */
export const asking = new Set(
  'startswith endswith find rfind index count split rsplit partition rpartition eq equalto ne in sameas startswith contains'.split(
    ' ',
  ),
)

/**
 * The question that a comparison of two values asks, when one of them comes from the user, the day or the length.
 * @param operator whether a part of a message has a key is no question about what the user wrote
 */
export function questionOf(left: Known, right: Known, place: Place, operator = ''): Gate[] {
  const isKey = operator.endsWith('in') && has(right, 'item') && !has(right, 'content')
  return isKey ? [] : [...asked(left, right, place), ...asked(right, left, place)]
}

function asked(subject: Known, other: Known, { start, end }: Place): Gate[] {
  const about = has(subject, 'content', 'item')
    ? 'text'
    : has(subject, 'date')
      ? 'date'
      : has(subject, 'count')
        ? 'count'
        : null
  if (about === null) return []
  return literalsOf(other)
    .filter(literal => (about === 'count' ? Number(literal) >= fewTurns : literal.trim() !== ''))
    .slice(0, mostLiterals)
    .map(literal => ({ about, literal, start, end }))
}

/** The texts that a value is or lists, also as keys. */
export function literalsOf(value: Known): string[] {
  const inside = (value.items ?? []).flatMap(item => item.texts ?? [])
  return [...(value.texts ?? []), ...inside, ...(value.keys ?? [])].filter(text => !constants.has(text))
}

/** Truths and nothing, as text: asking for them asks nothing about what the user wrote. */
const constants = new Set(['true', 'false', 'none', 'null', ''])
