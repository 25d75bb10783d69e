import { dirname, relative } from 'node:path'
import type { Cell, Limits } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import type { Sample } from '../roles.ts'
import type { Naming, PartSpec } from '../spec.ts'
import type { FoundPictures } from './gather.ts'
import { isPictureName } from './names.ts'
import { type Resolver, resolver } from './resolve.ts'

/** A file that may be an index of pictures, with some of its rows. */
export interface IndexCandidate {
  readonly part: Omit<PartSpec, 'roles' | 'shape' | 'remarks'>
  readonly samples: readonly Sample[]
}

/** An index of pictures. */
export interface PictureIndex {
  /** The column that names them. */
  readonly column: string
  readonly naming: Naming
  /** The pictures that it names, relative to the root. */
  readonly named: ReadonlySet<string>
}

/** Share of the rows that must name a picture which is there. */
const leastNames = 0.5
/** Share of the pictures of the folders it speaks of that indexes must name, together, to be the table. */
const leastNamed = 0.5

/** Reads one column of a part, cell by cell. */
export type ReadColumn = (
  part: IndexCandidate['part'],
  column: string,
  limits: Limits,
) => AsyncIterable<readonly Cell[]>

/**
 * Which files index the pictures: a column of theirs names them, and together they name most pictures of the folders
 * they speak of. A list of a few pictures among thousands is no index of them.
 */
export async function indexesOf<C extends IndexCandidate>(
  candidates: readonly C[],
  found: FoundPictures,
  limits: Limits,
  read: ReadColumn,
): Promise<ReadonlyMap<C, PictureIndex>> {
  const indexes = new Map<C, PictureIndex>()
  const resolvers = new Map<string, Resolver>()
  for (const each of candidates) {
    const inner = relative(found.root, dirname(each.part.home)).replaceAll('\\', '/')
    if (inner.startsWith('..')) continue
    const known = resolvers.get(inner) ?? resolver(found.names, inner)
    resolvers.set(inner, known)
    const column = namingColumn(each.samples, known)
    if (column !== null) indexes.set(each, await readIndex(each, column, { found, limits, read, known }))
  }
  const named = new Set([...indexes.values()].flatMap(index => [...index.named]))
  const folders = new Set([...named].map(folderOf))
  const spoken = found.names.filter(name => folders.has(folderOf(name))).length
  return named.size >= leastNamed * spoken ? indexes : new Map()
}

/** The folder of a picture, relative to the root. */
export const folderOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

/** The column most cells of which name a picture that is there; null when none does. */
function namingColumn(samples: readonly Sample[], { resolve }: Resolver): string | null {
  let best: { name: string; share: number } | null = null
  for (const { name, cells } of samples) {
    const texts = cells.map(nameIn).filter(text => text !== null)
    const different = new Set(texts)
    // Numbers from 1 to 9 may be the names of pictures, and are the classes of most tables.
    const named = texts.every(isPictureName)
    if (texts.length === 0 || (!named && different.size < texts.length / 2)) continue
    const share = texts.filter(text => resolve(text) !== null).length / cells.length
    if (share >= leastNames && share > (best?.share ?? 0)) best = { name, share }
  }
  return best?.name ?? null
}

/** What a cell says of the name of a picture. */
export function nameIn(cell: Cell | undefined): string | null {
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return cell === '' || cell.length > 4096 ? null : cell
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell) || !('path' in cell)) return null
  return typeof cell.path === 'string' ? cell.path : null
}

interface Reading {
  readonly found: FoundPictures
  readonly limits: Limits
  readonly read: ReadColumn
  readonly known: Resolver
}

async function readIndex(
  { part }: IndexCandidate,
  column: string,
  { found, limits, read, known }: Reading,
): Promise<PictureIndex> {
  const paths = new Map<string, string>()
  const named = new Set<string>()
  try {
    for await (const cells of read(part, column, limits))
      for (const cell of cells) {
        const text = nameIn(cell)
        const picture = text === null ? null : known.resolve(text)
        if (text === null || picture === null) continue
        named.add(picture)
        if (picture !== text) paths.set(text, picture)
      }
  } catch (reason) {
    // Where the index ends early, the pictures behind are unnamed ones.
    if (!(reason instanceof Broken)) throw reason
  }
  return { column, named, naming: { root: found.root, paths: Object.fromEntries(paths) } }
}
