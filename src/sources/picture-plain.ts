import type { Raster } from '../core/index.ts'
import { Broken } from './broken.ts'

/** Pixels of a file without compression, and what it says of them. */
export interface PlainPicture {
  readonly raster: Raster
  readonly depth: number
  readonly grey: boolean
}

const unsupported = (what: string): Broken => new Broken('unsupported-picture', what)

/** Throws when a picture claims no pixels, or more than may be decoded. */
export function checkSize(width: number, height: number, mostPixels: number): void {
  if (!(width >= 1 && height >= 1)) throw new Broken('bad-picture', 'it claims to have no pixels')
  if (width * height > mostPixels) throw new Broken('too-large', `it claims ${width} × ${height} pixels`)
}

/** Reads a Netpbm picture (P1 to P6), text or binary, up to 16 bits a sample. Throws `Broken`. */
export function netpbm(bytes: Uint8Array, mostPixels: number): PlainPicture {
  const kind = bytes[1]! - 48
  const words = wordsFrom(bytes, 2)
  const [width, height] = [words.next(), words.next()]
  const most = kind === 1 || kind === 4 ? 1 : words.next()
  checkSize(width, height, mostPixels)
  if (most < 1 || most > 65_535) throw new Broken('bad-picture', 'its largest sample is out of range')
  const channels = kind === 3 || kind === 6 ? 3 : 1
  const samples = kind <= 3 ? textSamples(words, kind, width * height * channels) : null
  const read = samples ?? binarySamples(bytes.subarray(words.at + 1), { kind, width, height, most })
  const invert = most === 1 && channels === 1 && (kind === 1 || kind === 4)
  const pixels = new Uint8Array(width * height * 3)
  for (let p = 0; p < width * height; p++)
    for (let c = 0; c < 3; c++) {
      const sample = Math.min(most, read[channels === 3 ? p * 3 + c : p]!)
      pixels[p * 3 + c] = most === 255 ? sample : Math.round(((invert ? 1 - sample : sample) * 255) / most)
    }
  return { raster: { width, height, pixels }, depth: most > 255 ? 16 : 8, grey: channels === 1 }
}

/** Numbers between white space and comments. */
function wordsFrom(bytes: Uint8Array, start: number) {
  const isSpace = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13)
  return {
    at: start,
    skip() {
      while (this.at < bytes.length && (isSpace(bytes[this.at]!) || bytes[this.at] === 35)) {
        if (bytes[this.at] === 35) while (this.at < bytes.length && bytes[this.at] !== 10) this.at++
        this.at++
      }
    },
    next(mostDigits = 9): number {
      this.skip()
      let value = -1
      for (let k = 0; k < mostDigits; k++, this.at++) {
        const digit = (bytes[this.at] ?? 0) - 48
        if (digit < 0 || digit > 9) break
        value = Math.max(0, value) * 10 + digit
      }
      if (value < 0) throw new Broken('bad-picture', 'a number is missing: it was cut off or is damaged')
      return value
    },
  }
}

function textSamples(words: ReturnType<typeof wordsFrom>, kind: number, count: number): Uint16Array {
  const samples = new Uint16Array(count)
  for (let i = 0; i < count; i++) samples[i] = words.next(kind === 1 ? 1 : 5)
  return samples
}

interface Packed {
  readonly kind: number
  readonly width: number
  readonly height: number
  readonly most: number
}

function binarySamples(data: Uint8Array, { kind, width, height, most }: Packed): Uint8Array | Uint16Array {
  const needs = (size: number) => {
    if (data.length < size) throw new Broken('bad-picture', 'it was cut off: its pixels end too early')
  }
  if (kind === 4) {
    const line = Math.ceil(width / 8)
    needs(line * height)
    const bits = new Uint8Array(width * height)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) bits[y * width + x] = (data[y * line + (x >> 3)]! >> (7 - (x & 7))) & 1
    return bits
  }
  const count = width * height * (kind === 6 ? 3 : 1)
  needs(most > 255 ? count * 2 : count)
  if (most <= 255) return data
  return Uint16Array.from({ length: count }, (_, i) => (data[i * 2]! << 8) | data[i * 2 + 1]!)
}

/** Reads an uncompressed Windows or OS/2 bitmap. Throws `Broken`. */
export function bitmap(bytes: Uint8Array, mostPixels: number): PlainPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 26) throw new Broken('bad-picture', 'it was cut off in its header')
  const size = view.getUint32(14, true)
  const old = size === 12
  if (!old && bytes.length < 54) throw new Broken('bad-picture', 'it was cut off in its header')
  const width = old ? view.getUint16(18, true) : view.getInt32(18, true)
  const tall = old ? view.getUint16(20, true) : view.getInt32(22, true)
  const bits = view.getUint16(old ? 24 : 28, true)
  const packing = old ? 0 : view.getUint32(30, true)
  const height = Math.abs(tall)
  checkSize(width, height, mostPixels)
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Broken('bad-picture', `it claims ${bits} bits a pixel`)
  if (packing !== 0 && packing !== 3 && packing !== 6) throw unsupported('it is a bitmap with compressed pixels')
  const start = view.getUint32(10, true)
  const line = Math.ceil((width * bits) / 32) * 4
  if (start + line * height > bytes.length) throw new Broken('bad-picture', 'it was cut off: its pixels end too early')
  const colour = bits <= 8 ? paletteOf(bytes, 14 + size, bits, old ? 3 : 4, start) : masksOf(view, bits, packing)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const from = start + (tall < 0 ? y : height - 1 - y) * line
    for (let x = 0; x < width; x++) colour(valueAt(bytes, from, x, bits), pixels, (y * width + x) * 3)
  }
  return { raster: { width, height, pixels }, depth: 8, grey: false }
}

function valueAt(bytes: Uint8Array, from: number, x: number, bits: number): number {
  if (bits < 8) {
    const each = 8 / bits
    const byte = bytes[from + Math.floor(x / each)]!
    return (byte >> (8 - bits * ((x % each) + 1))) & ((1 << bits) - 1)
  }
  let value = 0
  for (let k = bits / 8 - 1; k >= 0; k--) value = value * 256 + bytes[from + (x * bits) / 8 + k]!
  return value
}

type Colour = (value: number, pixels: Uint8Array, at: number) => void

function paletteOf(bytes: Uint8Array, start: number, bits: number, each: number, end: number): Colour {
  const known = Math.min(1 << bits, Math.max(0, Math.floor((Math.min(end, bytes.length) - start) / each)))
  return (value, pixels, at) => {
    if (value >= known) return
    const entry = start + value * each
    for (let c = 0; c < 3; c++) pixels[at + c] = bytes[entry + 2 - c]!
  }
}

/** Which bits of a value are red, green and blue: as the header says, else as usual. */
function masksOf(view: DataView, bits: number, packing: number): Colour {
  const said = (packing === 3 || packing === 6) && bits !== 24 && view.byteLength >= 66
  const usual = bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff]
  const masks = said ? [54, 58, 62].map(at => view.getUint32(at, true)) : usual
  const parts = masks.map(mask => {
    const low = mask === 0 ? 1 : 2 ** Math.log2((mask & -mask) >>> 0)
    return { low, most: Math.floor(mask / low) }
  })
  return (value, pixels, at) => {
    for (let c = 0; c < 3; c++) {
      const { low, most } = parts[c]!
      pixels[at + c] = most === 0 ? 0 : Math.round(((Math.floor(value / low) % (most + 1)) * 255) / most)
    }
  }
}
