import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { smallFile, Unreadable } from './bytes.ts'
import { type Objects, openObjects } from './objects.ts'

/** A checkout and the commit that it says it is. Nothing of its configuration is obeyed. */
export interface Repository {
  /** The folder that holds the files. */
  readonly top: string
  readonly commit: string
  /** Address of the remote, without names and passwords; empty when there is none. */
  readonly remote: string
  readonly objects: Objects
}

const mostUp = 64
const mostSymbolic = 5
const mostRefBytes = 4096
const mostPackedRefBytes = 64 << 20
const mostConfigBytes = 1 << 20
const idPattern = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/** The folder with `.git` in it that a folder belongs to; null when there is none. */
export async function topOf(folder: string): Promise<string | null> {
  let top = folder
  for (let up = 0; up < mostUp; up++) {
    if (await stat(join(top, '.git')).catch(() => null)) return top
    const next = dirname(top)
    if (next === top) return null
    top = next
  }
  return null
}

/** Opens the repository whose files are in `top`. Throws `Unreadable` when its HEAD leads to no commit. */
export async function openRepository(top: string): Promise<Repository> {
  const folder = await gitFolder(top)
  const shared = await commonFolder(folder)
  const commit = await headOf(folder, shared)
  if (commit === null) throw new Unreadable('its HEAD leads to no commit')
  const objects = await openObjects(join(shared, 'objects'), commit.length / 2)
  return { top, commit, objects, remote: await remoteOf(shared) }
}

/** `.git` is a folder, or in worktrees and submodules a file that names one. */
async function gitFolder(top: string): Promise<string> {
  const path = join(top, '.git')
  const pointer = await smallFile(path, mostRefBytes)
  if (!pointer) return path
  const named = /^gitdir: (.+?)\r?\n?$/.exec(pointer.toString('utf8'))?.[1]
  if (named === undefined) throw new Unreadable('its .git file names no folder')
  return isAbsolute(named) ? named : resolve(top, named)
}

async function commonFolder(folder: string): Promise<string> {
  const named = (await smallFile(join(folder, 'commondir'), mostRefBytes))?.toString('utf8').trim()
  if (!named) return folder
  return isAbsolute(named) ? named : resolve(folder, named)
}

async function headOf(folder: string, shared: string): Promise<string | null> {
  let text = (await smallFile(join(folder, 'HEAD'), mostRefBytes))?.toString('utf8').trim()
  for (let step = 0; step < mostSymbolic && text !== undefined; step++) {
    if (idPattern.test(text)) return text
    const ref = /^ref: (refs\/[^\0]+)$/.exec(text)?.[1]
    if (ref === undefined || ref.split('/').some(part => part === '..' || part === '')) return null
    const own = (await smallFile(join(folder, ref), mostRefBytes)) ?? (await smallFile(join(shared, ref), mostRefBytes))
    text = own?.toString('utf8').trim() ?? (await packedRef(shared, ref))
  }
  return null
}

async function packedRef(shared: string, ref: string): Promise<string | undefined> {
  const list = await smallFile(join(shared, 'packed-refs'), mostPackedRefBytes)
  const line = list
    ?.toString('utf8')
    .split('\n')
    .find(each => each.endsWith(` ${ref}`))
  return line?.slice(0, -ref.length - 1)
}

/** The address of `origin`, else of the first remote. Credentials stay where they are. */
async function remoteOf(shared: string): Promise<string> {
  const text = (await smallFile(join(shared, 'config'), mostConfigBytes).catch(() => null))?.toString('utf8') ?? ''
  let section = ''
  const remotes = new Map<string, string>()
  for (const line of text.split('\n')) {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1] ?? section
    const url = /^\s*url\s*=\s*(.+?)\s*$/.exec(line)?.[1]
    const name = /^remote "(.*)"$/.exec(section)?.[1]
    if (url !== undefined && name !== undefined && !remotes.has(name)) remotes.set(name, url)
  }
  return withoutSecrets(remotes.get('origin') ?? [...remotes.values()][0] ?? '')
}

/** An address without name, password, query and fragment; the name of an account before `:` (scp form) is kept out too. */
export function withoutSecrets(address: string): string {
  const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1').replace(/[?#].*$/s, '')
  return bare.replace(/^[^/@:]+@(?=[^/]+:)/, '').slice(0, 500)
}
