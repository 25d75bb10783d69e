import {
  type Cell,
  format,
  type Limits,
  type ReadRequest,
  type RecordBatch,
  type RecordFile,
  type Source,
} from '../../core/index.ts'
import { Broken, TarTrouble, tarMembers } from '../../sources/index.ts'
import { RowBatches } from '../row-batches.ts'

const picture = /^(.*\.)?(jpe?g|png|webp|gif|bmp|p[bgnp]m|tiff?|avif)$/i
/** Fields that stand in a file of their own. */
const plain = /^(.*\.)?(cls|cls2|label|class|id|index|txt|text|caption|json|split)$/i
const block = 512
/** Samples looked at to tell which columns there are. */
const sampled = 200
const mostColumns = 200

/** Shards of WebDataset, and other tar archives of pictures: files that share a name are one record. */
export default format({
  id: 'webdataset',
  title: 'WebDataset',
  extensions: ['.tar'],
  access: 'stream',
  sniff: head => (namesIn(head).some(name => picture.test(fieldOf(name))) ? 3 : 0),
  open: openTar,
})

/** Names of the members that begin in the head. */
function namesIn(head: Uint8Array): string[] {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length)
  const names: string[] = []
  for (let at = 0; at + block <= bytes.length && names.length < 64; ) {
    const name = bytes.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 136).replace(/[\0 ]/g, ''), 8)
    if (bytes.toString('latin1', at + 257, at + 262) !== 'ustar' || !(size >= 0)) break
    names.push(name)
    at += block + Math.ceil(size / block) * block
  }
  return names
}

const baseAt = (name: string): number => name.lastIndexOf('/') + 1
/** A record's key is its path up to the first dot of the file name. */
function keyOf(name: string): string {
  const dot = name.indexOf('.', baseAt(name) + 1)
  return dot < 0 ? name : name.slice(0, dot)
}
const fieldOf = (name: string): string => name.slice(keyOf(name).length + 1)

interface Sample {
  readonly key: string
  readonly cells: Record<string, Cell>
  /** Bytes of its files. */
  weight: number
  /** What is wrong with a file of it. */
  readonly troubles: string[]
}

async function openTar(source: Source, limits: Limits): Promise<RecordFile> {
  const found = new Set<string>(['key', 'image'])
  let count = 0
  let named = false
  const folders = new Set<string>()
  try {
    for await (const { key, cells } of samplesOf(source, limits, () => false)) {
      for (const name of Object.keys(cells)) if (found.size < mostColumns) found.add(name)
      folders.add(folderOf(key))
      named ||= Object.keys(cells).some(name => name !== 'image')
      if (++count >= sampled) break
    }
  } catch (reason) {
    // Reading says the same again, with its place.
    if (!isTrouble(reason)) throw reason
  }
  if (!named && folders.size > 1) found.add('label')
  const columns = [...found]
  return { columns, records: request => batchesOf(source, limits, columns, named, request) }
}

const folderOf = (key: string): string => key.slice(0, Math.max(0, baseAt(key) - 1)).replace(/^.*\//, '')

async function* batchesOf(
  source: Source,
  limits: Limits,
  columns: readonly string[],
  named: boolean,
  request: ReadRequest,
): AsyncGenerator<RecordBatch> {
  const batches = new RowBatches(columns, request)
  let record = 0
  try {
    for await (const sample of samplesOf(source, limits, () => batches.wants('image'))) {
      const { key, cells, weight, troubles } = sample
      for (const message of troubles) batches.note({ record, kind: 'bad-field', message, lost: false })
      const folder = named ? {} : { label: folderOf(key) || null }
      const full = batches.add(record++, { ...folder, ...cells, key }, weight)
      if (full) yield full
    }
  } catch (reason) {
    if (!isTrouble(reason)) throw reason
    batches.note({ record, kind: reason.kind, message: `Reading ended here: ${reason.message}.`, lost: true })
  }
  const rest = batches.finish()
  if (rest) yield rest
}

const isTrouble = (reason: unknown): reason is TarTrouble | Broken =>
  reason instanceof TarTrouble || reason instanceof Broken

/** Files that share a key and follow each other, as samples. Pictures are read where `wanted` says so. */
async function* samplesOf(source: Source, limits: Limits, wanted: () => boolean): AsyncGenerator<Sample> {
  let sample: Sample | null = null
  for await (const { name, size, body } of tarMembers(source.stream())) {
    const path = name.replace(/^(\.\/)+/, '')
    const [key, field] = [keyOf(path), fieldOf(path)]
    if (path.slice(baseAt(path)).startsWith('.') || (!picture.test(field) && !plain.test(field))) continue
    if (sample && sample.key !== key) {
      yield sample
      sample = null
    }
    sample ??= { key, cells: {}, weight: 0, troubles: [] }
    sample.weight += size
    if (size > limits.recordBytes)
      sample.troubles.push(`"${field.slice(0, 60)}" has ${size} bytes: too many for one field.`)
    else if (picture.test(field))
      sample.cells[imageColumn(field, sample)] = wanted() ? await collected(body, size) : null
    else addField(sample, field, (await collected(body, size)).toString('utf8'))
  }
  if (sample) yield sample
}

/** The first picture of a sample is its image; others are columns of their own. */
const imageColumn = (field: string, { cells }: Sample): string => ('image' in cells ? field : 'image')

function addField(sample: Sample, field: string, text: string): void {
  if (!/(^|\.)json$/i.test(field)) {
    sample.cells[/^(cls|class)$/i.test(field) ? 'label' : field] = text.trim()
    return
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) sample.cells[field] = value as Cell
    else
      for (const [name, cell] of Object.entries(value)) if (!(name in sample.cells)) sample.cells[name] = cell as Cell
  } catch {
    sample.troubles.push(`"${field.slice(0, 60)}" is no JSON.`)
  }
}

async function collected(body: AsyncIterable<Uint8Array>, size: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let got = 0
  for await (const piece of body) {
    parts.push(piece)
    got += piece.length
  }
  if (got < size) throw new TarTrouble('a file in the archive was cut off')
  return Buffer.concat(parts)
}
