import { Broken } from '../sources/index.ts'
import { type Layout, layoutOf } from './stack.ts'

/** An array of NumPy as its header tells it (NEP 1). */
export interface NumpyHead {
  readonly shape: readonly number[]
  /** `u`, `i`, `f` or `b` with the bytes of an element. */
  readonly kind: string
  readonly itemBytes: number
  readonly big: boolean
  /** Where the elements begin. */
  readonly dataAt: number
}

/** Bytes that hold the header of any array of numbers. */
export const numpyHeadBytes = 4096
const mostElements = 2 ** 40

/** Reads the header of an array; null when it is none of plain numbers in the order of C. */
export function numpyHead(bytes: Uint8Array): NumpyHead | null {
  if (Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== '\x93NUMPY' || bytes.length < 16) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = bytes[6]! > 1
  const from = wide ? 12 : 10
  const dataAt = from + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  if (dataAt > bytes.length) return null
  const text = Buffer.from(bytes.subarray(from, dataAt)).toString('latin1')
  const type = /'descr'\s*:\s*'([<>|=]?)([uifb])(\d)'/.exec(text)
  const shape = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)
  if (!type || !shape || !/'fortran_order'\s*:\s*False/.test(text)) return null
  const sizes = shape[1]!.split(',').flatMap(size => (/\d/.test(size) ? [Number.parseInt(size, 10)] : []))
  const elements = sizes.reduce((product, size) => product * size, 1)
  if (!(elements <= mostElements)) return null
  return { shape: sizes, kind: type[2]!, itemBytes: Number(type[3]), big: type[1] === '>', dataAt }
}

/** How pictures lie in the array; flat squares (784, 3072 numbers a picture) count too. Null when it holds none. */
export function picturesIn({ shape, kind, itemBytes }: NumpyHead): Layout | null {
  const able = (kind === 'u' && itemBytes <= 2) || (kind === 'f' && itemBytes >= 4) || (kind === 'b' && itemBytes === 1)
  if (!able || (shape[0] ?? 0) < 1) return null
  const flat = shape[1] ?? 0
  if (shape.length !== 2 || flat < 64) return layoutOf(shape)
  for (const channels of [1, 3]) {
    const side = Math.sqrt(flat / channels)
    if (Number.isInteger(side) && side <= 1024) return { width: side, height: side, channels, planar: true }
  }
  return null
}

/** Names of arrays of labels and of pictures. */
export const calledLabels = /(^|[^a-z])(y|labels?|targets?|class(es)?|ground_?truth|arr_1)([^a-z]|$)/i
const calledPictures = /(^|[^a-z])(x|images?|imgs?|pictures?|pixels?|data|features|arr_0)([^a-z]|$)/i
/** Smaller arrays of more than two dimensions are weights. */
const leastSide = 8

/** Whether an array is one of pictures: bytes in their shape, or other numbers under a usual name. */
export function holdsPictures(name: string, head: NumpyHead): boolean {
  const layout = picturesIn(head)
  if (!layout || layout.width < leastSide || layout.height < leastSide) return false
  return (head.kind === 'u' && head.shape.length > 2) || calledPictures.test(name)
}

/** Numbers a label may have: whole ones in one column, or one of several columns that is 1. */
export function labelsIn({ shape, kind }: NumpyHead): { readonly columns: number } | null {
  if (shape.length === 1 && kind !== 'f') return { columns: 1 }
  if (shape.length !== 2) return null
  const columns = shape[1]!
  if (columns === 1 && kind !== 'f') return { columns }
  return columns >= 2 && columns <= 20_000 ? { columns } : null
}

/** Elements as numbers. */
export function numbersOf(bytes: Uint8Array, { kind, itemBytes, big }: NumpyHead): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = reader(view, kind, itemBytes, !big)
  return Float64Array.from({ length: Math.floor(bytes.length / itemBytes) }, (_, k) => at(k * itemBytes))
}

function reader(view: DataView, kind: string, size: number, little: boolean): (at: number) => number {
  const read: Readonly<Record<string, (at: number) => number>> = {
    b1: at => view.getUint8(at),
    u1: at => view.getUint8(at),
    i1: at => view.getInt8(at),
    u2: at => view.getUint16(at, little),
    i2: at => view.getInt16(at, little),
    u4: at => view.getUint32(at, little),
    i4: at => view.getInt32(at, little),
    u8: at => Number(view.getBigUint64(at, little)),
    i8: at => Number(view.getBigInt64(at, little)),
    f2: () => Number.NaN,
    f4: at => view.getFloat32(at, little),
    f8: at => view.getFloat64(at, little),
  }
  const found = read[`${kind}${size}`]
  if (!found) throw new Broken('unsupported', `its numbers are of the type ${kind}${size}`)
  return found
}

/** Samples of a byte: as they are, or scaled from 16 bits, from 0 to 1, or from -1 to 1. */
export function samplesOf(bytes: Uint8Array, head: NumpyHead, scale: Scale): Uint8Array {
  if (head.kind === 'u' && head.itemBytes === 1) return bytes
  return Uint8Array.from(numbersOf(bytes, head), value =>
    Math.max(0, Math.min(255, Math.round((value + scale.add) * scale.by))),
  )
}

/** What brings a number to 0 to 255. */
export interface Scale {
  readonly add: number
  readonly by: number
}

/** The scale that the first numbers of an array suggest. */
export function scaleOf(bytes: Uint8Array, head: NumpyHead): Scale {
  if (head.kind === 'b') return { add: 0, by: 255 }
  const numbers = numbersOf(bytes.subarray(0, bytes.length - (bytes.length % head.itemBytes)), head).filter(
    Number.isFinite,
  )
  const [low, high] = numbers.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [0, 0])
  if (head.kind === 'u') return { add: 0, by: high > 4095 ? 255 / 65_535 : high > 255 ? 255 / 4095 : 1 }
  if (low < -0.01 && low >= -1.01 && high <= 1.01) return { add: 1, by: 127.5 }
  return { add: 0, by: high <= 1.01 ? 255 : 1 }
}

/** Labels of some items: the number, or the place of the 1 among several. */
export function labelsOf(numbers: Float64Array, columns: number): (number | null)[] {
  const count = Math.floor(numbers.length / columns)
  return Array.from({ length: count }, (_, k) => {
    const own = numbers.subarray(k * columns, (k + 1) * columns)
    if (columns === 1) return own[0]!
    const most = own.reduce((best, value, i) => (value > own[best]! ? i : best), 0)
    return own[most]! > 0 ? most : null
  })
}
