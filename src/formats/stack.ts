import type { Cell, Raster, ReadRequest, RecordBatch, RecordDefect, RecordFile, Role } from '../core/index.ts'
import { Broken } from '../sources/index.ts'

/** Items of one size, one behind the other, as arrays of pictures are stored. */
export interface Stack {
  readonly columns: readonly string[]
  readonly roles: Readonly<Partial<Record<Role, string>>>
  /** Items that the header claims, and those that are there. */
  readonly claimed: number
  readonly there: number
  readonly itemBytes: number
  /** The cells of some consecutive items, by column. */
  cells(start: number, count: number): Promise<ReadonlyMap<string, readonly Cell[]>>
}

/** Bytes that a batch may hold. */
const mostBatchBytes = 8 << 20
/** Largest item: no picture of a training array is larger. */
const mostItemBytes = 64 << 20

/** Throws when an item is larger than any honest one, or nothing at all. */
export function checkItem(itemBytes: number): void {
  if (!(itemBytes >= 1)) throw new Broken('damaged', 'its items have no size')
  if (itemBytes > mostItemBytes) throw new Broken('too-large', `one item has ${itemBytes} bytes`)
}

/** A stack as a file of records. */
export function stackFile(stack: Stack): RecordFile {
  return { columns: stack.columns, roles: stack.roles, records: request => batchesOf(stack, request) }
}

async function* batchesOf(
  { columns, claimed, there, itemBytes, cells }: Stack,
  { columns: wanted = columns, take = () => true, rowsPerBatch = 4096 }: ReadRequest,
): AsyncGenerator<RecordBatch> {
  const rows = Math.max(1, Math.min(rowsPerBatch, Math.floor(mostBatchBytes / itemBytes)))
  let [index, lost] = [0, false]
  for (let start = 0; start < there && !lost; start += rows, index++) {
    if (!take(index)) continue
    const size = Math.min(rows, there - start)
    const read = await cells(start, size).catch(reason => {
      if (!(reason instanceof Broken)) throw reason
      return reason
    })
    lost = read instanceof Broken
    if (read instanceof Broken) yield batchOf(index, start, new Map(), 0, cut(start, claimed, read))
    else yield batchOf(index, start, new Map(wanted.map(name => [name, read.get(name) ?? []])), size, [])
  }
  if (!lost && (there < claimed || there === 0) && take(index))
    yield batchOf(index, there, new Map(), 0, there < claimed ? cut(there, claimed) : [])
}

const batchOf = (
  index: number,
  start: number,
  columns: ReadonlyMap<string, readonly Cell[]>,
  size: number,
  defects: readonly RecordDefect[],
): RecordBatch => ({ index, size, records: Float64Array.from({ length: size }, (_, k) => start + k), columns, defects })

const cut = (record: number, claimed: number, reason?: Broken): RecordDefect[] => {
  const why = reason ? reason.message : 'the file ends here'
  const message = `Of ${claimed} items only ${record} could be read: ${why}.`
  return [{ record, kind: reason?.kind ?? 'truncated', message, lost: true, records: Math.max(1, claimed - record) }]
}

/** Opens a file; one that is broken is a file without records that says so. */
export async function orBroken(open: () => Promise<RecordFile>): Promise<RecordFile> {
  try {
    return await open()
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    const { kind, message } = reason
    const defects = [{ record: 0, kind, message: `The file cannot be read: ${message}.`, lost: true }]
    return {
      columns: [],
      async *records({ take = () => true }) {
        if (take(0)) yield batchOf(0, 0, new Map(), 0, defects)
      },
    }
  }
}

/** How the samples of one picture lie. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly channels: number
  /** True when all samples of a channel stand together. */
  readonly planar: boolean
}

/** One picture from samples of a byte each: grey becomes three equal ones, a fourth channel is laid on white. */
export function rasterFrom(samples: Uint8Array, { width, height, channels, planar }: Layout): Raster {
  const count = width * height
  const pixels = new Uint8Array(count * 3)
  const at = (p: number, c: number) => samples[planar ? c * count + p : p * channels + c]!
  for (let p = 0; p < count; p++) {
    const alpha = channels === 4 ? at(p, 3) / 255 : 1
    for (let c = 0; c < 3; c++) {
      const value = at(p, channels >= 3 ? c : 0)
      pixels[p * 3 + c] = alpha === 1 ? value : Math.round(value * alpha + 255 * (1 - alpha))
    }
  }
  return { width, height, pixels }
}

const mostSide = 8192
const isSide = (side: number): boolean => side >= 2 && side <= mostSide

/** How pictures lie in an array of this shape (the first number counts them); null when it holds none. */
export function layoutOf(shape: readonly number[]): Layout | null {
  const [, a = 0, b = 0, c = 0] = shape
  if (shape.length === 3 && isSide(a) && isSide(b)) return { width: b, height: a, channels: 1, planar: false }
  if (shape.length !== 4) return null
  const isDepth = (depth: number) => depth === 1 || depth === 3 || depth === 4
  if (isDepth(c) && isSide(a) && isSide(b)) return { width: b, height: a, channels: c, planar: false }
  return isDepth(a) && isSide(b) && isSide(c) ? { width: c, height: b, channels: a, planar: true } : null
}
