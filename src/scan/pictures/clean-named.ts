import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, relative } from 'node:path'
import type { Cell } from '../../core/index.ts'
import { type CleanedPart, quarantineFolder } from '../clean-log.ts'
import type { CleaningPart } from '../clean-part.ts'
import { openPart } from '../reader.ts'
import type { PartSpec } from '../spec.ts'
import { copyInto } from './clean.ts'
import { nameIn } from './indexes.ts'
import { digestOfFiles } from './parts.ts'

type Named = NonNullable<CleanedPart['named']>

/** A picture that an index names: where it stands, and its place in the folder that is written. */
interface NamedPicture {
  readonly path: string
  readonly place: string
}

/**
 * Copies the pictures that the rows of an index name: those of kept rows to where they stood beside it, those that
 * accused rows alone name into a folder of their own. Null when the rows name none that are there.
 * @param index where the index itself is written, relative to `out`
 */
export async function cleanNamed({ part, accused, out, limits }: CleaningPart, index: string): Promise<Named | null> {
  const kept = new Map<string, string>()
  const taken = new Map<string, string>()
  const file = await openPart(part, limits)
  const column = part.roles.image!
  for await (const { records, columns } of file.records({ columns: [column] }))
    for (const [k, record] of records.entries()) {
      const picture = pictureOf(columns.get(column)?.[k], part, index)
      if (picture) (accused.has(record) ? taken : kept).set(picture.place, picture.path)
    }
  for (const place of kept.keys()) taken.delete(place)
  const there: { name: string; path: string }[] = []
  for (const [all, to] of [[kept, out] as const, [taken, join(out, quarantineFolder)] as const])
    for (const [place, path] of all) {
      const known = await lstat(path).catch(() => null)
      if (!known?.isFile()) all.delete(place)
      else {
        await copyInto(path, join(to, place))
        there.push({ name: place, path })
      }
    }
  if (there.length === 0) return null
  const sha256 = await digestOfFiles(there.sort(byName))
  return { kept: [...kept.keys()].sort(), taken: [...taken.keys()].sort(), sha256 }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1)

/** The picture that a cell names, when it stands below the folder of the data. */
function pictureOf(cell: Cell | undefined, { naming, home }: PartSpec, index: string): NamedPicture | null {
  const { bytes } = (cell ?? {}) as { readonly bytes?: unknown }
  const text = bytes instanceof Uint8Array ? null : nameIn(cell)
  if (text === null || text.includes('\0')) return null
  const name = normalize(naming && Object.hasOwn(naming.paths, text) ? naming.paths[text]! : text)
  if (isAbsolute(name) || name.startsWith('..')) return null
  const path = join(naming?.root ?? dirname(home), name)
  const place = join(dirname(index), relative(dirname(home), path))
  return place.startsWith('..') ? null : { path, place }
}

/** Brings the pictures of an index back beside it. Returns their digest. */
export async function restoreNamed(cleaned: string, { kept, taken }: Named, out: string): Promise<string> {
  const own = (name: string): boolean => !isAbsolute(name) && !normalize(name).startsWith('..')
  const [left, right] = [kept.filter(own), taken.filter(own)]
  for (const name of left) await copyInto(join(cleaned, name), join(out, name))
  for (const name of right) await copyInto(join(cleaned, quarantineFolder, name), join(out, name))
  return digestOfFiles([...left, ...right].map(name => ({ name, path: join(out, name) })).sort(byName))
}
