import type { Raster } from '../core/index.ts'
import { coloured, type JpegPlane } from './picture-jpeg-colours.ts'
import { type Codes, codesOf, diagonal, ScanReader } from './picture-jpeg-scan.ts'
import { writeBlock } from './picture-jpeg-waves.ts'

/** Pixels up to which a call into the decoder costs more than reading the file here. */
const mostPixels = 1 << 13
const mostSegments = 64

/** A component of the frame: how it is sampled, which steps it names, and its samples. */
interface Component extends JpegPlane {
  readonly id: number
  readonly across: number
  readonly down: number
  readonly steps: number
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly components: readonly Component[]
}

/** What stands before the samples. */
interface Tables {
  readonly steps: (Int32Array | undefined)[]
  /** Those of first coefficients at 0 to 3, those of the others at 4 to 7. */
  readonly codes: (Codes | undefined)[]
  /** Units between two restarts; 0 for none. */
  restart: number
}

/** A component and the tables of its blocks. */
interface Part {
  readonly component: Component
  readonly first: Codes
  readonly rest: Codes
  readonly steps: Int32Array
  /** First coefficient of the block before. */
  last: number
}

/**
 * Reads the plain ones of small JPEG files (ITU-T T.81: baseline, one scan, grey or YCbCr) to the same samples that the
 * decoder gives: many sets are made of them, and the decoder's own overhead is several times the work. Null for any
 * other file, and for whatever is odd about one.
 * @param wanted width and height, as the header of the file gives them
 */
export function smallJpeg(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Raster | null {
  if (width * height > mostPixels || width < 5 || height < 1) return null
  const tables: Tables = { steps: [], codes: [], restart: 0 }
  let frame: Frame | null = null
  for (let at = 2, k = 0; k < mostSegments && at + 4 <= bytes.length; k++) {
    const marker = bytes[at + 1]!
    const end = at + 2 + word(bytes, at + 2)
    if (bytes[at] !== 0xff || end < at + 4 || end > bytes.length) return null
    const body = bytes.subarray(at + 4, end)
    if (marker === 0xda) return frame && scanned(frame, tables, body, bytes.subarray(end))
    if (marker === 0xc0) {
      if (frame || word(body, 1) !== height || word(body, 3) !== width) return null
      frame = frameOf(body)
    } else if (!read(marker, body, tables)) return null
    at = end
  }
  return null
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!

/** Takes in a segment; false for one that is not plain. */
function read(marker: number, body: Uint8Array, tables: Tables): boolean {
  if (marker === 0xdb) return readSteps(body, tables)
  if (marker === 0xc4) return readCodes(body, tables)
  if (marker === 0xdd) {
    tables.restart = word(body, 0)
    return body.length === 2
  }
  // What Adobe's segment says of colours is for the decoder.
  return marker === 0xfe || (marker >= 0xe0 && marker <= 0xef && marker !== 0xee)
}

function readSteps(body: Uint8Array, { steps }: Tables): boolean {
  for (let at = 0; at < body.length; at += 65) {
    if (body[at]! > 3 || at + 65 > body.length) return false
    const table = new Int32Array(64)
    for (let k = 0; k < 64; k++) table[diagonal[k]!] = body[at + 1 + k]!
    steps[body[at]!] = table
  }
  return true
}

function readCodes(body: Uint8Array, { codes }: Tables): boolean {
  for (let at = 0; at < body.length; ) {
    const [kind, number] = [body[at]! >> 4, body[at]! & 15]
    if (kind > 1 || number > 3 || at + 17 > body.length) return false
    const counts = body.subarray(at + 1, at + 17)
    const count = counts.reduce((sum, n) => sum + n, 0)
    const values = body.subarray(at + 17, at + 17 + count)
    const made = codesOf(counts, values)
    if (!made || (kind === 0 && values.some(size => size > 15))) return false
    codes[4 * kind + number] = made
    at += 17 + count
  }
  return true
}

function frameOf(body: Uint8Array): Frame | null {
  const count = body[5]!
  if (body[0] !== 8 || body.length !== 6 + 3 * count || (count !== 1 && count !== 3)) return null
  const [height, width] = [word(body, 1), word(body, 3)]
  const parts = Array.from({ length: count }, (_, k) => body.subarray(6 + 3 * k, 9 + 3 * k))
  const [across, down] = count === 1 ? [1, 1] : [parts[0]![1]! >> 4, parts[0]![1]! & 15]
  // Colours are whole or halved; what is called other than 1, 2, 3 may be no YCbCr.
  if (across < 1 || across > 2 || down < 1 || down > 2) return null
  if (count === 3 && parts.some((part, k) => part[0] !== k + 1 || (k > 0 && part[1] !== 0x11))) return null
  const units = [Math.ceil(width / (8 * across)), Math.ceil(height / (8 * down))] as const
  const components = parts.map((part, k): Component => {
    const [own, tall] = k === 0 ? [across, down] : [1, 1]
    const stride = 8 * own * units[0]
    return {
      id: part[0]!,
      across: own,
      down: tall,
      steps: part[2]!,
      stride,
      width: k === 0 ? width : Math.ceil(width / across),
      height: k === 0 ? height : Math.ceil(height / down),
      samples: new Uint8Array(stride * 8 * tall * units[1]),
    }
  })
  return { width, height, components }
}

/** The picture of the one scan; null when it does not hold all of it, or anything else. */
function scanned(frame: Frame, tables: Tables, head: Uint8Array, data: Uint8Array): Raster | null {
  const { components, width, height } = frame
  const parts = partsOf(components, tables, head)
  if (!parts) return null
  const [{ across, down, stride, samples }] = components as [Component]
  const [columns, lines] = [stride / (8 * across), samples.length / stride / (8 * down)]
  const reader = new ScanReader(data)
  for (let unit = 0; unit < columns * lines; unit++) {
    if (tables.restart > 0 && unit > 0 && unit % tables.restart === 0) {
      if (!reader.restarts(unit / tables.restart - 1)) return null
      for (const part of parts) part.last = 0
    }
    for (const part of parts) if (!readUnit(reader, part, Math.floor(unit / columns), unit % columns)) return null
  }
  return reader.ended() ? { width, height, pixels: coloured(components, width, height) } : null
}

function partsOf(components: readonly Component[], { steps, codes }: Tables, head: Uint8Array): Part[] | null {
  const count = components.length
  const usual = head[1 + 2 * count] === 0 && head[2 + 2 * count] === 63 && head[3 + 2 * count] === 0
  if (head[0] !== count || head.length !== 4 + 2 * count || !usual) return null
  const parts = components.flatMap((component, k): Part[] => {
    const [first, rest] = [codes[head[2 + 2 * k]! >> 4], codes[4 + (head[2 + 2 * k]! & 15)]]
    const own = steps[component.steps]
    const known = first && rest && own && head[1 + 2 * k] === component.id
    return known ? [{ component, first, rest, steps: own, last: 0 }] : []
  })
  return parts.length === count ? parts : null
}

/** Reads the blocks of a component that belong to one unit. */
function readUnit(reader: ScanReader, part: Part, row: number, column: number): boolean {
  const { across, down, samples, stride } = part.component
  for (let block = 0; block < across * down; block++) {
    const [y, x] = [row * down + Math.floor(block / across), column * across + (block % across)]
    if (!reader.block(part.first, part.rest, part.steps, part.last)) return false
    part.last = reader.first
    writeBlock(reader.cells, samples, 8 * (y * stride + x), stride)
  }
  return true
}
