import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type Origin, type OriginPart, someOf } from '../origin.ts'
import { blobIdOfFile, idOf, troubleOf } from './bytes.ts'
import type { Objects } from './objects.ts'
import { openRepository, type Repository, topOf } from './repository.ts'
import { type Entry, entriesBelow, treeOfCommit } from './tree.ts'

/** Larger files are most often kept elsewhere: whether the commit holds a pointer is asked before they are hashed. */
const largeBytes = 1 << 20
/** Git LFS writes pointers of at most this size. */
const pointerBytes = 1024
/** Beyond this, line ends are not compared. */
const mostTextBytes = 16 << 20
const mostModules = 100

/** What all files of one checkout are compared with. */
interface Ground {
  readonly objects: Objects
  readonly idBytes: number
  readonly entries: ReadonlyMap<string, Entry>
}

type Standing = 'same' | 'pointer' | 'line-ends' | 'other'

/**
 * Compares files with the commit of the Git checkout that holds them; null when they are in none, or when none of them
 * is in its commit. Only objects are read, each checked against its id from the commit down; hooks, filters and
 * configuration are never obeyed.
 * @param root the folder of the artifact, or its only file.
 */
export async function gitOrigin(root: string, isFile: boolean, parts: readonly OriginPart[]): Promise<Origin | null> {
  const real = await realpath(root).catch(() => null)
  if (real === null) return null
  const top = await topOf(isFile ? dirname(real) : real)
  if (top === null) return null
  const below = relative(top, isFile ? dirname(real) : real)
  const folder = below === '' ? [] : below.split(/[\\/]/)
  try {
    const repository = await openRepository(top)
    return await compared(repository, folder, parts, isFile)
  } catch (reason) {
    return { origin: null, remarks: [`The Git repository at ${top} could not be read: ${troubleOf(reason)}.`] }
  }
}

async function compared(
  { objects, commit, remote, top }: Repository,
  folder: readonly string[],
  parts: readonly OriginPart[],
  isFile: boolean,
): Promise<Origin | null> {
  const idBytes = commit.length / 2
  const entries = await entriesBelow(objects, await treeOfCommit(objects, commit), folder)
  const remarks: string[] = []
  const grounds = new Map<string, Ground>([['', { objects, idBytes, entries }]])
  await withModules(grounds, join(top, ...folder), entries, remarks)
  const outcome = { checked: 0, differing: [] as string[], unknown: [] as string[] }
  const told: Record<'pointer' | 'line-ends', string[]> = { pointer: [], 'line-ends': [] }
  for (const part of parts) {
    const found = entryFor(grounds, part.name)
    if (!found) {
      outcome.unknown.push(part.name)
      continue
    }
    const standing = await standingOf(part, found.entry, found.ground)
    if (standing === 'pointer' || standing === 'line-ends') told[standing].push(part.name)
    if (standing === 'same' || standing === 'pointer') outcome.checked++
    else outcome.differing.push(part.name)
  }
  if (outcome.checked + outcome.differing.length === 0) return null
  if (told.pointer.length > 0)
    remarks.push(`Git LFS pointers stand here instead of the files they name: ${someOf(told.pointer)}.`)
  if (told['line-ends'].length > 0)
    remarks.push(`Only the line ends differ from the commit in ${someOf(told['line-ends'])}.`)
  const here = new Set(parts.map(part => part.name))
  const absent = isFile
    ? []
    : [...entries].flatMap(([name, e]) => (e.kind === 'module' || here.has(name) ? [] : [name]))
  if (absent.length > 0) remarks.push(`In the commit and not among these files: ${someOf(absent)}.`)
  return { origin: { kind: 'git', repository: remote, commit, ...outcome }, remarks }
}

/** Submodules are checkouts of their own; the outer commit says which commit they must be. */
async function withModules(
  grounds: Map<string, Ground>,
  folder: string,
  entries: ReadonlyMap<string, Entry>,
  remarks: string[],
): Promise<void> {
  const modules = [...entries].filter(([, entry]) => entry.kind === 'module').slice(0, mostModules)
  for (const [name, { id }] of modules) {
    try {
      const { objects, commit } = await openRepository(join(folder, name))
      if (commit !== id) remarks.push(`Submodule ${name} is at ${commit}; the commit names ${id}.`)
      const own = await entriesBelow(objects, await treeOfCommit(objects, id), [])
      grounds.set(`${name}/`, { objects, idBytes: id.length / 2, entries: own })
    } catch (reason) {
      remarks.push(`Submodule ${name} could not be read: ${troubleOf(reason)}.`)
    }
  }
}

function entryFor(grounds: ReadonlyMap<string, Ground>, name: string): { entry: Entry; ground: Ground } | null {
  for (const [prefix, ground] of grounds) {
    if (!name.startsWith(prefix)) continue
    const entry = ground.entries.get(name.slice(prefix.length))
    if (entry && entry.kind !== 'module') return { entry, ground }
  }
  return null
}

async function standingOf(part: OriginPart, entry: Entry, { objects, idBytes }: Ground): Promise<Standing> {
  if (entry.kind === 'link')
    return part.link !== undefined && idOf('blob', Buffer.from(part.link), idBytes) === entry.id ? 'same' : 'other'
  if (part.link !== undefined) return 'other'
  if (part.size > largeBytes) {
    const pointed = await pointerIn(objects, entry.id)
    if (pointed) return pointed === part.sha256 ? 'same' : 'other'
  }
  if ((await blobIdOfFile(part.path, part.size, idBytes)) === entry.id)
    return part.size <= pointerBytes && (await pointerIn(objects, entry.id)) ? 'pointer' : 'same'
  const pointed = part.size > largeBytes ? null : await pointerIn(objects, entry.id)
  if (pointed) return pointed === part.sha256 ? 'same' : 'other'
  return part.size <= mostTextBytes && (await sameButLineEnds(part.path, entry.id, idBytes)) ? 'line-ends' : 'other'
}

/** The SHA-256 of the file that a Git LFS pointer stands for; null when the object is no pointer. */
async function pointerIn(objects: Objects, id: string): Promise<string | null> {
  const object = await objects.read(id, pointerBytes).catch(() => null)
  if (object?.type !== 'blob') return null
  const text = object.data.toString('utf8')
  if (!text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return null
  return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] ?? null
}

/** A checkout may write CR LF where the commit has LF. */
async function sameButLineEnds(path: string, id: string, idBytes: number): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null)
  if (!bytes?.includes('\r\n')) return false
  return idOf('blob', Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), idBytes) === id
}
