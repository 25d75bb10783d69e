import { type Act, type Found, type Model, type Program, programsOf } from '../../core/index.ts'

/** An act that the earlier version does not have. */
export interface NewAct {
  readonly where: Found<Program>
  readonly act: Act
}

/** What a person must know about when it is new. Ids of storages and states differ from version to version. */
const kinds: ReadonlySet<Act['kind']> = new Set(['import', 'call', 'unresolved', 'operator', 'reach'])

const nameOf = ({ module, name }: Act): string => (module === '' ? name : `${module}.${name}`)
const keyOf = ({ found }: Found<Program>, act: Act): string => `${found.language}\0${nameOf(act)}`

/** Things that the programs of a model name or do and those of the earlier version do not, one of a name. */
export function newActs(model: Model, base: Model): NewAct[] {
  const known = new Set<string>()
  for (const where of programsOf(base)) for (const act of where.found.acts) known.add(keyOf(where, act))
  const fresh: NewAct[] = []
  for (const where of programsOf(model))
    for (const act of where.found.acts) {
      const key = keyOf(where, act)
      if (!kinds.has(act.kind) || known.has(key)) continue
      known.add(key)
      fresh.push({ where, act })
    }
  return fresh
}

/** A template that the earlier version does not have, with the one of its title that it had. */
export interface NewTemplate {
  readonly where: Found<Program>
  readonly source: string
  readonly before: string | null
}

/** Templates whose text is not the text of any earlier one. */
export function newTemplates(model: Model, base: Model): NewTemplate[] {
  const earlier = [...templatesOf(base)]
  const texts = new Set(earlier.map(({ source }) => source))
  return [...templatesOf(model)]
    .filter(({ source }) => !texts.has(source))
    .map(({ where, source }) => {
      const before = earlier.find(each => each.where.found.title === where.found.title) ?? earlier[0]
      return { where, source, before: before?.source ?? null }
    })
}

function* templatesOf(model: Model) {
  for (const where of programsOf(model))
    if (where.found.language === 'jinja' && where.found.source !== undefined)
      yield { where, source: where.found.source }
}

export type Line = { sign: '+' | '-' | ' '; text: string }
/** Longer texts are compared by their first lines. */
const mostLines = 600
const mostChanges = 200
const mostText = 300

/** Lines that were taken out and put in, by the longest common subsequence, with one line around them. */
export function changesOf(before: string, now: string): Line[] {
  const [a, b] = [before, now].map(text => text.split('\n').slice(0, mostLines)) as [string[], string[]]
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
  const lines: Line[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: ' ', text: a[i]! })
      i++
      j++
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!))
      lines.push({ sign: '-', text: a[i++]! })
    else lines.push({ sign: '+', text: b[j++]! })
  }
  return lines
    .filter(({ sign }, k) => sign !== ' ' || lines[k - 1]?.sign === '+' || (lines[k + 1] ?? { sign: ' ' }).sign !== ' ')
    .slice(0, mostChanges)
    .map(({ sign, text }) => ({ sign, text: text.slice(0, mostText) }))
}
