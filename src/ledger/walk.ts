import { type BigIntStats, type Dirent, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { Fault } from '../core/lean.ts'
import { faultOf } from '../sources/lean.ts'
import { defaultIgnores, type Ignoring, ignoring } from './ignore.ts'
import { Looker } from './looker.ts'
import { byCodePoints, clashesOf, unsafeName } from './names.ts'
import type { Tree, TreeFile } from './tree.ts'

export interface TreeOptions {
  /** Patterns as in a .gitignore file, beside those that always hold at the root. */
  readonly ignore?: readonly string[]
  /** False when `ignore` already says all; true when absent. */
  readonly defaults?: boolean
  /** Opens links to files out of the root too; their targets are named. False when absent. */
  readonly linksOut?: boolean
}

/** More files than this in one tree is more likely a wrong path than an artifact. */
const mostFiles = 5_000_000
/** Other work waits no longer than while so many files are listed. */
const restAfter = 2000

/** Lists what a file or folder holds. Links are listed with where they lead and never lead out of the root. */
export async function treeOf(path: string, options: TreeOptions = {}): Promise<Tree> {
  const known = failing(path, () => statSync(path, { bigint: true }))
  if (known.isFile()) return loneFile(path, known)
  if (!known.isDirectory()) throw new Fault('unreadable', `${path}: neither a file nor a folder.`, 'Name one of both.')
  const walk = new Walk(resolve(path), options)
  await walk.all()
  const named = walk.files.some(({ name }) => /[^\0-\u{d7ff}]/u.test(name))
  walk.files.sort(named ? (a, b) => byCodePoints(a.name, b.name) : (a, b) => (a.name < b.name ? -1 : 1))
  walk.leftOut.sort((a, b) => byCodePoints(a.name, b.name))
  return {
    root: path,
    isFile: false,
    files: walk.files,
    leftOut: walk.leftOut,
    ignored: walk.ignored.sort(byCodePoints),
    clashes: clashesOf(walk.files.map(({ name }) => name)),
  }
}

function loneFile(path: string, known: BigIntStats): Tree {
  const name = basename(resolve(path))
  const why = unsafeName(name)
  if (why) throw new Fault('bad-option', `${path}: the name cannot be locked: ${why}.`, 'Rename the file.')
  const place = resolve(path)
  const link = lstatSync(place).isSymbolicLink() ? readlinkSync(place) : undefined
  const files = [treeFile(name, place, known, link)]
  return { root: path, isFile: true, files, leftOut: [], ignored: [], clashes: [] }
}

function failing<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (reason) {
    throw faultOf(reason, path)
  }
}

const treeFile = (name: string, path: string, known: BigIntStats, link?: string): TreeFile => ({
  name,
  path,
  sizeBytes: Number(known.size),
  mtimeNs: known.mtimeNs,
  ctimeNs: known.ctimeNs,
  inode: known.ino,
  device: known.dev,
  ...(link === undefined ? {} : { link }),
})

/** One walk through a folder; a folder is listed before those in it, so that memory holds names alone. */
class Walk {
  readonly files: TreeFile[] = []
  readonly leftOut: { readonly name: string; readonly reason: string }[] = []
  readonly ignored: string[] = []
  private readonly root: string
  private readonly real: string
  private readonly ignores: Ignoring
  private readonly linksOut: boolean
  private readonly looker = new Looker()

  constructor(root: string, options: TreeOptions) {
    this.root = root
    this.real = boundaryOf(failing(root, () => realpathSync(root)))
    this.ignores = ignoring([...(options.defaults === false ? [] : defaultIgnores), ...(options.ignore ?? [])])
    this.linksOut = options.linksOut === true
  }

  async all(): Promise<void> {
    const folders = ['']
    for (let i = 0, rested = 0; folders.length > 0; i++) {
      const folder = folders.pop()!
      for (const inner of this.folder(folder)) folders.push(inner)
      // Other work goes on: a tree of a hundred thousand files takes half a second.
      if (i % 64 !== 63 && this.looker.count - rested < restAfter) continue
      await new Promise(setImmediate)
      rested = this.looker.count
    }
    const { files, unseen } = await this.looker.all()
    for (const file of files) this.files.push(file)
    for (const { name, path } of unseen)
      this.looked(name, () => this.files.push(treeFile(name, path, lstatSync(path, { bigint: true }))))
  }

