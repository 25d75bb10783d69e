import { inflateRawSync, constants as zlib } from 'node:zlib'
import { type Cell, format, type RecordFile, type Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'
import {
  calledLabels,
  holdsPictures,
  labelsIn,
  labelsOf,
  type NumpyHead,
  numbersOf,
  numpyHead,
  numpyHeadBytes,
  picturesIn,
  type Scale,
  samplesOf,
  scaleOf,
} from '../numpy.ts'
import { checkItem, type Layout, orBroken, rasterFrom, stackFile } from '../stack.ts'
import { type EntryReader, entryReader, zipEntries } from './zip.ts'

const mostSampled = 1 << 20
const mostLabelBytes = 256 << 20

/** Arrays of NumPy in one archive: pictures with their labels, of one or several splits. */
export default format({
  id: 'npz',
  title: 'NumPy archive',
  extensions: ['.npz'],
  access: 'random',
  sniff(head) {
    const first = firstEntry(head)
    if (!first) return 0
    const { name, head: array } = first
    if (!array) return /^(x|y|images?|labels?)([^a-z]|$)|_(images?|labels?)$/i.test(name) ? 2 : 0
    return holdsPictures(name, array) || (calledLabels.test(name) && array.kind !== 'f' && labelsIn(array)) ? 3 : 0
  },
  open: source => orBroken(() => openNpz(source)),
})

/** Packed bytes that surely hold the header of an array, and expand to little. */
const packedHeadBytes = 2048

/** The first array of an archive with its header; null for a header that cannot be read here. */
function firstEntry(head: Uint8Array): { readonly name: string; readonly head: NumpyHead | null } | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  if (bytes.length < 40 || bytes.readUInt32LE(0) !== 0x04034b50) return null
  const from = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
  const name = bytes.toString('utf8', 30, 30 + bytes.readUInt16LE(26))
  if (!name.endsWith('.npy')) return null
  const stored = bytes.subarray(from, from + numpyHeadBytes)
  const start = bytes.readUInt16LE(8) === 8 ? unpackedStart(stored) : stored
  return { name: name.slice(0, -4), head: start && numpyHead(start.subarray(0, numpyHeadBytes)) }
}

function unpackedStart(packed: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(packed.subarray(0, packedHeadBytes), { finishFlush: zlib.Z_SYNC_FLUSH })
  } catch {
    return null
  }
}

interface Named {
  readonly name: string
  readonly head: NumpyHead
  readonly reader: EntryReader
}

/** Pictures of one split, with their labels. */
interface Shelf {
  readonly name: string
  readonly pictures: Named
  readonly layout: Layout
  readonly scale: Scale
  readonly labels: readonly (number | null)[] | null
  readonly first: number
  readonly count: number
  readonly each: number
}

async function openNpz(source: Source): Promise<RecordFile> {
  const arrays: Named[] = []
  for (const entry of await zipEntries(source)) {
    if (!entry.name.endsWith('.npy')) continue
    const reader = await entryReader(source, entry)
    const head = numpyHead(await reader.read(0, numpyHeadBytes))
    if (head) arrays.push({ name: entry.name.slice(0, -4), head, reader })
  }
  const shelves = await shelvesOf(arrays)
  if (shelves.length === 0) throw new Broken('unsupported', 'it holds no array of pictures that can be read')
  const total = shelves.reduce((sum, { count }) => sum + count, 0)
  const columns = ['image', ...(shelves.some(s => s.labels) ? ['label'] : []), ...(shelves.length > 1 ? ['split'] : [])]
  return stackFile({
    columns,
    roles: Object.fromEntries(columns.map(column => [column, column])),
    claimed: total,
    there: total,
    itemBytes: Math.max(...shelves.map(({ each }) => each)),
    async cells(start, count) {
      const cells = columns.map((): Cell[] => [])
      for (const shelf of shelves) {
        const [from, to] = [Math.max(start, shelf.first), Math.min(start + count, shelf.first + shelf.count)]
        if (from < to) await readShelf(shelf, from - shelf.first, to - shelf.first, columns, cells)
      }
      return new Map(columns.map((column, k) => [column, cells[k]!]))
    },
  })
}

async function readShelf(
  { name, pictures, layout, scale, labels, each }: Shelf,
  from: number,
  to: number,
  columns: readonly string[],
  cells: readonly Cell[][],
): Promise<void> {
  const { dataAt } = pictures.head
  const bytes = await pictures.reader.read(dataAt + from * each, dataAt + to * each)
  if (bytes.length < (to - from) * each) throw new Broken('truncated', `the array "${name}" ends too early`)
  for (let k = from; k < to; k++) {
    const item = bytes.subarray((k - from) * each, (k - from + 1) * each)
    const row: Readonly<Record<string, Cell>> = {
      image: rasterFrom(samplesOf(item, pictures.head, scale), layout),
      label: labels?.[k] ?? null,
      split: splitOf(name),
    }
    for (const [c, column] of columns.entries()) cells[c]!.push(row[column] ?? null)
  }
}

const splitOf = (name: string): string =>
  /train|test|valid|val/i.exec(name)?.[0].toLowerCase().replace(/^val$/, 'validation') ?? name

async function shelvesOf(arrays: readonly Named[]): Promise<Shelf[]> {
  const shelves: Shelf[] = []
  let first = 0
  for (const pictures of arrays.filter(({ name, head }) => holdsPictures(name, head) && !calledLabels.test(name))) {
    const layout = picturesIn(pictures.head)!
    const each = layout.width * layout.height * layout.channels * pictures.head.itemBytes
    checkItem(each)
    const count = pictures.head.shape[0]!
    const own = labelsFor(pictures, arrays)
    const { dataAt } = pictures.head
    const sample = await pictures.reader.read(dataAt, dataAt + Math.min(mostSampled, each * count))
    const scale = scaleOf(sample, pictures.head)
    shelves.push({
      name: pictures.name,
      pictures,
      layout,
      scale,
      labels: own && (await readLabels(own)),
      first,
      count,
      each,
    })
    first += count
  }
  return shelves
}

/** The words of a name without those that say which of the two it is. */
const stem = (name: string): string =>
  name
    .toLowerCase()
    .replace(/(^|[^a-z])(x|y|images?|imgs?|labels?|targets?|data|class(es)?|fine|features)(?=[^a-z]|$)/g, '$1')
    .replace(/[^a-z0-9]/g, '')

/** The labels of an array of pictures: as many, and called alike; else the only ones of that length. */
function labelsFor({ name, head }: Named, arrays: readonly Named[]): Named | null {
  const able = arrays.filter(
    other => other.head.shape[0] === head.shape[0] && labelsIn(other.head) && !holdsPictures(other.name, other.head),
  )
  const called = able.filter(other => calledLabels.test(other.name))
  return (
    called.find(other => stem(other.name) === stem(name)) ??
    (called.length === 1 ? called[0]! : able.length === 1 ? able[0]! : null)
  )
}

async function readLabels({ head, reader }: Named): Promise<(number | null)[] | null> {
  const size = head.shape.reduce((product, n) => product * n, 1) * head.itemBytes
  if (size > mostLabelBytes) return null
  const bytes = await reader.read(head.dataAt, head.dataAt + size)
  return labelsOf(numbersOf(bytes, head), labelsIn(head)!.columns)
}
