import type { Source } from '../../core/index.ts'
import { Broken } from '../../sources/index.ts'

const chunkBytes = 1 << 20
const mostChunks = 32
/** A table of 2^32 pages is 10 levels deep; more is a cycle. */
const mostDepth = 40

/** The pages of an SQLite database (https://www.sqlite.org/fileformat2.html), one-based. */
export interface Pages {
  readonly count: number
  /** Bytes of a page that hold data. */
  readonly usable: number
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  page(number: number): Promise<Buffer>
}

export async function openPages(source: Source): Promise<Pages> {
  const head = Buffer.from(await source.read(0, 100))
  if (head.length < 100) throw new Broken('truncated', 'the SQLite header was cut off')
  const size = head.readUInt16BE(16) === 1 ? 65536 : head.readUInt16BE(16)
  if (size < 512 || (size & (size - 1)) !== 0) throw new Broken('damaged', 'the SQLite page size is not valid')
  const usable = size - head[20]!
  if (usable < 480) throw new Broken('damaged', 'the SQLite pages hold no data')
  const encoding = ({ 1: 'utf-8', 2: 'utf-16le', 3: 'utf-16be' } as const)[head.readUInt32BE(56)] ?? 'utf-8'
  const count = Math.floor(source.size / size)
  const chunks = new Map<number, Buffer>()

  async function chunk(number: number): Promise<Buffer> {
    const known = chunks.get(number)
    if (known) return known
    if (chunks.size >= mostChunks) chunks.delete(chunks.keys().next().value!)
    const bytes = Buffer.from(await source.read(number * chunkBytes, (number + 1) * chunkBytes))
    chunks.set(number, bytes)
    return bytes
  }
  return {
    count,
    usable,
    encoding,
    async page(number) {
      const start = (number - 1) * size
      if (!(number >= 1) || start + size > source.size)
        throw new Broken('truncated', `page ${number} is not in the file`)
      const bytes = await chunk(Math.floor(start / chunkBytes))
      return bytes.subarray(start % chunkBytes, (start % chunkBytes) + size)
    },
  }
}

/** A leaf of a table: the page, and where its cells begin. Page 0 carries what was wrong with a page instead. */
export interface Leaf {
  readonly page: Buffer
  readonly cells: readonly number[]
  readonly trouble?: string
}

/** Walks the leaves of a table from its root, in row order. Never visits a page twice. */
export async function* leavesOf(pages: Pages, root: number): AsyncGenerator<Leaf> {
  const seen = new Set<number>()
  const stack: { number: number; depth: number }[] = [{ number: root, depth: 0 }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { number, depth } = next
    const lost = (trouble: string): Leaf => ({ page: Buffer.alloc(0), cells: [], trouble })
    if (seen.has(number) || depth > mostDepth) {
      yield lost(`page ${number} is part of a circle`)
      continue
    }
    seen.add(number)
    let page: Buffer
    try {
      page = await pages.page(number)
    } catch (reason) {
      if (!(reason instanceof Broken)) throw reason
      yield lost(reason.message)
      continue
    }
    const at = number === 1 ? 100 : 0
    const kind = page[at]
    const interior = kind === 5
    if (kind !== 13 && !interior) {
      yield lost(`page ${number} is not part of a table`)
      continue
    }
    const cells = cellPlaces(page, at, interior)
    if (!interior) yield { page, cells }
    else {
      stack.push({ number: page.readUInt32BE(at + 8), depth: depth + 1 })
      for (const cell of cells.toReversed()) stack.push({ number: page.readUInt32BE(cell), depth: depth + 1 })
    }
  }
}

function cellPlaces(page: Buffer, at: number, interior: boolean): number[] {
  const count = page.readUInt16BE(at + 3)
  const places: number[] = []
  for (let i = 0; i < count; i++) {
    const entry = at + (interior ? 12 : 8) + i * 2
    const place = entry + 2 <= page.length ? page.readUInt16BE(entry) : 0
    places.push(place >= 8 && place + 4 <= page.length ? place : 0)
  }
  return interior ? places.filter(place => place > 0) : places
}
