import type { Digested, Tree, TreeFile } from '../../tree.ts'
import { isExecutable } from './executable.ts'
import { plainPath, type ShardName, shardName, shardOf, under } from './names.ts'
import type { Refusal } from './refused.ts'
import { alwaysIgnored, type Manifest, type Serialization } from './statement.ts'

/** What the user lets pass. */
export interface Leniency {
  /** Files that nobody signed are named and do not fail. */
  readonly ignoreUnsigned: boolean
  /**
   * Where files that run when used may not lie unsigned: under all ignored paths, under those that the signer added to
   * the four of git, or under none (they are named in any case).
   */
  readonly refuseExecutables: 'all' | 'added' | 'none'
}

/** The files of a tree as a manifest divides them, before any byte is read. */
export interface Scope {
  /** Signed and there: to be hashed. */
  readonly covered: readonly TreeFile[]
  /** There and not signed. */
  readonly unsigned: readonly string[]
  /** Signed and not there. */
  readonly missing: readonly string[]
  /** Not signed because the signer, or the specification, leaves their paths out. */
  readonly ignored: readonly string[]
  /** Empty files, which signatures by shards do not list. */
  readonly empty: readonly string[]
  readonly refusals: readonly Refusal[]
}

/** The paths that a signature leaves out: the signer's and the four that the specification names. */
export const ignoredPathsOf = ({ ignorePaths }: Serialization): string[] => [
  ...new Set([...alwaysIgnored, ...ignorePaths.map(plainPath)]),
]

/** Names of files that a manifest covers. */
export function pathsOf({ serialization, resources }: Manifest): Set<string> {
  if (serialization.method === 'files') return new Set(resources.map(({ name }) => name))
  return new Set(resources.map(({ name }) => shardOf(name)?.path ?? name))
}

/**
 * Divides a tree by a manifest. `self` is the name of the signature in the tree, which no signature covers. A file
 * under an ignored path that the manifest lists is signed all the same.
 */
export function scopeOf(tree: Tree, manifest: Manifest, self: string | null, leniency: Leniency): Scope {
  const signed = pathsOf(manifest)
  const isIgnored = under(tree.isFile ? [] : ignoredPathsOf(manifest.serialization))
  const { allowSymlinks, method } = manifest.serialization
  const found = new Set<string>()
  const scope = { covered: [] as TreeFile[], unsigned: [] as string[], ignored: [] as string[], empty: [] as string[] }
  const refusals: Refusal[] = []
  for (const file of tree.files) {
    if (file.name === self) continue
    const name = tree.isFile && signed.has('.') ? '.' : file.name
    const isLink = file.link !== undefined && !allowSymlinks
    if (signed.has(name)) {
      found.add(name)
      scope.covered.push(file)
    } else if (isIgnored(name)) scope.ignored.push(name)
    else if (method === 'shards' && file.sizeBytes === 0) scope.empty.push(name)
    else scope.unsigned.push(name)
    if (isLink && (signed.has(name) || !(isIgnored(name) || leniency.ignoreUnsigned))) refusals.push(linked(file.name))
  }
  for (const { name, reason } of tree.leftOut) {
    if (isIgnored(name.replace(/\/$/, ''))) scope.ignored.push(name)
    else if (!leniency.ignoreUnsigned) refusals.push({ code: 'not-looked-at', name, message: `${name}: ${reason}.` })
  }
  const missing = [...signed].filter(name => !found.has(name))
  refusals.push(
    ...missing.map(name => refusal('missing', name, 'is signed and not there')),
    ...(leniency.ignoreUnsigned ? [] : scope.unsigned.map(name => refusal('unsigned-file', name, 'is not signed'))),
    ...runningOf(scope.ignored, leniency).map(name =>
      refusal('ignored-executable', name, 'runs when used and lies unsigned under an ignored path'),
    ),
  )
  return { ...scope, missing, refusals }
}

/** Of ignored files, those that run when used and may not lie there. */
export function runningOf(ignored: readonly string[], { refuseExecutables }: Leniency): string[] {
  if (refuseExecutables === 'none') return []
  const running = ignored.filter(isExecutable)
  if (refuseExecutables === 'all') return running
  const isGit = under(alwaysIgnored)
  return running.filter(name => !isGit(name))
}

const refusal = (code: Refusal['code'], name: string, what: string): Refusal => ({
  code,
  name,
  message: `${name} ${what}.`,
})

const linked = (name: string): Refusal => refusal('symlink', name, 'is a symbolic link, and the signature allows none')

/**
 * The covered files that can be what was signed: those with as many ranges as are listed. The others need not be read,
 * and a bundle that asks for ranges of one byte cannot make anybody compute them all.
 */
export function readable({ serialization, resources }: Manifest, { isFile }: Tree, { covered }: Scope): TreeFile[] {
  const { method, shardBytes } = serialization
  if (method === 'files' || shardBytes === undefined) return [...covered]
  const listed = new Map<string, number>()
  for (const { name } of resources) {
    const path = shardOf(name)?.path ?? name
    listed.set(path, (listed.get(path) ?? 0) + 1)
  }
  const countOf = (name: string) => listed.get(name) ?? (isFile ? listed.get('.') : undefined)
  return covered.filter(({ name, sizeBytes }) => countOf(name) === Math.ceil(sizeBytes / shardBytes))
}

/** Compares what the covered files hold now with what was signed. */
export function changesOf(
  manifest: Manifest,
  { isFile }: Tree,
  missing: readonly string[],
  digested: readonly Digested[],
): Refusal[] {
  const { method, hashType, shardBytes } = manifest.serialization
  const expected = new Map(manifest.resources.map(({ name, digest }) => [name, digest]))
  const single = isFile && [...pathsOf(manifest)][0] === '.'
  const changed = new Set<string>()
  const unseen = new Set(expected.keys())
  for (const { name, start, end, digests } of digested) {
    const path = single ? '.' : name
    const resource = method === 'files' ? path : shardName({ path, start, end })
    unseen.delete(resource)
    if (expected.get(resource) !== digests[hashType]) changed.add(path)
  }
  for (const name of unseen) {
    const path = method === 'files' ? name : (shardOf(name)?.path ?? name)
    changed.add(path)
  }
  for (const path of uneven(manifest, shardBytes)) changed.add(path)
  for (const name of missing) changed.delete(name)
  return [...changed].map(name => refusal('changed', name, 'is not what was signed'))
}

/** Files whose shards do not tile them: each must begin where the one before ends, and all but the last be full. */
function uneven({ serialization, resources }: Manifest, shardBytes: number | undefined): string[] {
  if (serialization.method !== 'shards' || shardBytes === undefined) return []
  const shards = new Map<string, ShardName[]>()
  for (const { name } of resources) {
    const shard = shardOf(name)
    if (!shard) continue
    const of = shards.get(shard.path)
    if (of) of.push(shard)
    else shards.set(shard.path, [shard])
  }
  const tiles = (list: readonly ShardName[]) =>
    [...list]
      .sort((a, b) => a.start - b.start)
      .every(({ start, end }, i) => {
        const isLast = i === list.length - 1
        return (
          start === i * shardBytes && (isLast ? end > start && end - start <= shardBytes : end - start === shardBytes)
        )
      })
  return [...shards].filter(([, list]) => !tiles(list)).map(([path]) => path)
}
