import type { Severity } from '../../core/index.ts'
import type { Place } from './jinja/ast.ts'

/** Something in a template that honest templates do not have. */
export interface Sighting extends Place {
  readonly rule: Rule
  readonly severity: Severity
  /** What stands there, short. */
  readonly what: string
  readonly why?: string
}

/** Ids of the messages that say it. */
export type Rule =
  | 'climb'
  | 'spelled'
  | 'calls'
  | 'lure'
  | 'fields'
  | 'load'
  | 'endless'
  | 'unlisted'
  | 'gated'
  | 'watches'
  | 'dated'
  | 'counted'
  | 'rewrites'
  | 'swaps'
  | 'appends'
  | 'prefills'
  | 'address'
  | 'orders'
  | 'encoded'
  | 'hidden'
  | 'pushed'

/** What was seen stays seen, also when a variable is set to something else later. */
const lasting: ReadonlySet<Rule> = new Set(['climb', 'spelled', 'calls', 'fields', 'load', 'endless'] as const)

/** Sightings, each place and rule once. */
export class Sightings {
  private readonly found = new Map<string, Sighting>()

  add(sighting: Sighting): void {
    const key = `${sighting.rule} ${sighting.start} ${sighting.end}`
    const known = this.found.get(key)
    if (!known || (known.severity !== 'block' && sighting.severity === 'block')) this.found.set(key, sighting)
  }

  /** Forgets what only a whole view of the template tells. */
  forget(): void {
    for (const [key, { rule }] of this.found) if (!lasting.has(rule)) this.found.delete(key)
  }

  all(): Sighting[] {
    return [...this.found.values()].sort((a, b) => a.start - b.start)
  }
}
