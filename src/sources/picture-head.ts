import { mediaOf } from './media.ts'

/** What the first bytes of a picture say of it, for the two formats that most pictures have. */
export interface PictureHead {
  readonly width: number
  readonly height: number
  /** Samples a pixel. */
  readonly channels: number
  readonly depth: number
  /** EXIF orientation; 1 when there is none. */
  readonly orientation: number
  /** True when a colour profile stands in it. */
  readonly profiled: boolean
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const latin = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end))

/** Markers of a JPEG file before its pixels begin; honest files have a few dozen. */
const mostMarkers = 512

/** Reads the markers of a JPEG file (ITU T.81, B.1) up to the frame header; null when there is none of 8 bits. */
export function jpegHead(bytes: Uint8Array): PictureHead | null {
  const view = viewOf(bytes)
  let orientation = 1
  let profiled = false
  for (let at = 2, seen = 0; at + 9 < bytes.length && seen < mostMarkers; seen++) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = view.getUint16(at + 2)
    if (isFrame(marker)) {
      const head = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), channels: bytes[at + 9]! }
      return { ...head, depth: bytes[at + 4]!, orientation, profiled }
    }
    if (marker === 0xe1 && latin(bytes, at + 4, at + 8) === 'Exif')
      orientation = orientationIn(bytes, at + 10, at + 2 + length)
    if (marker === 0xe2 && latin(bytes, at + 4, at + 15) === 'ICC_PROFILE') profiled = true
    if (length < 2 || marker === 0xd9 || marker === 0xda) return null
    at += 2 + length
  }
  return null
}

/** Start of a frame: C0 to CF without the tables and the arithmetic conditioning among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Entry 0x0112 of the first directory of an EXIF block (TIFF 6.0). */
function orientationIn(bytes: Uint8Array, start: number, end: number): number {
  const block = bytes.subarray(start, Math.min(end, bytes.length))
  if (block.length < 14) return 1
  const view = viewOf(block)
  const little = block[0] === 0x49
  const first = view.getUint32(4, little)
  if (first + 2 > block.length) return 1
  const entries = Math.min(view.getUint16(first, little), 256)
  for (let k = 0; k < entries; k++) {
    const at = first + 2 + k * 12
    if (at + 12 > block.length) return 1
    if (view.getUint16(at, little) !== 0x0112) continue
    const value = view.getUint16(at + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** Why bytes of this kind are never decoded; null when they may be. */
export function refusalOf(bytes: Uint8Array): { readonly kind: string; readonly reason: string } | null {
  const { type } = mediaOf(bytes.subarray(0, 4096))
  const never = drawn.get(type)
  if (never) return { kind: 'unsupported-picture', reason: `it is ${never}` }
  if (type.startsWith('image/') || type === 'application/octet-stream') return null
  // Bytes that begin as nothing known may still be a picture: the decoder says.
  return { kind: 'no-picture', reason: `its bytes are no picture but ${type}` }
}

const drawn: ReadonlyMap<string, string> = new Map([
  ['image/svg+xml', 'an SVG drawing: a program of markup, which is never drawn'],
  ['application/pdf', 'a PDF document, which is never drawn'],
  ['application/postscript', 'a PostScript program, which is never run'],
  ['image/heic', 'HEIC, which nothing here decodes'],
  ['image/jxl', 'JPEG XL, which nothing here decodes'],
  ['image/vnd.microsoft.icon', 'an icon file, which nothing here decodes'],
  ['image/vnd.adobe.photoshop', 'a Photoshop file, which nothing here decodes'],
])