  /** Lists one folder; gives the folders in it. */
  private folder(folder: string): string[] {
    const inner: string[] = []
    for (const entry of this.entries(folder)) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      const why = unsafeName(name)
      if (why) this.leftOut.push({ name, reason: `its name cannot be locked: ${why}` })
      else if (this.ignores(name, entry.isDirectory())) this.ignored.push(entry.isDirectory() ? `${name}/` : name)
      else if (entry.isDirectory()) inner.push(name)
      else this.entry(name, entry)
    }
    return inner
  }

  private entries(folder: string): Dirent[] {
    const path = folder === '' ? this.root : join(this.root, folder)
    try {
      return unambiguous(readdirSync(path, { withFileTypes: true }), folder, this.leftOut)
    } catch (reason) {
      if (folder === '') throw faultOf(reason, path)
      this.leftOut.push({ name: `${folder}/`, reason: `the folder cannot be read (${codeOf(reason)})` })
      return []
    }
  }

  private entry(name: string, entry: Dirent): void {
    const path = this.root + sep + (sep === '/' ? name : name.replaceAll('/', sep))
    if (entry.isFile()) this.looker.add(name, path)
    else if (entry.isSymbolicLink()) this.looked(name, () => this.link(name, path))
    else this.leftOut.push({ name, reason: kindOf(entry) })
    if (this.files.length + this.looker.count > mostFiles)
      throw new Fault('bad-option', `${this.root}: more than ${mostFiles} files.`, 'Name the folder that is meant.')
  }

  /** Looks at one entry, or says why that cannot be done. */
  private looked(name: string, look: () => void): void {
    try {
      look()
    } catch (reason) {
      const why = name.includes('\ufffd') ? 'its name is not valid UTF-8' : `it cannot be looked at (${codeOf(reason)})`
      this.leftOut.push({ name, reason: why })
    }
  }

  private link(name: string, path: string): void {
    const link = readlinkSync(path)
    const target = this.target(path)
    if (typeof target === 'string') this.leftOut.push({ name, reason: `a link ${target}: ${link}` })
    else this.files.push(treeFile(name, path, target, link))
  }

  /** The file that a link leads to, or why it is none that may be opened. */
  private target(path: string): BigIntStats | string {
    let target: string
    try {
      target = realpathSync(path)
    } catch (reason) {
      return codeOf(reason) === 'ELOOP' ? 'that leads in a circle' : 'that leads nowhere'
    }
    if (!this.linksOut && !isInside(target, this.real)) return 'out of the folder'
    const known = statSync(path, { bigint: true })
    if (known.isDirectory()) return 'to a folder'
    return known.isFile() ? known : 'to what is no file'
  }
}
/** Entries whose shown name is theirs alone: names that are not UTF-8 are shown with the same sign, and told once. */
function unambiguous(
  entries: Dirent[],
  folder: string,
  leftOut: { readonly name: string; readonly reason: string }[],
): Dirent[] {
  const counts = new Map<string, number>()
  for (const { name } of entries) if (name.includes('\ufffd')) counts.set(name, (counts.get(name) ?? 0) + 1)
  const doubled = [...counts].filter(([, count]) => count > 1)
  for (const [name, count] of doubled) {
    const whole = folder === '' ? name : `${folder}/${name}`
    leftOut.push({ name: whole, reason: `${count} names of which at most one is valid UTF-8 look like this` })
  }
  return doubled.length === 0 ? entries : entries.filter(({ name }) => (counts.get(name) ?? 1) === 1)
}

/**
 * The folder that links may lead to: the root, or the store of a repository when the root is a snapshot in the cache of
 * the Hugging Face hub, where every file is a link to `blobs` beside it.
 */
function boundaryOf(root: string): string {
  const parts = root.split(sep)
  const isSnapshot = parts.at(-2) === 'snapshots' && /^(models|datasets|spaces)--/.test(parts.at(-3) ?? '')
  return isSnapshot ? parts.slice(0, -2).join(sep) : root
}

const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason ? String(reason.code) : 'unknown error'

function kindOf(entry: Dirent): string {
  if (entry.isFIFO()) return 'a pipe'
  if (entry.isSocket()) return 'a socket'
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'a device'
  return 'of a kind that holds no bytes'
}
