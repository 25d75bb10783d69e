import { createHash } from 'node:crypto'
import { isPictureName } from '../../sources/index.ts'
import type { LockedPart } from '../lock/schema.ts'

/**
 * The sets of pictures that a report may have judged as one part, by the digest that a scan gives such a part: SHA-256
 * over the lines of names and digests. A set is the pictures of one folder, or all those below a folder that an index
 * names.
 */
export function pictureSets(parts: readonly LockedPart[]): ReadonlyMap<string, readonly LockedPart[]> {
  const pictures = parts.filter(({ name, sha256 }) => sha256 !== undefined && isPictureName(name))
  const folders = new Map<string, LockedPart[]>()
  for (const part of pictures) {
    const folder = part.name.slice(0, part.name.lastIndexOf('/') + 1)
    const own = folders.get(folder)
    if (own) own.push(part)
    else folders.set(folder, [part])
  }
  const sets = [...folders].map(([folder, own]) => [digestBelow(folder, own), own] as const)
  return new Map([[digestBelow('', pictures), pictures], ...sets])
}

function digestBelow(folder: string, parts: readonly LockedPart[]): string {
  const lines = new Map(parts.map(({ name, sha256 }) => [name.slice(folder.length), sha256]))
  const hash = createHash('sha256')
  for (const name of [...lines.keys()].sort()) hash.update(`${name}\0${lines.get(name)}\n`)
  return hash.digest('hex')
}
