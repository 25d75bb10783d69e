import { createHash } from 'node:crypto'
import { opendir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Fault } from '../../core/index.ts'
import { faultOf, fileSource } from '../file.ts'
import type { Copy, CopyLookup } from './copy.ts'
import { mirrorNames } from './mirror.ts'
import { PlaceMap } from './place-map.ts'

/** Most folders and endings that are told apart: names are put together again from them. */
const mostForms = 1 << 15
const named = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(\.[\w.-]{1,20})?$/i
const hashes = { 32: 'md5', 40: 'sha1', 64: 'sha256' } as const

/**
 * A folder of copies: files named by the MD5, SHA-1 or SHA-256 of the address, in any folders below and with any
 * ending, or a mirror with a folder per host as `wget` writes it. Nothing outside of the folder is opened.
 */
export async function folderCopies(folder: string): Promise<CopyLookup> {
  const root = await realpath(folder).catch(reason => Promise.reject(faultOf(reason, folder)))
  const byHash = await hashedNames(root)
  return {
    kind: 'lookup',
    name: folder,
    atOnce: 4,
    async find(url) {
      const names = [...byHash.namesOf(url), ...mirrorNames(url)]
      for (const name of names) {
        const copy = await copyAt(root, name, url)
        if (copy) return copy
      }
      return { url, fetchedAt: null, trouble: 'absent', message: 'the folder does not hold it' }
    },
  }
}

/** The file at `name` below `root`, when there is one and no link leads out. */
export async function copyAt(root: string, name: string, url: string): Promise<Copy | null> {
  if (name.includes('\0')) return null
  const path = await realpath(join(root, name)).catch(() => null)
  if (path === null || !path.startsWith(root.endsWith(sep) ? root : root + sep)) return null
  const known = await stat(path).catch(() => null)
  if (!known?.isFile()) return null
  try {
    const source = await fileSource(path, name)
    return { url, fetchedAt: null, written: known.mtime.toISOString(), body: source.stream() }
  } catch (reason) {
    if (!(reason instanceof Fault)) throw reason
    return { url, fetchedAt: null, trouble: 'damaged', message: reason.message }
  }
}

interface HashedNames {
  /** Paths under which the copy of an address may lie. */
  namesOf(url: string): string[]
}

/** Finds the files that are named by a hash. Keeps some 24 bytes for each, whatever its name. */
async function hashedNames(root: string): Promise<HashedNames> {
  const forms = new Map<string, number>()
  const places = new PlaceMap()
  const lengths = new Set<number>()
  for await (const entry of await opendir(root, { recursive: true })) {
    const match = entry.isDirectory() ? null : named.exec(entry.name)
    if (!match) continue
    const [, hash = '', ending = ''] = match
    const within = entry.parentPath.slice(root.length + 1)
    const form = JSON.stringify([within === '' ? '' : `${within}/`, ending, hash !== hash.toLowerCase()])
    if (!forms.has(form)) forms.set(form, forms.size)
    if (forms.size > mostForms)
      throw new Fault('bad-option', `${root}: its files lie in more than ${mostForms} folders.`, 'Use fewer folders.')
    lengths.add(hash.length)
    places.set(hash, forms.get(form)!)
  }
  const all = [...forms.keys()].map(form => JSON.parse(form) as [string, string, boolean])
  return {
    namesOf: url =>
      [...lengths].flatMap(length => {
        const hash = createHash(hashes[length as 32 | 40 | 64])
          .update(url)
          .digest('hex')
        const form = all[places.get(hash) ?? -1]
        return form ? [`${form[0]}${form[2] ? hash.toUpperCase() : hash}${form[1]}`] : []
      }),
  }
}
