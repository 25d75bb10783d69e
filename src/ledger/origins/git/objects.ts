import { readdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { inflateSync } from 'node:zlib'
import { type GitObject, idOf, mostObjectBytes, type ObjectType, smallFile, Unreadable } from './bytes.ts'
import { openPack, type Pack } from './pack.ts'

/** Objects of a repository by id. */
export interface Objects {
  /**
   * The object, whose bytes have been checked against its id; null when the repository has none of this id.
   * Throws `Unreadable` when it is damaged or larger than `mostBytes`.
   */
  read(id: string, mostBytes?: number): Promise<GitObject | null>
}

/** Packs that are searched; `git gc` keeps fewer than fifty. */
const mostPacks = 2000
/** Repositories that borrow objects of one another. */
const mostFolders = 8

/** Opens the objects of a repository: loose, packed, and those of the repositories that it borrows from. */
export async function openObjects(folder: string, idBytes: number): Promise<Objects> {
  const folders = await withAlternates(folder)
  let packs: Promise<readonly Pack[]> | undefined
  const packed = async (id: string): Promise<GitObject | null> => {
    packs ??= packsOf(folders, idBytes)
    for (const pack of await packs) {
      const object = await pack.read(id, base => read(base))
      if (object) return object
    }
    return null
  }
  const read = async (id: string, mostBytes = mostObjectBytes): Promise<GitObject | null> => {
    const object = (await loose(folders, id)) ?? (await packed(id))
    if (!object) return null
    if (object.data.length > mostBytes) throw new Unreadable(`object ${id} is larger than ${mostBytes} bytes`)
    if (idOf(object.type, object.data, idBytes) !== id) throw new Unreadable(`object ${id} holds other bytes`)
    return object
  }
  return { read }
}

async function withAlternates(first: string): Promise<string[]> {
  const folders = [first]
  for (let i = 0; i < folders.length; i++) {
    const list = await smallFile(join(folders[i]!, 'info', 'alternates'), 1 << 16).catch(() => null)
    for (const line of list?.toString('utf8').split('\n') ?? []) {
      if (line === '' || line.startsWith('#') || folders.length >= mostFolders) continue
      const other = isAbsolute(line) ? line : resolve(folders[i]!, line)
      if (!folders.includes(other)) folders.push(other)
    }
  }
  return folders
}

async function packsOf(folders: readonly string[], idBytes: number): Promise<Pack[]> {
  const packs: Pack[] = []
  for (const folder of folders) {
    const names = await readdir(join(folder, 'pack')).catch(() => [])
    for (const name of names.sort())
      if (/^pack-[0-9a-f]+\.idx$/.test(name) && packs.length < mostPacks) {
        const pack = await openPack(join(folder, 'pack', name.slice(0, -4)), idBytes)
        if (pack) packs.push(pack)
      }
  }
  return packs
}

async function loose(folders: readonly string[], id: string): Promise<GitObject | null> {
  for (const folder of folders) {
    const stored = await smallFile(join(folder, id.slice(0, 2), id.slice(2)), mostObjectBytes)
    if (stored) return looseObject(stored, id)
  }
  return null
}

function looseObject(stored: Buffer, id: string): GitObject {
  let bytes: Buffer
  try {
    bytes = inflateSync(stored, { maxOutputLength: mostObjectBytes })
  } catch (cause) {
    throw new Unreadable(`object ${id} cannot be expanded`, { cause })
  }
  const end = bytes.indexOf(0)
  const header = /^(commit|tree|blob|tag) (\d{1,15})$/.exec(bytes.toString('latin1', 0, Math.min(Math.max(end, 0), 40)))
  if (!header || Number(header[2]) !== bytes.length - end - 1) throw new Unreadable(`object ${id} has no header`)
  return { type: header[1] as ObjectType, data: bytes.subarray(end + 1) }
}
