import { createHash } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Algorithm, TreeFile } from './tree.ts'

/** Digests by what the file system says of a file: name, size, times, inode and device. */
export interface StatCache {
  /** Digests of a file that looks as it did, in the order asked; undefined when one is missing. */
  get(file: TreeFile, algorithms: readonly Algorithm[]): readonly string[] | undefined
  set(file: TreeFile, algorithms: readonly Algorithm[], digests: readonly string[]): void
}

/** A cache that lives in a file of its own, one for each root. */
export interface StoredStatCache extends StatCache {
  /** Why what stood there was not used; null when it was, or when nothing stood there. */
  readonly trouble: string | null
  /** Writes what was learned. A cache that cannot be written costs time, not truth: the answer says why it was not. */
  save(): string | null
}

const head = 'bezoar stat cache 1'
/** A file that was written less than this before the cache may be written again without looking different. */
const racyNs = 2_000_000_000n
const order: readonly Algorithm[] = ['sha256', 'blake3', 'blake2b']

/**
 * Opens the cache of a root in a folder of caches.
 * @param isFresh true to begin anew: nothing is read from it, what is learned takes its place
 */
export function openStatCache(folder: string, root: string, isFresh = false): StoredStatCache {
  const name = createHash('sha256').update(resolve(root)).digest('hex').slice(0, 32)
  const path = join(folder, `${name}.stat`)
  const { entries, trouble } = isFresh ? { entries: new Map<string, string>(), trouble: null } : load(path)
  let learned = false
  return {
    trouble,
    get(file, algorithms) {
      const entry = entries.get(file.name)
      if (entry === undefined || !entry.startsWith(looksOf(file))) return undefined
      const known = entry.slice(entry.lastIndexOf('\t') + 1).split(' ')
      const digests = algorithms.map(algorithm => known[order.indexOf(algorithm)]!)
      return digests.includes('-') ? undefined : digests
    },
    set(file, algorithms, digests) {
      if (/[\n\t]/.test(file.name)) return
      const looks = looksOf(file)
      const before = entries.get(file.name)
      const known = before?.startsWith(looks) ? before.slice(looks.length).split(' ') : ['-', '-', '-']
      for (const [i, algorithm] of algorithms.entries()) known[order.indexOf(algorithm)] = digests[i]!
      const entry = looks + known.join(' ')
      if (entry === before) return
      entries.set(file.name, entry)
      learned = true
    },
    save: () => (learned ? save(path, entries) : null),
  }
}

const looksOf = ({ name, sizeBytes, mtimeNs, ctimeNs, inode, device, link }: TreeFile): string =>
  `${name}\t${sizeBytes} ${mtimeNs} ${ctimeNs} ${inode} ${device} ${link === undefined ? 'file' : 'link'}\t`

function load(path: string): { entries: Map<string, string>; trouble: string | null } {
  const entries = new Map<string, string>()
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (reason) {
    const isGone = reason instanceof Error && 'code' in reason && reason.code === 'ENOENT'
    return { entries, trouble: isGone ? null : `The stat cache ${path} cannot be read and is not used.` }
  }
  const end = text.lastIndexOf('\n', text.length - 2) + 1
  if (!text.startsWith(`${head}\n`) || text.slice(end) !== `${sealOf(text.slice(0, end))}\n`)
    return { entries, trouble: `The stat cache ${path} is damaged and is not used.` }
  for (let at = head.length + 1; at < end; ) {
    const next = text.indexOf('\n', at)
    entries.set(text.slice(at, text.indexOf('\t', at)), text.slice(at, next))
    at = next + 1
  }
  return { entries, trouble: null }
}

/** Tells damage, not malice: whoever can write the cache can also write what it says. */
const sealOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function save(path: string, entries: ReadonlyMap<string, string>): string | null {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const fd = openSync(temporary, 'w', 0o600)
    try {
      // The clock that matters is that of the file system.
      const latest = fstatSync(fd, { bigint: true }).mtimeNs - racyNs
      const settled = [...entries.values()].filter(entry => isBefore(entry, latest))
      const text = [head, ...settled, ''].join('\n')
      writeFileSync(fd, `${text}${sealOf(text)}\n`)
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, path)
    return null
  } catch (reason) {
    discard(temporary)
    return `The stat cache ${path} cannot be written: ${reason instanceof Error ? reason.message : String(reason)}.`
  }
}

/** `force` forgives a missing file alone. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // There is nothing to discard where a folder could not be made.
  }
}

function isBefore(entry: string, latest: bigint): boolean {
  const [, mtimeNs = '', ctimeNs = ''] = entry.split('\t')[1]!.split(' ')
  return BigInt(mtimeNs) < latest && BigInt(ctimeNs) < latest
}
