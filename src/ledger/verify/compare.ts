import type { LockedArtifact, LockedPart } from '../lock/schema.ts'
import { byCodePoints, clashesOf } from '../names.ts'
import type { Tree } from '../tree.ts'
import type { Difference } from './difference.ts'

/** A file as it is now. */
export interface NowPart {
  readonly name: string
  readonly size: number
  readonly link?: string
  /** None when it was not read: its size alone differs from all that was locked, or it cannot be read. */
  readonly digests: { readonly sha256?: string; readonly blake3?: string }
  /** Why it cannot be read. */
  readonly trouble?: string
}

/** The names that a comparison is about; the others count as not asked for. */
export type Scope = (name: string) => boolean

/** Everything in which the files of a tree differ from a lock, by name. */
export function compareParts(
  artifact: LockedArtifact,
  tree: Tree,
  now: readonly NowPart[],
  scope: Scope,
): Difference[] {
  const { gone, fresh, both } = matched(artifact.parts, now, scope)
  const differences = [
    ...both.flatMap(({ was, is }) => changeOf(was, is)),
    ...moved(gone, fresh, tree),
    ...clashes(artifact, tree, scope),
  ]
  return named(swaps(differences, artifact)).sort((a, b) => byCodePoints(a.part, b.part))
}

/** Parts that are on both sides, and those on one alone, as far as they are asked for. */
interface Matched {
  readonly gone: readonly LockedPart[]
  readonly fresh: readonly NowPart[]
  readonly both: readonly { readonly was: LockedPart; readonly is: NowPart }[]
}

/** Both lists are in the order of names, so that one walk along the two matches them. */
function matched(parts: readonly LockedPart[], now: readonly NowPart[], scope: Scope): Matched {
  const gone: LockedPart[] = []
  const fresh: NowPart[] = []
  const both: { was: LockedPart; is: NowPart }[] = []
  for (let p = 0, n = 0; p < parts.length || n < now.length; ) {
    const [was, is] = [parts[p], now[n]]
    const order = !was ? 1 : !is ? -1 : was.name === is.name ? 0 : byCodePoints(was.name, is.name)
    if (order <= 0) p++
    if (order >= 0) n++
    if (order < 0 && scope(was!.name)) gone.push(was!)
    else if (order > 0 && scope(is!.name)) fresh.push(is!)
    else if (order === 0 && scope(was!.name)) both.push({ was: was!, is: is! })
  }
  return { gone, fresh, both }
}

function changeOf(was: LockedPart, is: NowPart): Difference[] {
  const differences: Difference[] = []
  if (was.link !== is.link) differences.push({ kind: 'symlinked', part: was.name, text: linkText(was.link, is.link) })
  if (is.trouble !== undefined) differences.push({ kind: 'unreadable', part: was.name, text: is.trouble })
  else if (!isSame(was, is)) differences.push(changed(was, is))
  return differences
}

/** Every digest that is known must agree, and one must be known. */
const isSame = (was: LockedPart, { size, digests: { sha256, blake3 } }: NowPart): boolean =>
  was.size === size &&
  (sha256 ?? was.sha256) === was.sha256 &&
  (blake3 ?? was.blake3) === was.blake3 &&
  (sha256 ?? blake3) !== undefined

function changed(was: LockedPart, is: NowPart): Difference {
  const grown = is.size - was.size
  const size =
    grown === 0
      ? 'same size'
      : `${Math.abs(grown)} ${Math.abs(grown) === 1 ? 'byte' : 'bytes'} ${grown > 0 ? 'longer' : 'shorter'}`
  return {
    kind: 'changed',
    part: was.name,
    text: `other bytes, ${size}`,
    locked: { size: was.size, sha256: was.sha256 },
    found: { size: is.size, ...is.digests },
  }
}

function linkText(was: string | undefined, is: string | undefined): string {
  if (was === undefined) return `was a file and is now a link to ${is}`
  if (is === undefined) return `was a link to ${was} and is now a file`
  return `was a link to ${was} and now leads to ${is}`
}

