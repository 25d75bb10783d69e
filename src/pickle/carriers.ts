import type { Constants } from './constants.ts'
import { forms, written } from './opcodes.ts'
import { probe } from './probe.ts'
import { latin1Bytes, utf8Text } from './texts.ts'

/** Constants that are worth following, kept for one stream. */
const mostFound = 4096
/** Bytes of a constant that are looked at to see whether it is worth it. */
const looked = 2048
const shortest = 10
/** Letters of base64 or hex that hold the shortest program. */
const shortestCode = 24

/** Constants that may hold a program of their own: pickles, packed bytes, either of them as base64 or hex. */
export class Carriers {
  readonly found: { readonly offset: number; readonly size: number }[] = []
  /** Constants that were worth following and are not in `found`. */
  more = 0
  private readonly constants: Constants

  constructor(constants: Constants) {
    this.constants = constants
  }

  /** @param index of the first of its `size` bytes in the window `data` */
  look(offset: number, size: number, data: Uint8Array, index: number): void {
    if (size < shortest || !plausible[data[index]!]) return
    if (!worthFollowing(data.subarray(index, index + Math.min(size, looked)))) return
    if (this.found.length < mostFound) this.found.push({ offset, size })
    else this.more++
  }

  /** The bytes of a constant. */
  read(offset: number, most: number): Uint8Array {
    return this.constants.bytes(offset, most)
  }
}

/** First bytes of what has to be looked at: opcodes, signatures, letters of base64 and hex. */
const plausible = Uint8Array.from({ length: 256 }, (_, byte) =>
  forms[byte] !== written.unknown || /[\w+/'"<\x1f\x28\x04\xfd\xc2]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** Whether bytes may be a pickle, packed bytes, or one of them written in letters. */
export function worthFollowing(data: Uint8Array): boolean {
  if (startsProgram(data)) return true
  const code = codeText(data)
  if (code !== null && startsProgram(unlettered(code))) return true
  if (data[0]! !== 0xc2 && !data.subarray(0, 8).some(byte => byte > 127)) return false
  const narrow = latin1Bytes(utf8Text(data.subarray(0, lastWhole(data))) ?? '\u0100')
  return narrow !== null && startsProgram(narrow)
}

/** Where the last whole letter of UTF-8 ends. */
function lastWhole(data: Uint8Array): number {
  let end = data.length
  while (end > 0 && end > data.length - 4 && data[end - 1]! >= 0x80) end--
  return end
}

const signatures = [
  [0x1f, 0x8b, 8],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x04, 0x22, 0x4d, 0x18],
  [0x50, 0x4b, 3, 4],
]

function startsProgram(data: Uint8Array): boolean {
  if (signatures.some(signature => signature.every((byte, k) => data[k] === byte))) return true
  if (isZlib(data)) return true
  const { names, ended, steps } = probe(data, 0, 200)
  if (names) return true
  return ended === 'cut' && data[0] === 0x80 && data[1]! <= 5 && steps > 1
}

/** The two first bytes of zlib data carry a checksum of their own. */
export const isZlib = (data: Uint8Array): boolean =>
  (data[0]! & 0x8f) === 8 && ((data[0]! << 8) | data[1]!) % 31 === 0 && (data[1]! & 0x20) === 0

/** The letters of base64 or hex that a text is made of; null when it is other text. */
export function codeText(data: Uint8Array): string | null {
  if (data.length < shortestCode) return null
  for (let k = 0; k < shortestCode; k++) if (!isLetter(data[k]!)) return null
  let end = shortestCode
  while (end < data.length && (isLetter(data[end]!) || isBreak(data[end]!))) end++
  return String.fromCharCode(...data.subarray(0, Math.min(end, looked)))
}

const isLetter = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) ||
  (byte >= 65 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  byte === 43 ||
  byte === 47 ||
  byte === 45 ||
  byte === 95 ||
  byte === 61

const isBreak = (byte: number): boolean => byte === 10 || byte === 13 || byte === 32

/** Bytes that are written as hex or base64; hex when all letters are its digits. */
export function unlettered(text: string): Uint8Array {
  const letters = text.replace(/\s/g, '')
  if (/^([\da-fA-F]{2})+$/.test(letters))
    return Uint8Array.from(letters.match(/../g)!, pair => Number.parseInt(pair, 16))
  const data = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let size = 0
  let bits = 0
  let held = 0
  for (let k = 0; k < letters.length; k++) {
    const value = sextets[letters.charCodeAt(k) & 127]!
    if (value > 63) break
    bits = ((bits << 6) | value) & 0xffffff
    held += 6
    if (held >= 8) {
      held -= 8
      data[size++] = (bits >> held) & 255
    }
  }
  return data.subarray(0, size)
}

const sextets = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.indexOf(String.fromCharCode(code))
  return at >= 0 ? at : code === 45 ? 62 : code === 95 ? 63 : 64
})
