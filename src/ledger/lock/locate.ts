import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Fault } from '../../core/index.ts'
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
 * Finds what paths stand for: in the lock given, else in the first lock upward from each path that knows it.
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
    const found = locateOne(path, given)
    const before = located.get(found.path)?.targets ?? []
    located.set(found.path, { ...found, targets: united([...before, ...found.targets]) })
  }
  return [...located.values()]
}

function locateOne(path: string, given: string | undefined): Located {
  const place = realPlace(path)
  const seen: string[] = []
  for (const lockPath of given === undefined ? upward(place) : [resolve(given)]) {
    if (given === undefined && !existsSync(lockPath)) continue
    const read = readLock(lockPath)
    const targets = read.lock.artifacts.flatMap(artifact => targetOf(artifact, lockPath, place))
    if (targets.length > 0) return { ...read, path: lockPath, targets }
    seen.push(lockPath)
  }
  const where = seen.length > 0 ? `${seen.join(', ')} ${seen.length > 1 ? 'do' : 'does'} not know it` : 'there is none'
  throw new Fault(
    'no-such-path',
    `No lock for ${path}: ${where}.`,
    `Lock it with \`bezoar lock ${path}\`, or name the lock with --lock.`,
  )
}

/** The path without links in the folders above it; the last part stays as named, it may be gone. */
function realPlace(path: string): string {
  const place = resolve(path)
  try {
    return join(realpathSync(dirname(place)), basename(place))
  } catch {
    return place
  }
}

function* upward(place: string): Iterable<string> {
  for (let folder = place; ; folder = dirname(folder)) {
    yield join(folder, lockName)
    if (dirname(folder) === folder) return
  }
}

function targetOf(artifact: LockedArtifact, lockPath: string, place: string): Target[] {
  const root = resolve(realPlace(dirname(lockPath)), artifact.root)
  if (root === place || isBelow(root, place)) return [{ artifact }]
  return isBelow(place, root) ? [{ artifact, only: [relative(root, place).split(sep).join('/')] }] : []
}

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
