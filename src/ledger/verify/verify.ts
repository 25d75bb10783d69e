import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fault } from '../../core/lean.ts'
import { type DigestOptions, digestFiles } from '../digest.ts'
import { runnableParts, withoutFile } from '../lock/artifact.ts'
import { rootPlace } from '../lock/locate.ts'
import type { LockedArtifact, LockedTable } from '../lock/schema.ts'
import { clashesOf } from '../names.ts'
import { ignoredOf } from '../runnable.ts'
import type { Algorithm, Tree } from '../tree.ts'
import { treeOf } from '../walk.ts'
import { compareLeftOut, compareRunnable } from './beside.ts'
import { compareParts, type NowPart, type Scope } from './compare.ts'
import type { Difference, Verified } from './difference.ts'
import { editedShards, type TableNow } from './rows.ts'

/** How to verify an artifact. */
export interface VerifyOptions extends Omit<DigestOptions, 'algorithms' | 'shardBytes' | 'onUnreadable'> {
  /** Where the lock stands: roots are told from its folder. */
  readonly lockPath: string
  /** SHA-256 alone when absent. */
  readonly algorithms?: readonly Algorithm[]
  /** Parts or folders to verify, by name; all of them when absent. */
  readonly only?: readonly string[]
  /** Reads the rows of a table whose bytes changed, to say which. */
  readonly pin?: (path: string, isFile: boolean, like: LockedTable) => Promise<TableNow | undefined>
}

/** Compares what stands at the root of an artifact with what was locked. */
export async function verifyArtifact(artifact: LockedArtifact, options: VerifyOptions): Promise<Verified> {
  const path = rootPlace(options.lockPath, artifact)
  const scope = scopeOf(options.only)
  const tree = await treeNow(artifact, path, options.lockPath)
  if (tree instanceof Fault) return missing(artifact, scope, tree)
  if (tree.isFile !== (artifact.file === true)) return otherType(artifact, scope, tree)
  const now = await partsNow(artifact, tree, scope, options)
  const inside = await ignoredOf({ ...tree, ignored: tree.ignored.filter(isNear(options.only)) }, path)
  const runnable = await runnableParts(inside.runnable, options)
  const found = compareParts(artifact, tree, now, scope)
  const beside = [
    ...compareLeftOut(artifact, tree, scope),
    ...compareRunnable(artifact, inside.runnable, runnable, scope),
  ]
  const differing = new Set(found.map(({ part, other, kind }) => (kind === 'renamed' ? other : part)))
  const same = artifact.parts.filter(({ name }) => scope(name) && !differing.has(name))
  return {
    artifact: artifact.name,
    root: artifact.root,
    same: same.length,
    bytes: same.reduce((sum, { size }) => sum + size, 0),
    differences: [...behindLink(path, tree), ...(await withRows(found, artifact, tree.isFile, options)), ...beside],
    notes: notesOf(artifact, inside.files, inside.unseen, tree.clashes.length > 0),
  }
}

/** A name is asked for when it, or a folder above it, is. */
function scopeOf(only: readonly string[] | undefined): Scope {
  if (!only || only.includes('')) return () => true
  const names = new Set(only)
  return name => names.has(name) || only.some(folder => name.startsWith(`${folder}/`))
}

/** What is left out is looked into where it holds something asked for, or stands below it. */
const isNear =
  (only: readonly string[] | undefined) =>
  (ignored: string): boolean =>
    scopeOf(only)(ignored.replace(/\/$/, '')) || only!.some(name => `${name}/`.startsWith(ignored))

async function treeNow(artifact: LockedArtifact, path: string, lockPath: string): Promise<Tree | Fault> {
  try {
    const { ignored, linksOut } = artifact
    return withoutFile(await treeOf(path, { ignore: ignored, defaults: false, linksOut: linksOut === true }), lockPath)
  } catch (reason) {
    if (reason instanceof Fault && ['no-such-path', 'unreadable'].includes(reason.code)) return reason
    throw reason
  }
}

/** Nothing stands at the root, or it may not be opened. */
function missing(artifact: LockedArtifact, scope: Scope, why: Fault): Verified {
  const kind = why.code === 'no-such-path' ? 'removed' : 'unreadable'
  const text = kind === 'removed' ? 'was locked and is gone' : why.message
  const asked = artifact.parts.filter(({ name }) => scope(name))
  const differences = asked.map(({ name }): Difference => ({ kind, part: name, text }))
  return nothingSame(artifact, differences)
}

