/** What a signature says of a file. `unchecked`: signed as it is, and nobody said whose signature to trust. */
export type Seal = 'signed' | 'unsigned' | 'invalid' | 'unchecked'

/** A file of a tree and what the signatures beside it say of it. */
export interface SealedFile {
  /** As in the tree. */
  readonly name: string
  readonly seal: Seal
  /** Who signed, as proved or, when `unchecked`, as claimed; empty when nobody did. */
  readonly signer: string
  /** Why it is invalid or unchecked; empty otherwise. */
  readonly reason: string
}

/** A signature bundle found in or beside a tree. */
export interface FoundSignature {
  /** Path of the bundle. */
  readonly path: string
  /** Its name in the tree; null when it lies beside the tree. */
  readonly name: string | null
  readonly seal: Exclude<Seal, 'unsigned'>
  readonly signer: string
  readonly reason: string
  /** Files it covers. */
  readonly files: number
  /** Paths that the signer left out of what was signed. */
  readonly ignoredPaths: readonly string[]
}

/** All signatures of a tree, and what they say of each of its files but the bundles themselves. */
export interface TreeSignatures {
  readonly bundles: readonly FoundSignature[]
  /** By code points of their names. */
  readonly files: readonly SealedFile[]
}
