import type { Cell, ReadRequest, RecordBatch, RecordFile } from '../../core/index.ts'

/** The pictures that stand in one folder, as plain data: a part of a table with a record for each. */
export interface PictureFolder {
  /** Folder that the names of its pictures begin at. */
  readonly root: string
  /** The folder itself, relative to the root; empty when it is the root. */
  readonly inner: string
  /** File names in the folder, sorted. */
  readonly files: readonly string[]
  readonly label: string | null
  /** Whether any folder of the table says a label. */
  readonly labelled: boolean
}

const plain: readonly string[] = ['image', 'file']
const withLabel: readonly string[] = ['image', 'file', 'label']

/** The name of a picture, relative to the root. */
export const pictureName = ({ inner }: Pick<PictureFolder, 'inner'>, file: string): string =>
  inner === '' ? file : `${inner}/${file}`

/** A folder of pictures as a file of records; its pictures are not opened here. */
export function folderFile(folder: PictureFolder): RecordFile {
  const columns = folder.labelled ? withLabel : plain
  return {
    columns,
    roles: { image: 'image', id: 'file', ...(folder.labelled ? { label: 'label' } : {}) },
    async *records(request) {
      yield* batchesOf(folder, columns, request)
    },
  }
}

function* batchesOf(
  folder: PictureFolder,
  columns: readonly string[],
  { columns: wanted = columns, take = () => true, rowsPerBatch = 4096 }: ReadRequest,
): Generator<RecordBatch> {
  const { files } = folder
  for (let index = 0, start = 0; start < files.length; index++, start += rowsPerBatch) {
    if (!take(index)) continue
    const own = files.slice(start, start + rowsPerBatch)
    const names = own.map(file => pictureName(folder, file))
    const cells = (column: string): Cell[] => (column === 'label' ? own.map(() => folder.label) : names)
    yield {
      index,
      size: own.length,
      records: Float64Array.from(own, (_, k) => start + k),
      columns: new Map(wanted.map(column => [column, cells(column)])),
      defects: [],
    }
  }
}
