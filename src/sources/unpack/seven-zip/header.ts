import { BadHeader, Fields } from './fields.ts'

/** Ids of the header's properties. */
const id = {
  end: 0,
  header: 1,
  archiveProperties: 2,
  additional: 3,
  main: 4,
  files: 5,
  pack: 6,
  unpack: 7,
  sub: 8,
  size: 9,
  crc: 10,
  folder: 11,
  unpackSizes: 12,
  counts: 13,
  empty: 14,
  names: 17,
  attributes: 21,
  encoded: 23,
} as const

const mostFolders = 100_000
const mostCoders = 8

/** One step of unpacking. */
export interface Coder {
  /** In hex. */
  readonly method: string
  readonly properties: Uint8Array
  readonly inputs: number
  readonly outputs: number
}

/** Packed data that is unpacked in one go, and the files that it holds one after another. */
export interface Folder {
  readonly coders: readonly Coder[]
  /** From the input of a coder to the output that it takes. */
  readonly pairs: readonly { readonly input: number; readonly output: number }[]
  /** Unpacked size by output. */
  readonly sizes: number[]
  /** Place of its packed streams in the archive. */
  readonly packed: { readonly start: number; readonly end: number }[]
  /** Sizes and checksums of its files. */
  files: { size: number; crc: number | null }[]
  crc: number | null
}

/** A name in the archive; `stream` is null for folders and empty files. */
export interface Listed {
  readonly name: string
  readonly attributes: number
  readonly empty: boolean
}

/** What a header says. */
export interface Contents {
  readonly folders: readonly Folder[]
  readonly files: readonly Listed[]
  /** The header itself is packed in these folders. */
  readonly encoded: boolean
}

/** Reads a header: of the archive, or of the place where the packed header is. */
export function contentsOf(data: Uint8Array, mostFiles: number): Contents {
  const fields = new Fields(data)
  const kind = fields.byte()
  if (kind === id.encoded) return { folders: streams(fields, mostFiles), files: [], encoded: true }
  if (kind !== id.header) throw new BadHeader('The header is of an unknown kind')
  let folders: Folder[] = []
  let files: Listed[] = []
  for (let next = fields.byte(); next !== id.end; next = fields.byte()) {
    if (next === id.archiveProperties) skipProperties(fields)
    else if (next === id.additional) streams(fields, mostFiles)
    else if (next === id.main) folders = streams(fields, mostFiles)
    else if (next === id.files) files = listed(fields, mostFiles)
    else throw new BadHeader('The header has an unknown part')
  }
  return { folders, files, encoded: false }
}

function skipProperties(fields: Fields): void {
  while (fields.byte() !== id.end) fields.take(fields.number())
}

function streams(fields: Fields, mostFiles: number): Folder[] {
  let packed: { start: number; end: number }[] = []
  let folders: Folder[] = []
  let divided = false
  for (let next = fields.byte(); next !== id.end; next = fields.byte()) {
    if (next === id.pack) packed = packs(fields)
    else if (next === id.unpack) folders = unpacks(fields)
    else if (next === id.sub) {
      divide(fields, folders, mostFiles)
      divided = true
    } else throw new BadHeader('The header has an unknown part')
  }
  if (!divided) for (const folder of folders) folder.files = [{ size: outSize(folder), crc: folder.crc }]
  let at = 0
  for (const folder of folders) {
    const inputs = folder.coders.reduce((sum, coder) => sum + coder.inputs, 0) - folder.pairs.length
    for (let k = 0; k < inputs; k++, at++) if (packed[at]) folder.packed.push(packed[at]!)
  }
  return folders
}

function packs(fields: Fields): { start: number; end: number }[] {
  let at = 32 + fields.number()
  const count = fields.count(mostFolders)
  const found: { start: number; end: number }[] = []
  for (let next = fields.byte(); next !== id.end; next = fields.byte()) {
    if (next === id.size)
      for (let k = 0; k < count; k++) {
        const size = fields.number()
        found.push({ start: at, end: at + size })
        at += size
      }
    else if (next === id.crc) fields.digests(count)
    else throw new BadHeader('The header has an unknown part')
  }
  return found
}

function unpacks(fields: Fields): Folder[] {
  if (fields.byte() !== id.folder) throw new BadHeader('The header has no folders')
  const count = fields.count(mostFolders)
  if (fields.byte() !== 0) throw new BadHeader('The folders stand elsewhere')
  const folders = Array.from({ length: count }, () => folderOf(fields))
  if (fields.byte() !== id.unpackSizes) throw new BadHeader('The header has no sizes')
  for (const folder of folders)
    for (const coder of folder.coders) for (let k = 0; k < coder.outputs; k++) folder.sizes.push(fields.number())
  for (let next = fields.byte(); next !== id.end; next = fields.byte()) {
    if (next !== id.crc) throw new BadHeader('The header has an unknown part')
    fields.digests(count).forEach((crc, k) => {
      folders[k]!.crc = crc
    })
  }
  return folders
}

