/** What becomes of what a reference names: code runs, weights are loaded, data is read, the rest is only named. */
export type ReferenceUse = 'runs' | 'loaded' | 'read' | 'named'

/** A place in a file of an artifact that names something outside of it. */
export interface Reference {
  readonly file: string
  /** One-based. */
  readonly line: number
  /** What is named: an address, or `owner/name` on a hub. Names and passwords in it are left out. */
  readonly url: string
  /** A commit or a digest that says which bytes are meant; null when it says none. */
  readonly pin: string | null
  readonly use: ReferenceUse
}

/** A reference before its file is known. */
export type Named = Omit<Reference, 'file'>

/** One map or list of a file of settings, with the scalars in it. */
export interface Group {
  /** Keys from the top down to it. */
  readonly path: readonly string[]
  readonly leaves: ReadonlyMap<string, Leaf>
}

export interface Leaf {
  readonly value: string
  readonly line: number
}

/** Groups of a file; `whole` is false when the rest could not be read. */
export interface Groups {
  readonly groups: readonly Group[]
  readonly whole: boolean
}

/** Settings that people write have hundreds of scalars; vocabularies have more, and name nothing. */
export const mostLeaves = 400_000
export const mostDepth = 100
