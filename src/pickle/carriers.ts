import { type Constants, wholeLetters } from './constants.ts'
import { names } from './opcodes.ts'
import { walked, walks } from './probe.ts'
import { latin1Bytes, latin1Text, utf8Text } from './texts.ts'

/** Constants that are worth following, kept for one stream. */
const mostFound = 4096
/** Bytes of a constant that are looked at to see whether it is worth it. */
export const looked = 2048
const shortest = 10
const mostSteps = 200
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
    if (size < shortest) return
    const first = starts[data[index]!]!
    if (first === 0 || (first === letters && (size < shortestCode || !isLettered(data, index)))) return
    if (!worthFollowing(data.subarray(index, index + Math.min(size, looked)))) return
    if (this.found.length < mostFound) this.found.push({ offset, size })
    else this.more++
  }

  /** The bytes of a constant. */
  read(offset: number, most: number): Uint8Array {
    return this.constants.bytes(offset, most)
  }
}

/** Opcodes that a pickle can begin with: they need nothing on the stack. */
const first =
  /^(PROTO|FRAME|GLOBAL|INST|MARK|EMPTY_|NONE|NEW(TRUE|FALSE)|(SHORT_)?BIN(BYTES|STRING|UNICODE|INT|FLOAT)|EXT|LONG|INT|FLOAT|STRING|UNICODE|PERSID|BYTEARRAY)/
const signatures = [
  [0x1f, 0x8b, 8],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x04, 0x22, 0x4d, 0x18],
  [0x50, 0x4b, 3, 4],
]

/** First bytes of what has to be looked at, and of what is only letters of base64 or hex. */
const looks = 2
const letters = 1
const starts = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (first.test(names[byte] ?? '') || byte === 0xc2 || (byte & 0x8f) === 8) return looks
  if (signatures.some(signature => signature[0] === byte)) return looks
  return isLetter(byte) ? letters : 0
})

/** Whether bytes may be a pickle, packed bytes, or one of them written in letters. */
function worthFollowing(data: Uint8Array): boolean {
  if (startsProgram(data)) return true
  const code = codeText(data)
  if (code !== null && startsProgram(unlettered(code))) return true
  if (data[0]! !== 0xc2 && data[1]! < 128 && data[2]! < 128) return false
  const narrow = latin1Bytes(utf8Text(data.subarray(0, wholeLetters(data))) ?? '\u0100')
  return narrow !== null && startsProgram(narrow)
}

function startsProgram(data: Uint8Array): boolean {
  if (isZlib(data)) return true
  for (const signature of signatures) if (startsWith(data, signature)) return true
  const walk = walked(data, mostSteps)
  return (walk & walks.named) !== 0 || (walk !== walks.broken && data[0] === 0x80 && data[1]! <= 5 && data.length > 2)
}

function startsWith(data: Uint8Array, signature: readonly number[]): boolean {
  for (let k = 0; k < signature.length; k++) if (data[k] !== signature[k]) return false
  return true
}

/** The two first bytes of zlib data carry a checksum of their own. */
export const isZlib = (data: Uint8Array): boolean =>
  (data[0]! & 0x8f) === 8 && ((data[0]! << 8) | data[1]!) % 31 === 0 && (data[1]! & 0x20) === 0

/** The letters of base64 or hex that a text is made of; null when it is other text. */
export function codeText(data: Uint8Array, most = looked): string | null {
  if (data.length < shortestCode || !isLettered(data, 0)) return null
  let end = shortestCode
  while (end < data.length && (isLetter(data[end]!) || isBreak(data[end]!))) end++
  return latin1Text(data.subarray(0, Math.min(end, most)))
}

/** Whether the first bytes are letters of base64 or hex. */
function isLettered(data: Uint8Array, index: number): boolean {
  for (let k = 0; k < shortestCode; k++) if (!isLetter(data[index + k]!)) return false
  return true
}

function isLetter(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    byte === 43 ||
    byte === 47 ||
    byte === 45 ||
    byte === 95 ||
    byte === 61
  )
}

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
