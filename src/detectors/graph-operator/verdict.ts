import type { Act, Severity } from '../../core/index.ts'

/** What a list says of one act of a program. */
export interface Verdict {
  readonly list: 'allowed' | 'review' | 'unknown' | 'denied'
  readonly severity: Severity
  /** Why it matters: what the name can do, or that nobody knows. */
  readonly mechanism: string
  readonly remedy?: string
}

/** Judges one act of a program in one language; null when there is nothing to say. */
export type Judge = (act: Act) => Verdict | null