function folderOf(fields: Fields): Folder {
  const coders: Coder[] = []
  for (let left = fields.count(mostCoders); left > 0; left--) {
    const flags = fields.byte()
    if (flags & 0xc0) throw new BadHeader('A coder is of an unknown kind')
    const method = Buffer.from(fields.take(flags & 15)).toString('hex')
    const inputs = flags & 16 ? fields.count(mostCoders) : 1
    const outputs = flags & 16 ? fields.count(mostCoders) : 1
    const properties = flags & 32 ? fields.take(fields.number()) : new Uint8Array(0)
    coders.push({ method, properties, inputs, outputs })
  }
  const [inputs, outputs] = [sum(coders, 'inputs'), sum(coders, 'outputs')]
  const pairs = Array.from({ length: Math.max(0, outputs - 1) }, () => ({
    input: fields.number(),
    output: fields.number(),
  }))
  const packed = inputs - pairs.length
  if (packed < 1) throw new BadHeader('A folder has no packed data')
  if (packed > 1) for (let k = 0; k < packed; k++) fields.number()
  return { coders, pairs, sizes: [], packed: [], files: [], crc: null }
}

const sum = (coders: readonly Coder[], of: 'inputs' | 'outputs'): number => coders.reduce((n, c) => n + c[of], 0)

/** Unpacked size of a folder: of the output that no coder takes. */
function outSize({ sizes, pairs }: Folder): number {
  const last = sizes.findIndex((_, k) => !pairs.some(pair => pair.output === k))
  return sizes[last] ?? 0
}

function divide(fields: Fields, folders: readonly Folder[], mostFiles: number): void {
  let counts = folders.map(() => 1)
  let next = fields.byte()
  if (next === id.counts) {
    counts = folders.map(() => fields.count(mostFiles))
    next = fields.byte()
  }
  if (counts.reduce((a, b) => a + b, 0) > mostFiles) throw new BadHeader('The header promises too many files')
  folders.forEach((folder, k) => {
    let left = outSize(folder)
    const sizes = Array.from({ length: Math.max(0, counts[k]! - 1) }, () => (next === id.size ? fields.number() : 0))
    for (const size of sizes) left -= size
    if (counts[k]! > 0) sizes.push(left)
    if (left < 0) throw new BadHeader('Files are larger than what holds them')
    folder.files = sizes.map(size => ({ size, crc: null }))
  })
  if (next === id.size) next = fields.byte()
  for (; next !== id.end; next = fields.byte()) {
    if (next !== id.crc) throw new BadHeader('The header has an unknown part')
    digest(fields, folders)
  }
}

/** A folder of one file has its checksum already. */
function digest(fields: Fields, folders: readonly Folder[]): void {
  const open = folders.flatMap(f => (f.files.length === 1 && f.crc !== null ? [] : f.files))
  const crcs = fields.digests(open.length)
  open.forEach((file, k) => {
    file.crc = crcs[k]!
  })
  for (const folder of folders) if (folder.files.length === 1) folder.files[0]!.crc ??= folder.crc
}

function listed(fields: Fields, mostFiles: number): Listed[] {
  const count = fields.count(mostFiles)
  let names: string[] = []
  let empty: boolean[] = []
  let attributes: number[] = []
  for (let next = fields.number(); next !== id.end; next = fields.number()) {
    const part = new Fields(fields.take(fields.number()))
    if (next === id.names && part.byte() === 0) names = namesOf(part.take(part.data.length - 1))
    else if (next === id.empty) empty = part.bits(count)
    else if (next === id.attributes) attributes = attributesOf(part, count)
  }
  return Array.from({ length: count }, (_, k) => ({
    name: names[k] ?? '',
    attributes: attributes[k] ?? 0,
    empty: empty[k] ?? false,
  }))
}

function attributesOf(part: Fields, count: number): number[] {
  const known = part.byte() === 0 ? part.bits(count) : null
  if (part.byte() !== 0) return []
  return Array.from({ length: count }, (_, k) => (known === null || known[k] ? part.u32() : 0))
}

const namesOf = (raw: Uint8Array): string[] => Buffer.from(raw).toString('utf16le').split('\0')

/** Coders from the packed data outwards, when each takes what one other gives. */
export function orderOf({ coders, pairs }: Folder): number[] | null {
  if (coders.some(coder => coder.inputs !== 1 || coder.outputs !== 1)) return null
  let at = coders.findIndex((_, k) => !pairs.some(pair => pair.input === k))
  const order: number[] = []
  while (at >= 0 && order.length <= coders.length) {
    order.push(at)
    at = pairs.find(pair => pair.output === order.at(-1))?.input ?? -1
  }
  // A damaged header may pair coders that are not there, or one with itself.
  const isWhole = order.length === coders.length && coders.every((_, k) => order.includes(k))
  return isWhole ? order : null
}
