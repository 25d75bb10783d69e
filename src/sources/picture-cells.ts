import { isAbsolute, join, normalize } from 'node:path'
import { type Cell, isRaster, Picture, type Seen } from '../core/index.ts'
import { fileBytes, NoFile } from './picture-file.ts'
import { seePicture } from './picture-seen.ts'
import { isPictureText, pictureTextBytes } from './picture-text.ts'

/** Where a cell stands: names of files in it are relative to `folder`; null where names of files mean nothing. */
export interface CellPlace {
  readonly folder: string | null
}

/** Pictures of one batch that are decoded at a time. */
const together = 4
/** No honest picture of a dataset is larger. */
const mostBytes = 256 << 20

/**
 * Decodes the cells of the role `image`: pixels, the bytes of a file (in base64, too), `{ bytes, path }` as datasets in Parquet
 * have them, or the name of a file below the place's folder. Names that lead out of the folder are never opened.
 */
export async function picturesOf(cells: readonly Cell[], placeOf: (i: number) => CellPlace): Promise<readonly Seen[]> {
  const seen = new Array<Seen>(cells.length).fill(null)
  let next = 0
  const work = async () => {
    for (let i = next++; i < cells.length; i = next++) seen[i] = await pictureOf(cells[i]!, placeOf(i))
  }
  await Promise.all(Array.from({ length: together }, work))
  return seen
}

async function pictureOf(cell: Cell, { folder }: CellPlace): Promise<Seen> {
  if (cell === null || cell === '') return null
  if (isRaster(cell)) return new Picture(cell)
  if (cell instanceof Uint8Array) return seePicture(cell)
  if (typeof cell === 'string') return textAt(cell, folder)
  if (typeof cell === 'object' && !Array.isArray(cell)) {
    const { bytes, path } = cell as { readonly bytes?: unknown; readonly path?: unknown }
    if (bytes instanceof Uint8Array) return seePicture(bytes)
    if (typeof bytes === 'string' && isPictureText(bytes)) return textAt(bytes, folder)
    if (typeof path === 'string' && path !== '') return fileAt(path, folder)
    if (bytes === null && (path === null || path === undefined)) return null
  }
  return { kind: 'bad-picture', reason: 'the cell holds neither a picture nor the name of one' }
}

function textAt(text: string, folder: string | null): Promise<Seen> {
  if (!isPictureText(text)) return fileAt(text, folder)
  if (text.length > (mostBytes / 3) * 4)
    return Promise.resolve({ kind: 'too-large', reason: `the picture has more than ${mostBytes >> 20} MiB` })
  return seePicture(pictureTextBytes(text))
}

async function fileAt(name: string, folder: string | null): Promise<Seen> {
  if (folder === null || /^[a-z]+:\/\//i.test(name))
    return { kind: 'not-here', reason: 'the picture stands elsewhere, and nothing is fetched' }
  const inner = normalize(name)
  if (isAbsolute(inner) || inner.startsWith('..'))
    return { kind: 'outside', reason: 'the name leads out of the folder of the data' }
  let bytes: Uint8Array
  try {
    bytes = await fileBytes(join(folder, inner), mostBytes)
  } catch (reason) {
    if (reason instanceof NoFile && reason.kind === 'too-large') return { kind: reason.kind, reason: reason.message }
    const code = (reason as NodeJS.ErrnoException).code
    return {
      kind: 'no-file',
      reason: code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code ?? (reason as Error).message})`,
    }
  }
  return seePicture(bytes)
}
