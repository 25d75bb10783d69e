import { framework, frameworkEntry, frameworkIdOf, frameworkIds, threat, threatsOf } from './index.ts'
import { translateId } from './translate.ts'

/** An id in plain words, for people. */
export interface Explanation {
  readonly id: string
  readonly kind: 'threat' | 'framework' | 'framework-entry'
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly next: readonly string[]
  /** Other ids that lead further, each with a name. */
  readonly see: readonly { readonly id: string; readonly name: string }[]
  readonly url?: string
  /** Said when the id that was asked for is retired, renumbered or ambiguous. */
  readonly warning?: string
}

/** Explains a threat, a framework or an identifier of one; null when there is no such id. */
export function explainId(id: string): Explanation[] | null {
  const own = explainThreat(id) ?? explainFramework(id)
  if (own) return [own]
  const translation = translateId(id)
  if (!translation) return null
  const { ids, warning } = translation
  const found = ids.flatMap(one => explainEntry(one) ?? [])
  return found.map((e, i) => (warning && i === 0 ? { ...e, warning } : e))
}

function explainThreat(id: string): Explanation | null {
  const found = threat(id)
  if (!found) return null
  return {
    id,
    kind: 'threat',
    title: found.name,
    paragraphs: [found.meaning, `For example: ${found.example}`],
    next: found.next,
    see: [...frameworkIds(id), ...frameworkIds(id, { which: 'mitigations' })].map(f => ({
      id: f.printed,
      name: f.name,
    })),
  }
}

function explainFramework(id: string): Explanation | null {
  const found = framework(id)
  if (!found) return null
  const paragraphs = [`Published by ${found.owner}. Bezoar uses the ids of this edition: ${found.edition}.`]
  return { id, kind: 'framework', title: found.name, paragraphs, next: [], see: [], url: found.url }
}

function explainEntry(id: string): Explanation | null {
  const entry = frameworkEntry(id)
  if (!entry) return null
  const { edition, url, printed } = frameworkIdOf(entry)
  const kind = entry.kind ? ` (${entry.kind.replace('-', ' ')})` : ''
  return {
    id: printed,
    kind: 'framework-entry',
    title: entry.name,
    paragraphs: [entry.summary, `Listed in ${edition}${kind}.`],
    next: [],
    see: threatsOf(entry.id).map(t => ({ id: t.id, name: t.name })),
    url,
  }
}
