import { readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Cell, RecordFile } from '../../core/index.ts'

/** A part that may be one half of a pair: pictures in one file, their labels in another. */
export interface Half {
  readonly part: {
    readonly name: string
    readonly home: string
    readonly format: string
    readonly split: string | null
  }
  readonly columns: readonly string[]
}

const arrays: ReadonlySet<string> = new Set(['idx', 'npy'])
const isAlone = ({ part, columns }: Half, column: string): boolean =>
  arrays.has(part.format) && columns.length === 1 && columns[0] === column

/** The words of a name without those that say which half it is. */
const stem = (name: string): string =>
  basename(name)
    .toLowerCase()
    .replace(/\.(gz|npy|idx\d?)$/g, '')
    .replace(/idx\d|ubyte|images?|imgs?|labels?|targets?|data|classes/g, '')
    .replace(/(^|[^a-z])[xy](?=[^a-z]|$)/g, '$1')
    .replace(/[^a-z0-9]/g, '')

/** Which file of labels belongs to which file of pictures: those of one folder that are called alike. */
export function pairsOf<H extends Half>(all: readonly H[]): ReadonlyMap<H, H> {
  const labels = all.filter(half => isAlone(half, 'label'))
  const pairs = new Map<H, H>()
  for (const pictures of all.filter(half => isAlone(half, 'image'))) {
    const near = labels.filter(({ part }) => dirname(part.home) === dirname(pictures.part.home))
    const own = near.filter(({ part }) => stem(part.name) === stem(pictures.part.name))
    if (own.length === 1) pairs.set(pictures, own[0]!)
  }
  return pairs
}

/** Labels held for one file of pictures. */
const mostLabels = 1 << 26

/** The pictures of one file with the labels of another, record by record. */
export function joinedFile(pictures: RecordFile, labels: RecordFile): RecordFile {
  let read: Promise<readonly Cell[]> | undefined
  return {
    columns: ['image', 'label'],
    roles: { image: 'image', label: 'label' },
    async *records(request) {
      const known = await (read ??= columnOf(labels))
      for await (const batch of pictures.records({ ...request, columns: ['image'] })) {
        const own = Array.from(batch.records, record => known[record] ?? null)
        yield { ...batch, columns: new Map(batch.columns).set('label', own) }
      }
    },
  }
}

async function columnOf(labels: RecordFile): Promise<readonly Cell[]> {
  const cells: Cell[] = []
  for await (const { columns } of labels.records({})) {
    for (const cell of columns.get('label') ?? []) cells.push(cell)
    if (cells.length >= mostLabels) break
  }
  return cells
}

/** Lists of the names of classes, one a line, as sets without names in their records come with. */
const listed = /^(batches\.meta|fine_label_names|(class|label|categor(y|ie))(es|s)?([_-]?names)?)\.txt$/i
const mostListBytes = 1 << 20

/** Whether a file lists the names of classes. */
export const listsClasses = (name: string): boolean => listed.test(basename(name))

/** The names of classes by their number; null when the file lists none. */
export function classesIn(path: string): readonly string[] | null {
  if (statSync(path).size > mostListBytes) return null
  const lines = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map(line => line.trim().replace(/^\d+[\s,:=]+/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.length >= 2 && lines.every(line => line !== '' && line.length <= 200) ? lines : null
}

/** The labels with numbers replaced by the names of their classes. */
export const namedLabels = (cells: readonly Cell[], classes: readonly string[]): readonly Cell[] =>
  cells.map(cell => {
    const number = typeof cell === 'number' || (typeof cell === 'string' && /^\d+$/.test(cell)) ? Number(cell) : -1
    return classes[number] ?? cell
  })
