import { frameworkEntries } from './entries.ts'
import { frameworks } from './frameworks.ts'
import { threats } from './list.ts'
import { mappings } from './mappings.ts'
import type { Framework, FrameworkEntry, Threat, ThreatMapping } from './types.ts'

export { translateId } from './translate.ts'
export type { Framework, FrameworkEntry, Threat, ThreatMapping }
export { frameworkEntries, frameworks, threats }

const threatById = new Map(threats.map(t => [t.id, t]))
const entryById = new Map(frameworkEntries.map(e => [e.id.toUpperCase(), e]))
const frameworkById = new Map(frameworks.map(f => [f.id, f]))

/** The threat with this id, or null. */
export const threat = (id: string): Threat | null => threatById.get(id) ?? null

/** The framework with this id, or null. */
export const framework = (id: string): Framework | null => frameworkById.get(id) ?? null

/** The entry with this identifier, in either case, or null. */
export const frameworkEntry = (id: string): FrameworkEntry | null => entryById.get(id.toUpperCase()) ?? null

/** An identifier with all that a reader needs to look it up. */
export interface FrameworkId {
  readonly id: string
  readonly name: string
  readonly framework: string
  /** Short name and edition, e.g. `ATLAS 2026.09`. */
  readonly edition: string
  /** The id so that it means one thing only: `LLM05:2026`, or `AML.T0020 (ATLAS 2026.09)`. */
  readonly printed: string
  readonly url: string
}

/** Which edition of a list that was renumbered. */
export type Edition = '2026' | '2025'
const otherEdition: Readonly<Record<Edition, string>> = { '2026': 'owasp-llm-2025', '2025': 'owasp-llm-2026' }

export interface FrameworkIdOptions {
  /** Edition of the OWASP LLM Top 10, whose ids were renumbered in 2026; 2026 when absent. */
  readonly edition?: Edition
  /** `primary` (default) go on every finding; the others are for a closer look. */
  readonly which?: keyof ThreatMapping
}

/** Identifiers of a threat, each with its edition; none for a threat that does not exist. */
export function frameworkIds(threatId: string, options: FrameworkIdOptions = {}): FrameworkId[] {
  const { edition = '2026', which = 'primary' } = options
  const ids = mappings[threatId]?.[which] ?? []
  return ids.flatMap(id => {
    const entry = frameworkEntry(id)
    return entry && entry.framework !== otherEdition[edition] ? [frameworkIdOf(entry)] : []
  })
}

/** An entry as it is printed beside a finding. */
export function frameworkIdOf(entry: FrameworkEntry): FrameworkId {
  const { short, edition, url } = frameworkById.get(entry.framework)!
  const stated = `${short} ${edition}`
  const printed = /:20\d\d$/.test(entry.id) ? entry.id : `${entry.id} (${stated})`
  return { id: entry.id, name: entry.name, framework: entry.framework, edition: stated, printed, url: entry.url ?? url }
}

/** Threats whose findings carry or touch an identifier. */
export const threatsOf = (entryId: string): Threat[] =>
  threats.filter(t => Object.values(mappings[t.id] ?? {}).some((ids: readonly string[]) => ids.includes(entryId)))

/** Who is to be named where identifiers and names of the frameworks are printed. */
export const frameworkCredits =
  'Names and ids of MITRE ATLAS and CWE belong to The MITRE Corporation, those of the OWASP lists to the OWASP ' +
  'Foundation, those of the AI 100-2 taxonomy to NIST; other names to their owners.'
