import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { Fault } from '../../core/lean.ts'
import { type DigestOptions, digestFiles } from '../digest.ts'
import { defaultIgnores } from '../ignore.ts'
import { byCodePoints, foldedName } from '../names.ts'
import { ignoredOf, type RunnableFile } from '../runnable.ts'
import type { Tree, TreeFile } from '../tree.ts'
import { treeOf } from '../walk.ts'
import { partsId } from './id.ts'
import { unsafeRoot } from './read.ts'
import type { LockedArtifact, LockedPart } from './schema.ts'

/** How to lock a path. */
export interface LockingOptions extends Omit<DigestOptions, 'algorithms' | 'shardBytes' | 'onUnreadable'> {
  /** Where the lock stands or will stand: roots are told from its folder, and it is no part itself. */
  readonly lockPath: string
  readonly kind: LockedArtifact['kind']
  /** Name in the lock; that of the file or folder when absent. */
  readonly name?: string
  /** Patterns beside those that always hold. */
  readonly ignore?: readonly string[]
  readonly linksOut?: boolean
}

/** A path as a lock may hold it, and what a person should know of it. */
export interface Locking {
  readonly artifact: LockedArtifact
  readonly tree: Tree
  /** Files that patterns leave out. */
  readonly ignoredFiles: number
  readonly runnable: readonly RunnableFile[]
  /** What patterns leave out and could not be looked into. */
  readonly unseen: readonly string[]
}

/**
 * Reads a file or folder and gives the entry of a lock, without table, origin, decision and baseline.
 * @throws Fault when a file cannot be read, changes meanwhile, or nothing is there to lock
 */
export async function lockPath(path: string, options: LockingOptions): Promise<Locking> {
  const ignored = [...defaultIgnores, ...(options.ignore ?? [])]
  const linksOut = options.linksOut === true
  const tree = withoutFile(await treeOf(path, { ignore: ignored, defaults: false, linksOut }), options.lockPath)
  if (tree.files.length === 0)
    throw new Fault('nothing-to-do', `${path} holds no file that could be locked.`, 'Name the folder that is meant.')
  const parts = await partsOf(tree.files, options)
  const inside = await ignoredOf(tree, resolve(path))
  const pinned = await runnableParts(inside.runnable, options)
  const artifact: LockedArtifact = {
    name: options.name ?? basename(resolve(path)),
    kind: options.kind,
    root: rootFrom(options.lockPath, path),
    ...(tree.isFile ? { file: true as const } : {}),
    id: partsId(parts),
    parts,
    ignored,
    ...(linksOut ? { linksOut } : {}),
    ...(pinned.length > 0 ? { runnable: pinned } : {}),
    ...(tree.leftOut.length > 0 ? { leftOut: [...tree.leftOut] } : {}),
  }
  return { artifact, tree, ignoredFiles: inside.files, runnable: inside.runnable, unseen: inside.unseen }
}

async function partsOf(files: readonly TreeFile[], options: LockingOptions): Promise<LockedPart[]> {
  const digested = await digestFiles(files, { ...options, algorithms: ['sha256', 'blake3'] })
  return digested.map(({ name, sizeBytes, digests }, i) => {
    const { link } = files[i]!
    const part = { name, size: sizeBytes, sha256: digests.sha256!, blake3: digests.blake3! }
    return link === undefined ? part : { ...part, link }
  })
}

/** Digests of what could be run of the files left out, by name. */
export async function runnableParts(
  runnable: readonly RunnableFile[],
  { workers, signal }: Pick<DigestOptions, 'workers' | 'signal'>,
): Promise<NonNullable<LockedArtifact['runnable']>> {
  const files = runnable.map(({ file }) => file).sort((a, b) => byCodePoints(a.name, b.name))
  const digested = await digestFiles(files, {
    algorithms: ['sha256'],
    ...(workers === undefined ? {} : { workers }),
    ...(signal ? { signal } : {}),
    onUnreadable: () => {},
  })
  const links = new Map(files.map(({ name, link }) => [name, link]))
  return digested.map(({ name, sizeBytes, digests }) => {
    const link = links.get(name)
    return { name, size: sizeBytes, sha256: digests.sha256!, ...(link === undefined ? {} : { link }) }
  })
}

/** A tree without the file of the lock, which cannot hold its own digest; another name of that file stays. */
export function withoutFile(tree: Tree, path: string): Tree {
  let inode: bigint
  let device: bigint
  try {
    const known = statSync(path, { bigint: true })
    inode = known.ino
    device = known.dev
  } catch {
    return tree
  }
  const isIt = (file: TreeFile) =>
    file.inode === inode &&
    file.device === device &&
    file.link === undefined &&
    foldedName(realpathSync(file.path)) === foldedName(realpathSync(path))
  return tree.files.some(isIt) ? { ...tree, files: tree.files.filter(file => !isIt(file)) } : tree
}

/** A path told from the folder of the lock, `/` between its parts. */
export function rootFrom(lockPath: string, path: string): string {
  const root = relative(realFolder(dirname(resolve(lockPath))), realFolder(resolve(path)))
  const written = root === '' ? '.' : root.split(sep).join('/')
  const why = unsafeRoot(written)
  if (why) throw new Fault('bad-option', `${path} cannot be told from the folder of the lock: ${why}.`)
  return written
}

/** The folder itself when a link leads to it; the last part of a path to a file stays as named. */
function realFolder(path: string): string {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : resolve(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}
