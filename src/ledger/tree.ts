/** A file of a tree, with what the file system says of it. */
export interface TreeFile {
  /** Path from the root, `/` between its parts; the name of the file itself when the root is a file. */
  readonly name: string
  /** Where it can be opened. */
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly inode: bigint
  readonly device: bigint
  /** Where it leads, as written, when the tree holds a symbolic link here. */
  readonly link?: string
}

/** What a folder or a file holds, name by name; the bytes are not read yet. */
export interface Tree {
  /** As named by the caller. */
  readonly root: string
  readonly isFile: boolean
  /** By code points of their names. */
  readonly files: readonly TreeFile[]
  /** Found and not opened: links out of the tree or to nowhere, pipes, sockets, folders that cannot be read. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  /** Left out because a pattern says so. */
  readonly ignored: readonly string[]
  /** Names that are one name on file systems that fold case or Unicode forms. */
  readonly clashes: readonly (readonly string[])[]
}

/** Digests that one read of a file can give. */
export type Algorithm = 'sha256' | 'blake3' | 'blake2b'

/** Digests of a file, or of its range [start, end), lower-case hex. */
export interface Digested {
  readonly name: string
  readonly sizeBytes: number
  readonly start: number
  readonly end: number
  readonly digests: Readonly<Partial<Record<Algorithm, string>>>
}
