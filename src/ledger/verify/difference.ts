/** In what way a tree is not as it was locked. */
export type DifferenceKind =
  | 'added'
  | 'removed'
  | 'changed'
  | 'renamed'
  | 'swapped'
  | 'symlinked'
  | 'case-clash'
  | 'ignored'
  | 'type-changed'
  | 'unreadable'

/** One way in which a tree is not as it was locked. */
export interface Difference {
  readonly kind: DifferenceKind
  /** Name of the part; for `renamed` the new one. */
  readonly part: string
  /** The other name, for `renamed` and `swapped`. */
  readonly other?: string
  /** One clause for a person, after the name of the part. */
  readonly text: string
  /** What the lock says, and what is there. */
  readonly locked?: { readonly size: number; readonly sha256: string }
  readonly found?: { readonly size: number; readonly sha256?: string; readonly blake3?: string }
  /** Sentences: which rows of a table were edited or appended. */
  readonly rows?: readonly string[]
}

/** How one artifact compares with its lock. */
export interface Verified {
  readonly artifact: string
  readonly root: string
  /** Parts that are as they were locked, proven by their bytes or, with the stat cache, by their looks. */
  readonly same: number
  readonly bytes: number
  readonly differences: readonly Difference[]
  /** Sentences on what is no difference and should be known: what is not pinned, who can be told apart by case alone. */
  readonly notes: readonly string[]
}

/** 1 when what was trusted differs, 3 when something could not be read, else 0. */
export function verdictCode(verified: readonly Verified[]): 0 | 1 | 3 {
  const kinds = new Set(verified.flatMap(({ differences }) => differences.map(({ kind }) => kind)))
  const unreadable = kinds.delete('unreadable')
  if (kinds.size > 0) return 1
  return unreadable ? 3 : 0
}
