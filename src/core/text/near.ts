import type { Role } from '../table.ts'

/** What counts as a near-copy, and how much may be held to find them. */
export interface NearDuplicatesOptions {
  readonly role: Role
  /** Jaccard similarity of token pairs from which two texts are near-copies. */
  readonly similarity: number
  /** Most distinct similarity keys watched, 12 bytes each. */
  readonly keys: number
  /** Most distinct candidate texts held for comparison. */
  readonly texts: number
  /** Most candidate rows held. */
  readonly rows: number
}

/** What every detector asks for near-copies with, so that they are found once. */
export const nearDuplicatesDefaults: NearDuplicatesOptions = {
  role: 'text',
  similarity: 0.6,
  keys: 12_000_000,
  texts: 200_000,
  rows: 1_000_000,
}
