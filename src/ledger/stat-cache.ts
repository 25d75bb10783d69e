import type { Algorithm, TreeFile } from './tree.ts'

/** Digests by what the file system says of a file: size, times, inode and device. */
export interface StatCache {
  /** Digests of a file that looks as it did; undefined when one of the algorithms is missing. */
  get(file: TreeFile, algorithms: readonly Algorithm[]): Readonly<Partial<Record<Algorithm, string>>> | undefined
  set(file: TreeFile, digests: Readonly<Partial<Record<Algorithm, string>>>): void
}
