import type { LockedOrigin, LockedPart } from '../lock/schema.ts'

/** A file whose origin is asked for: where it is, and what its bytes are. */
export interface OriginPart extends Pick<LockedPart, 'name' | 'size' | 'sha256' | 'link'> {
  /** Where it can be opened. */
  readonly path: string
}

/** Where files came from, and what a person should know of it beside. */
export interface Origin {
  /** Null when there is a place that could not be read: the remarks say why. */
  readonly origin: LockedOrigin | null
  /** Sentences: files of the commit that are not here, pointers without their files, changed line ends. */
  readonly remarks: readonly string[]
}

/** What became of the files, one by one. */
export interface Checked {
  readonly checked: number
  readonly differing: readonly string[]
  readonly unknown: readonly string[]
}

/** A few names and how many more there are. */
export function someOf(names: readonly string[], most = 5): string {
  const more = names.length - most
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
