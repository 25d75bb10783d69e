import type { Cell, Limits } from '../../core/index.ts'
import { splitOf } from '../find.ts'
import { imageColumn } from '../image-role.ts'
import { openPart } from '../reader.ts'
import type { FoundPictures } from './gather.ts'
import { folderOf, type IndexCandidate, indexesOf, type PictureIndex } from './indexes.ts'
import { type PicturePart, partsOfPictures } from './parts.ts'

/** Files and pictures of one place, told apart. */
export interface Arranged<C> {
  /** Files that are tables, with what they name when they index pictures. */
  readonly tables: readonly { readonly table: C; readonly index?: PictureIndex }[]
  /** Folders of pictures that no index names. */
  readonly folders: readonly (PicturePart & { readonly remark?: string })[]
  readonly passed: readonly { readonly name: string; readonly reason: string }[]
}

/** Pictures beside a table that has to do with none of them are more than its illustrations from this ratio on. */
const manyFold = 10

/**
 * Decides what is the table where pictures and files of records stand together: an index with its pictures and those it
 * does not name; else the pictures, if they are many; else the files.
 */
export async function arranged<C extends IndexCandidate>(
  candidates: readonly C[],
  found: FoundPictures,
  limits: Limits,
): Promise<Arranged<C>> {
  const indexes = await indexesOf(candidates, found, limits, columnOf)
  const others = candidates.filter(each => !indexes.has(each))
  if (indexes.size > 0) {
    const tables = [...indexes].map(([table, index]) => ({ table, index }))
    return { tables, folders: unnamed(found, [...indexes.values()]), passed: withoutPictures(others) }
  }
  const embedded = others.some(({ samples }) => imageColumn(samples)?.because.startsWith('content: pictures'))
  const records = others.filter(({ part }) => part.format !== 'lines')
  if (!embedded && found.names.length >= manyFold * records.length)
    return { tables: [], folders: partsOfPictures(found, splitOf), passed: withoutPictures(others) }
  const some = found.names.slice(0, 3).join(', ')
  const name = `A set of ${found.names.length} pictures (${some}${found.names.length > 3 ? ', …' : ''})`
  const reason = 'no file here names them; name their folder alone to judge them'
  return { tables: others.map(table => ({ table })), folders: [], passed: [{ name, reason }] }
}

const withoutPictures = (all: readonly IndexCandidate[]) =>
  all.map(({ part }) => ({ name: part.name, reason: 'it does not name the pictures here' }))

/** The pictures that indexes do not name, by folder; in folders that they speak of, nobody says what such a one is. */
function unnamed(found: FoundPictures, indexes: readonly PictureIndex[]): Arranged<never>['folders'] {
  const named = new Set(indexes.flatMap(index => [...index.named]))
  const spoken = new Set([...named].map(folderOf))
  const names = found.names.filter(name => !named.has(name))
  return partsOfPictures({ ...found, names }, splitOf).map(part => {
    if (!spoken.has(part.pictures.inner)) return part
    const { files } = part.pictures
    const message = `${files.length} picture${files.length === 1 ? '' : 's'} here (${files[0]}${files.length > 1 ? ', …' : ''}) no index names: no label is known.`
    return { ...part, pictures: { ...part.pictures, label: null }, remark: message }
  })
}

async function* columnOf(
  part: IndexCandidate['part'],
  column: string,
  limits: Limits,
): AsyncGenerator<readonly Cell[]> {
  const file = await openPart(part, limits)
  for await (const batch of file.records({ columns: [column] })) yield batch.columns.get(column) ?? []
}
