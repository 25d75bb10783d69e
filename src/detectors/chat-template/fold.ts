import { concatenated, constantOf, type Known, mapped, unknown } from './known.ts'

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()
const reversed = (text: string): string => Array.from(text).reverse().join('')
const swapped = (text: string): string =>
  Array.from(text, c => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('')

const changes: Readonly<Record<string, (text: string) => string>> = {
  lower: text => text.toLowerCase(),
  upper: text => text.toUpperCase(),
  casefold: text => text.toLowerCase(),
  capitalize: capital,
  title: text => text.replace(/[\p{L}']+/gu, capital),
  swapcase: swapped,
  trim: text => text.trim(),
  strip: text => text.trim(),
  lstrip: text => text.trimStart(),
  rstrip: text => text.trimEnd(),
  reverse: reversed,
  string: text => text,
  safe: text => text,
  escape: text => text,
  e: text => text,
  forceescape: text => text,
  striptags: text => text.replace(/<[^>]*>/g, ''),
}

/** A text after a filter or a method that only depends on it and on constants; null when it is none of those. */
export function folded(name: string, operand: Known, args: readonly Known[]): Known | null {
  const [first, second] = args
  const simple = name in changes ? changes[name] : undefined
  const chars = first?.texts?.[0]
  if (simple && /strip|trim/.test(name) && chars !== undefined)
    return mapped(operand, text => stripped(name, text, chars))
  if (simple) return mapped(operand, simple)
  if (name === 'join') return joinedOf(operand.items ?? lettersOf(operand), first)
  if (name === 'replace') return replacedIn(operand, first, second)
  if (name === 'format') return formatted(operand, args)
  if (name === 'list') return { ...operand, items: operand.items ?? lettersOf(operand) }
  if (name === 'split') return splitOf(operand, first)
  if (name === 'first' || name === 'last') return atEnd(operand, name)
  if (name === 'removeprefix')
    return mapped(operand, text => (text.startsWith(chars ?? '\0') ? text.slice(chars!.length) : text))
  if (name === 'removesuffix')
    return mapped(operand, text => (text.endsWith(chars ?? '\0') ? text.slice(0, -chars!.length) : text))
  return null
}

function stripped(name: string, text: string, chars: string): string {
  const set = new Set(chars)
  let [from, to] = [0, text.length]
  if (name !== 'rstrip') while (from < to && set.has(text[from]!)) from++
  if (name !== 'lstrip') while (to > from && set.has(text[to - 1]!)) to--
  return text.slice(from, to)
}

/** The letters of a text as a list; one text only, since lists of several are not followed. */
const lettersOf = ({ texts, kinds, gates }: Known): Known[] =>
  texts?.length === 1 ? Array.from(texts[0]!.slice(0, 200), letter => ({ ...constantOf(letter), kinds, gates })) : []

const joinedOf = (items: readonly Known[], between: Known | undefined): Known | null =>
  items.length === 0 ? null : concatenated(items, between?.texts?.[0] ?? '')

function replacedIn(operand: Known, from: Known | undefined, to: Known | undefined): Known | null {
  const [search, put] = [from?.texts?.[0], to?.texts?.[0]]
  if (search === undefined || put === undefined) return null
  return mapped(operand, text => (search === '' ? text : text.slice(0, 2000).split(search).join(put)))
}

function splitOf(operand: Known, separator: Known | undefined): Known | null {
  const by = separator?.texts?.[0] ?? ' '
  if (operand.texts?.length !== 1 || by === '') return null
  const items = operand.texts[0]!.split(by, 200).map(text => ({ ...constantOf(text), gates: operand.gates }))
  return { ...operand, texts: null, items }
}

function atEnd(operand: Known, name: 'first' | 'last'): Known | null {
  const items = operand.items ?? lettersOf(operand)
  if (items.length > 0) return name === 'first' ? items[0]! : items.at(-1)!
  const key = name === 'first' ? operand.keys?.[0] : operand.keys?.at(-1)
  return key === undefined ? null : constantOf(key)
}

/** `%`-formats and `{}`-formats with constants put in. */
export function formatted(operand: Known, args: readonly Known[]): Known | null {
  if (operand.texts?.length !== 1) return null
  const format = operand.texts[0]!
  let next = 0
  const parts: Known[] = []
  let from = 0
  for (const { index, 0: mark } of format.matchAll(
    /%(?:%|[-+ #0]*\d*(?:\.\d+)?[sdcrxioa])|\{(?:\d*|[A-Za-z]\w*)(?:![rsa])?(?::[^{}]*)?\}/g,
  )) {
    parts.push(constantOf(format.slice(from, index)))
    from = index + mark.length
    if (mark === '%%') parts.push(constantOf('%'))
    else {
      const given = args[Number(/^\{(\d+)/.exec(mark)?.[1] ?? next)] ?? unknown
      next++
      parts.push(/[%][^sdrxioa]*c$|:c\}$/.test(mark) ? mapped(given, letterOf) : given)
    }
  }
  if (parts.length === 0) return null
  return concatenated([...parts, constantOf(format.slice(from))])
}

const letterOf = (text: string): string => {
  const code = Number(text)
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : text
}

/** A part of each known text. */
export function sliced(operand: Known, parts: readonly (number | null | undefined)[]): Known {
  const [start, stop, step] = parts
  if (parts.includes(undefined)) return { ...operand, texts: null, made: true }
  if (operand.items) return { ...operand, items: cut(operand.items, start ?? null, stop ?? null, step ?? 1) }
  return mapped({ ...operand }, text => cut(Array.from(text), start ?? null, stop ?? null, step ?? 1).join(''))
}

function cut<T>(all: readonly T[], start: number | null, stop: number | null, step: number): T[] {
  if (step === 0) return []
  const size = all.length
  const within = (at: number) =>
    Math.min(Math.max(at < 0 ? at + size : at, step < 0 ? -1 : 0), step < 0 ? size - 1 : size)
  const from = start === null ? (step < 0 ? size - 1 : 0) : within(start)
  const to = stop === null ? (step < 0 ? -1 : size) : within(stop)
  const out: T[] = []
  for (let at = from; step < 0 ? at > to : at < to; at += step) out.push(all[at]!)
  return out
}
