import type { Place } from './jinja/ast.ts'

/** Where a value comes from, as far as it matters. */
export type Kind = 'messages' | 'message' | 'content' | 'item' | 'role' | 'tools' | 'date' | 'count' | 'prompt' | 'loop'

/** A question about what a user wrote, about the day, or about how long the conversation is. */
export interface Gate extends Place {
  readonly about: 'text' | 'date' | 'count'
  /** What the answer is compared with. */
  readonly literal: string
}

/** What is known of a value without running the template. */
export interface Known {
  /** Texts that it can be; there may be others. Null when none is known. */
  readonly texts: readonly string[] | null
  /** Literal text that goes into it, known or not. */
  readonly pieces: string
  readonly kinds: ReadonlySet<Kind>
  /** Questions that decide it. */
  readonly gates: readonly Gate[]
  /** The parts of a list. */
  readonly items?: readonly Known[]
  /** Keys of a dict. */
  readonly keys?: readonly string[]
  /** A text is made here rather than taken: concatenated, joined, replaced, formatted. */
  readonly made?: boolean
}

const mostTexts = 16
const mostLength = 2000
const mostGates = 24

export const unknown: Known = { texts: null, pieces: '', kinds: new Set(), gates: [] }
export const ofKind = (...kinds: Kind[]): Known => ({ ...unknown, kinds: new Set(kinds) })
export const constantOf = (...texts: string[]): Known => ({
  texts: texts.slice(0, mostTexts),
  pieces: texts.join(' ').slice(0, mostLength),
  kinds: new Set(),
  gates: [],
})
export const has = ({ kinds }: Known, ...wanted: Kind[]): boolean => wanted.some(kind => kinds.has(kind))
/** Of the conversation. */
export const isSaid = (known: Known): boolean => has(known, 'messages', 'message', 'content', 'item', 'role')

function gatesOf(...lists: readonly (readonly Gate[])[]): Gate[] {
  if (lists.every(list => list.length === 0)) return []
  const found = new Map<string, Gate>()
  for (const gate of lists.flat())
    if (found.size < mostGates) found.set(`${gate.about} ${gate.literal} ${gate.start}`, gate)
  return [...found.values()]
}

export const gated = (known: Known, gates: readonly Gate[]): Known =>
  gates.length === 0 ? known : { ...known, gates: gatesOf(known.gates, gates) }

const shortened = (text: string): string => (text.length > mostLength ? text.slice(0, mostLength) : text)

/** A value that is one of several. */
export function either(...all: readonly Known[]): Known {
  const some = all.filter(each => each !== unknown)
  if (some.length <= 1) return some[0] ?? unknown
  const texts = [...new Set(some.flatMap(each => each.texts ?? []))]
  const items = some.flatMap(each => each.items ?? [])
  const keys = some.flatMap(each => each.keys ?? [])
  return {
    texts: texts.length > 0 ? texts.slice(0, mostTexts) : null,
    pieces: joinedPieces(some),
    kinds: new Set(some.flatMap(each => [...each.kinds])),
    gates: gatesOf(...some.map(each => each.gates)),
    ...(items.length > 0 ? { items: items.slice(0, 200) } : {}),
    ...(keys.length > 0 ? { keys: keys.slice(0, 200) } : {}),
    ...(some.some(each => each.made) ? { made: true } : {}),
  }
}

const joinedPieces = (all: readonly Known[]): string =>
  shortened([...new Set(all.map(each => each.pieces).filter(piece => piece !== ''))].join(' '))

/** Texts one after another. */
export function concatenated(all: readonly Known[], between = ''): Known {
  let texts: string[] | null = ['']
  for (const [k, each] of all.entries()) {
    if (texts === null || each.texts === null || texts.length * each.texts.length > mostTexts) texts = null
    else texts = texts.flatMap(before => each.texts!.map(text => shortened(before + (k > 0 ? between : '') + text)))
  }
  return {
    texts,
    pieces: shortened(all.map(each => each.texts?.[0] ?? each.pieces).join(between)),
    kinds: new Set(all.flatMap(each => [...each.kinds])),
    gates: gatesOf(...all.map(each => each.gates)),
    made: true,
  }
}

/** Applies a function to each text that is known. */
export function mapped(known: Known, change: (text: string) => string): Known {
  const texts = known.texts?.map(text => shortened(change(text))) ?? null
  return {
    ...known,
    texts,
    pieces: texts?.join(' ').slice(0, mostLength) ?? shortened(change(known.pieces)),
    made: true,
  }
}
