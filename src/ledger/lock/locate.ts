import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../core/lean.ts'
import { type ReadLock, readLock } from './read.ts'
import type { LockedArtifact } from './schema.ts'

/** What locks are called. */
export const lockName = 'bezoar.lock'

/** An artifact that a path stands for, or a part of one. */
export interface Target {
  readonly artifact: LockedArtifact
  /** Names of the parts or folders that were named; absent when all of the artifact was. */
  readonly only?: readonly string[]
}

/** A lock, and what paths stand for in it. */
export interface Located extends ReadLock {
  readonly path: string
  readonly targets: readonly Target[]
}

/**
 * Finds what paths stand for: in the lock given, else in every lock upward from each path that knows it, the nearest
 * first. All of them count: a lock that somebody put beside changed files never hides the one that they have not seen.
 * Without paths, everything in the lock given or in that of the working folder.
 */
export function locate(paths: readonly string[], given?: string): Located[] {
  if (paths.length === 0) {
    const path = resolve(given ?? lockName)
    const read = readLock(path)
    return [{ ...read, path, targets: read.lock.artifacts.map(artifact => ({ artifact })) }]
  }
  const located = new Map<string, Located>()
  for (const path of paths) {
    for (const found of locateOne(path, given)) {
      const before = located.get(found.path)?.targets ?? []
      located.set(found.path, { ...found, targets: united([...before, ...found.targets]) })
    }
  }
  return [...located.values()]
}

function locateOne(path: string, given: string | undefined): Located[] {
  const places = placesOf(path)
  const seen: string[] = []
  const found: Located[] = []
  for (const lockPath of given === undefined ? upward(places) : [resolve(given)]) {
    if (given === undefined && !existsSync(lockPath)) continue
    const read = readLock(lockPath)
    const targets = read.lock.artifacts.flatMap(artifact => targetOf(artifact, lockPath, places))
    if (targets.length > 0) found.push({ ...read, path: lockPath, targets })
    else seen.push(lockPath)
  }
  if (found.length > 0) return found
  const where = seen.length > 0 ? `${seen.join(', ')} ${seen.length > 1 ? 'do' : 'does'} not know it` : 'there is none'
  throw new Fault(
    'no-such-path',
    `No lock for ${path}: ${where}.`,
    `Lock it with \`bezoar lock ${path}\`, or name the lock with --lock.`,
  )
}

/** Where a path leads, and every folder that it was told through, the outermost first. */
interface Places {
  /** Without links in the folders above it; the last part stays as named, it may be gone. */
  readonly real: string
  readonly told: readonly { readonly real: string; readonly rest: string }[]
}

function placesOf(path: string): Places {
  const place = resolve(path)
  const told: { real: string; rest: string }[] = []
  for (let folder = dirname(place); folder !== dirname(folder); folder = dirname(folder)) {
    const rest = relative(folder, place)
    // A root in whose place stands a link is still meant by its name.
    told.unshift({ real: realPlace(folder), rest }, { real: realPath(folder), rest })
  }
  return { real: realPlace(place), told }
}

/** The path without links in the folders above it. */
function realPlace(path: string): string {
  const place = resolve(path)
  return join(realPath(dirname(place)), basename(place))
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Where locks may stand: above the path, and above each folder that it was told through. */
function upward({ real, told }: Places): Iterable<string> {
  const folders = new Set<string>()
  for (const place of [real, ...told.map(each => each.real).reverse()])
    for (let folder = place; ; folder = dirname(folder)) {
      folders.add(join(folder, lockName))
      if (dirname(folder) === folder) break
    }
  return folders
}

/** A part is told by the names that led to it from the root: a link in the place of a folder is not what was locked. */
function targetOf(artifact: LockedArtifact, lockPath: string, { real, told }: Places): Target[] {
  const root = rootPlace(lockPath, artifact)
  const within = told.find(each => each.real === root)
  if (within) return [{ artifact, only: [within.rest.split(sep).join('/')] }]
  if (root === real || isBelow(root, real)) return [{ artifact }]
  return isBelow(real, root) ? [{ artifact, only: [relative(root, real).split(sep).join('/')] }] : []
}

/** Where the root of an artifact stands or stood; links above the lock are followed, none below it. */
export const rootPlace = (lockPath: string, { root }: Pick<LockedArtifact, 'root'>): string =>
  resolve(realPath(dirname(resolve(lockPath))), root)

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** One target for each artifact. */
function united(targets: readonly Target[]): Target[] {
  const byName = new Map<string, Target>()
  for (const { artifact, only } of targets) {
    const before = byName.get(artifact.name)
    const isWhole = only === undefined || (before && before.only === undefined)
    byName.set(artifact.name, isWhole ? { artifact } : { artifact, only: [...(before?.only ?? []), ...only] })
  }
  return [...byName.values()]
}