/** Removed and added parts; a pair of equal bytes is one part with a new name. */
function moved(gone: readonly LockedPart[], fresh: readonly NowPart[], tree: Tree): Difference[] {
  if (gone.length === 0 && fresh.length === 0) return []
  const places = placesOf(tree)
  const byBytes = new Map<string, NowPart[]>()
  for (const part of fresh) {
    const digest = part.digests.sha256 ?? part.digests.blake3
    if (digest === undefined) continue
    const alike = byBytes.get(digest)
    if (alike) alike.push(part)
    else byBytes.set(digest, [part])
  }
  const renamed = new Set<string>()
  const differences: Difference[] = gone.map(was => {
    const type = typeNow(was, places)
    if (type) return type
    const is = (byBytes.get(was.sha256) ?? byBytes.get(was.blake3))?.shift()
    if (!is || !isSame(was, is)) return { kind: 'removed', part: was.name, text: 'was locked and is gone' }
    renamed.add(is.name)
    return { kind: 'renamed', part: is.name, other: was.name, text: `was locked as ${was.name}; same bytes` }
  })
  for (const part of fresh) {
    if (renamed.has(part.name)) continue
    const what = part.link === undefined ? 'a file' : `a link to ${part.link}`
    differences.push({ kind: 'added', part: part.name, text: `${what} that the lock does not know` })
    if (part.trouble !== undefined) differences.push({ kind: 'unreadable', part: part.name, text: part.trouble })
  }
  return differences
}

/** What stands where, to be asked for many names. */
interface Places {
  readonly files: ReadonlySet<string>
  /** Every folder that holds a file. */
  readonly folders: ReadonlySet<string>
  /** Why something was left out, by its name. */
  readonly leftOut: ReadonlyMap<string, string>
}

function placesOf(tree: Tree): Places {
  const files = new Set(tree.files.map(({ name }) => name))
  const folders = new Set([...files].flatMap(foldersAbove))
  const leftOut = new Map(tree.leftOut.map(({ name, reason }) => [name.replace(/\/$/, ''), reason]))
  return { files, folders, leftOut }
}

/** The folders that a name stands in, the innermost first. */
export function foldersAbove(name: string): string[] {
  const folders: string[] = []
  for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1))
    folders.push(name.slice(0, slash))
  return folders
}

/** What stands in the place of a part that is no file any more, or why it cannot be seen. */
function typeNow({ name }: LockedPart, { files, folders, leftOut }: Places): Difference | null {
  const above = foldersAbove(name)
  const left = [name, ...above].map(place => leftOut.get(place)).find(reason => reason !== undefined)
  if (left?.includes('cannot be')) return { kind: 'unreadable', part: name, text: left }
  if (left?.startsWith('a link')) return { kind: 'symlinked', part: name, text: `was a file and is now ${left}` }
  if (left !== undefined) return { kind: 'type-changed', part: name, text: `was a file and is now ${left}` }
  if (folders.has(name)) return { kind: 'type-changed', part: name, text: 'was a file and is now a folder' }
  const file = above.find(folder => files.has(folder))
  return file === undefined ? null : { kind: 'type-changed', part: name, text: `its folder ${file} is now a file` }
}

/** Parts whose bytes are now those that another part had. */
function swaps(differences: readonly Difference[], artifact: LockedArtifact): Difference[] {
  if (differences.length === 0) return []
  const changedNow = new Set(differences.filter(({ kind }) => kind === 'changed').map(({ part }) => part))
  const owners = new Map<string, string>()
  for (const { name, sha256, blake3 } of artifact.parts)
    if (changedNow.has(name)) owners.set(sha256, name).set(blake3, name)
  return differences.map(difference => {
    const { kind, part, found } = difference
    const owner = kind === 'changed' ? owners.get(found?.sha256 ?? found?.blake3 ?? '') : undefined
    if (owner === undefined || owner === part) return difference
    return { ...difference, kind: 'swapped', other: owner, text: `holds what was locked as ${owner}` }
  })
}

/** Names that fold to one, where the lock knows no such pair. */
function clashes(artifact: LockedArtifact, tree: Tree, scope: Scope): Difference[] {
  if (tree.clashes.length === 0) return []
  const known = new Set(clashesOf(artifact.parts.map(({ name }) => name)).map(group => group.join('\0')))
  return tree.clashes
    .filter(group => !known.has(group.join('\0')) && group.some(scope))
    .map(group => ({
      kind: 'case-clash' as const,
      part: group[0]!,
      other: group.slice(1).join(', '),
      text: `is one name with ${group.slice(1).join(', ')} where case or Unicode forms do not count`,
    }))
}

/** Each difference once. */
function named(differences: readonly Difference[]): Difference[] {
  const seen = new Set<string>()
  return differences.filter(({ kind, part, other }) => {
    const key = [kind, part, other].join('\0')
    return !seen.has(key) && seen.add(key)
  })
}
