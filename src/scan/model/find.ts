import type { Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { Fault, type Model } from '../../core/index.ts'
import { faultOf } from '../../sources/index.ts'
import { globbed } from '../find.ts'

/** A file that belongs to a model. */
export interface ModelPath {
  /** As shown to people: relative to the folder that was named. */
  readonly name: string
  readonly path: string
}

/** What paths stand for, when they stand for a model. */
export interface FoundModel {
  readonly files: readonly ModelPath[]
  /** Found and not read. */
  readonly leftOut: Model['leftOut']
  /** Sentences about what no loader reads and nobody examined. */
  readonly remarks: readonly string[]
  /** True when a folder was named: layouts over its files then have a say. */
  readonly folder: boolean
}

interface Finding {
  readonly files: ModelPath[]
  readonly leftOut: { name: string; reason: string }[]
  readonly remarks: string[]
  folder: boolean
}

/** More files than this in one model is more likely a wrong path. */
const mostFiles = 100_000

/**
 * Finds the files of models: files, folders and globs. Links are followed within the tree that was named, never out of
 * it; pipes, sockets and devices are not opened. A path at fault does not keep the others from being judged.
 * @throws Fault when there is nothing to judge at all.
 */
export async function findModel(paths: readonly string[]): Promise<FoundModel> {
  const found: Finding = { files: [], leftOut: [], remarks: [], folder: false }
  const faults: Fault[] = []
  for (const path of paths) {
    try {
      await take(path, paths.length > 1, found)
    } catch (reason) {
      if (!(reason instanceof Fault)) throw reason
      faults.push(reason)
      found.leftOut.push({ name: path, reason: reason.message.replace(`${path}: `, '').replace(/\.$/, '') })
    }
  }
  if (found.files.length > 0) return found
  if (faults[0]) throw faults[0]
  const left = found.leftOut[0]
  throw new Fault(
    'nothing-to-do',
    left ? `${left.name}: ${left.reason}.` : `${paths.join(', ')}: no file here.`,
    'Name a model file or a folder with one.',
  )
}

async function take(path: string, among: boolean, found: Finding): Promise<void> {
  const known = await stat(path).catch(reason => (/[*?[{]/.test(path) ? null : Promise.reject(faultOf(reason, path))))
  if (!known) {
    const matches = await globbed(path)
    if (matches.length === 0) throw new Fault('no-such-path', `${path}: nothing matches.`, 'Check the pattern.')
    for (const match of matches) await take(match, true, found)
  } else if (known.isDirectory()) await walk(path, among ? `${path.replace(/[/\\]+$/, '')}/` : '', found)
  else if (known.isFile()) found.files.push({ name: among ? path : basename(path), path })
  else
    throw new Fault('unreadable', `${path}: it is a ${kindOf(known)}, and was not opened.`, 'Name a file or a folder.')
}

const kindOf = (known: Pick<Stats, 'isFIFO' | 'isSocket'>): string =>
  known.isFIFO() ? 'pipe' : known.isSocket() ? 'socket' : 'device'

/** A folder that is walked: where links may lead, and what was seen. */
interface Walk {
  /** Links that lead out of this folder are not followed. */
  readonly tree: string
  readonly root: string
  readonly seen: Set<string>
  readonly open: { readonly folder: string; readonly prefix: string }[]
  readonly found: Finding
}

async function walk(named: string, prefix: string, found: Finding): Promise<void> {
  const root = await realpath(named).catch(reason => Promise.reject(faultOf(reason, named)))
  found.folder = true
  const job: Walk = { tree: treeOf(root), root, seen: new Set([root]), open: [{ folder: root, prefix }], found }
  for (let next = job.open.pop(); next; next = job.open.pop()) {
    const { folder, prefix: before } = next
    const entries = await readdir(folder, { withFileTypes: true }).catch(reason => faultOf(reason, named))
    if (entries instanceof Fault && folder === root) throw entries
    if (entries instanceof Fault) {
      found.leftOut.push({ name: before, reason: 'the folder cannot be read' })
      continue
    }
    entries.sort((a, b) => (a.name < b.name ? 1 : -1))
    for (const entry of entries) await enter(job, entry, folder, before)
    if (found.files.length <= mostFiles) continue
    found.leftOut.push({ name: named, reason: `it has more than ${mostFiles.toLocaleString('en-US')} files` })
    break
  }
  found.files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A download cache keeps its files beside the folder that links to them; its tree is the whole of one repository. */
function treeOf(root: string): string {
  const snapshots = dirname(root)
  const repository = dirname(snapshots)
  const isCache = basename(snapshots) === 'snapshots' && /^(models|datasets|spaces)--/.test(basename(repository))
  return isCache ? repository : root
}

type Entry = Pick<Stats, 'isFIFO' | 'isSocket' | 'isFile' | 'isDirectory' | 'isSymbolicLink'> & {
  readonly name: string
}

async function enter(job: Walk, entry: Entry, folder: string, prefix: string): Promise<void> {
  const path = join(folder, entry.name)
  const name = prefix + entry.name
  if (entry.isDirectory() && entry.name === '.git')
    job.found.remarks.push(`${name} was left out: it holds the history of the repository, which no loader reads.`)
  else if (entry.isDirectory()) openFolder(job, path, `${name}/`)
  else if (entry.isFile()) job.found.files.push({ name, path })
  else if (entry.isSymbolicLink()) await follow(job, path, name)
  else job.found.leftOut.push({ name, reason: `it is a ${kindOf(entry)}, and was not opened` })
}

function openFolder({ seen, open }: Walk, folder: string, prefix: string): void {
  if (seen.has(folder)) return
  seen.add(folder)
  open.push({ folder, prefix })
}

async function follow(job: Walk, path: string, name: string): Promise<void> {
  const skip = (reason: string) => void job.found.leftOut.push({ name, reason })
  const target = await realpath(path).catch(() => null)
  const known = target && (await stat(target).catch(() => null))
  if (!target || !known) return skip('it is a link that leads nowhere, or in a circle')
  if (!isInside(target, job.tree)) return skip(`it is a link out of the folder, to ${target}; name that path itself`)
  if (known.isFile()) job.found.files.push({ name, path: target })
  else if (!known.isDirectory()) skip(`it is a link to a ${kindOf(known)}, and was not opened`)
  else if (isInside(path, target))
    skip(`it is a link back to ${relative(job.root, target) || 'the folder itself'}: a loop`)
  else openFolder(job, target, `${name}/`)
}

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep)