const nothingSame = (artifact: LockedArtifact, differences: readonly Difference[]): Verified => {
  return { artifact: artifact.name, root: artifact.root, same: 0, bytes: 0, differences, notes: [] }
}

/** A folder stands in the place of a locked file, or a file in that of a folder; equal names in them prove nothing. */
function otherType(artifact: LockedArtifact, scope: Scope, { isFile }: Tree): Verified {
  const text = isFile ? 'its folder is now a file' : 'was a file and is now a folder'
  const asked = artifact.parts.filter(({ name }) => scope(name))
  return nothingSame(
    artifact,
    asked.map(({ name }): Difference => ({ kind: 'type-changed', part: name, text })),
  )
}

/** Roots are locked without links above them: one that stands there now can be led elsewhere at any time. */
function behindLink(path: string, { isFile }: Tree): Difference[] {
  const real = isFile ? join(realpathSync(dirname(path)), basename(path)) : realpathSync(path)
  return real === path ? [] : [{ kind: 'symlinked', part: '.', text: `the root is now behind a link to ${real}` }]
}

async function partsNow(
  artifact: LockedArtifact,
  tree: Tree,
  scope: Scope,
  options: VerifyOptions,
): Promise<NowPart[]> {
  const sizes = new Set(artifact.parts.map(({ size }) => size))
  const troubles = new Map<string, string>()
  // Bytes of a size that nothing was locked with are other bytes, whatever they are.
  const wanted = tree.files.filter(file => scope(file.name) && sizes.has(file.sizeBytes))
  const digested = await digestFiles(wanted, {
    ...options,
    algorithms: options.algorithms ?? ['sha256'],
    onUnreadable: (file, fault) => void troubles.set(file.name, fault.message),
  })
  let next = 0
  return tree.files.map(({ name, sizeBytes, link }) => {
    const known = digested[next]?.name === name ? digested[next++]!.digests : undefined
    const trouble = troubles.get(name)
    return {
      name,
      size: sizeBytes,
      digests: known ?? {},
      ...(link === undefined ? {} : { link }),
      ...(trouble === undefined ? {} : { trouble }),
    }
  })
}

async function withRows(
  differences: readonly Difference[],
  { table, root }: LockedArtifact,
  isFile: boolean,
  { pin, lockPath }: VerifyOptions,
): Promise<readonly Difference[]> {
  const shards = new Set(table?.shards.map(({ name }) => name))
  const edited = differences.filter(({ kind, part }) => kind === 'changed' && shards.has(part))
  if (!table || !pin || edited.length === 0) return differences
  const now = await pin(rootPlace(lockPath, { root }), isFile, table)
  if (!now) return differences
  const rows = editedShards(table, now)
  return differences.map(difference => {
    const told = difference.kind === 'changed' ? rows.get(difference.part) : undefined
    return told ? { ...difference, rows: told } : difference
  })
}

function notesOf(
  artifact: LockedArtifact,
  ignoredFiles: number,
  unseen: readonly string[],
  hasClashes: boolean,
): string[] {
  const notes: string[] = []
  const { leftOut = [], runnable = [] } = artifact
  if (leftOut.length > 0)
    notes.push(`not pinned, as when it was locked: ${some(leftOut.map(({ name, reason }) => `${name} (${reason})`))}`)
  if (ignoredFiles > 0)
    notes.push(
      `${ignoredFiles} ${ignoredFiles === 1 ? 'file' : 'files'} left out by patterns (${artifact.ignored.join(' ')}), ` +
        `${runnable.length} of them pinned because something could run them`,
    )
  if (unseen.length > 0) notes.push(`left out by patterns and not looked into: ${some(unseen)}`)
  const clashes = hasClashes ? clashesOf(artifact.parts.map(({ name }) => name)) : []
  for (const group of clashes) notes.push(`one name where case or Unicode forms do not count: ${group.join(', ')}`)
  return notes
}

function some(items: readonly string[], most = 5): string {
  const more = items.length - most
  return items.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
