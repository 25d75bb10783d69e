import { createHash, type Hash } from 'node:crypto'

/** A digest as a record declares it: the algorithm, and how its bytes are spelled. */
export interface Declared {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** The spelling of other bytes in the same way. */
  spell(digest: Buffer): string
}

const sizes = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Reads `sha1:B2LT…` and its cousins in base 32, hexadecimal and base 64; null when the algorithm or spelling is unknown. */
export function declaredDigest(text: string): Declared | null {
  const found = /^([a-z]+)-?(\d+):(\S{1,200})$/i.exec(text.trim())
  if (!found) return null
  const algorithm = `${found[1]}${found[2]}`.toLowerCase() as Declared['algorithm']
  const size = Object.hasOwn(sizes, algorithm) ? sizes[algorithm] : 0
  const value = found[3]!
  const label = text.trim().slice(0, -value.length)
  const spelling = size > 0 ? spellingOf(value, size) : null
  return spelling ? { algorithm, spell: digest => label + spelling(digest) } : null
}

function spellingOf(value: string, size: number): ((digest: Buffer) => string) | null {
  if (value.length === size * 2 && /^[\da-f]+$/i.test(value)) {
    const upper = value !== value.toLowerCase()
    return digest => (upper ? digest.toString('hex').toUpperCase() : digest.toString('hex'))
  }
  const padded = value.endsWith('=')
  const bare = value.replace(/=+$/, '')
  if (bare.length === Math.ceil((size * 8) / 5) && /^[a-z2-7]+$/i.test(bare)) {
    const lower = value === value.toLowerCase()
    return digest => {
      const text = base32(digest, padded)
      return lower ? text.toLowerCase() : text
    }
  }
  if (bare.length !== Math.ceil((size * 4) / 3) || !/^[\w+/-]+$/.test(bare)) return null
  const web = /[-_]/.test(value)
  return digest => digest.toString(web ? 'base64url' : 'base64').replace(/=+$/, '') + value.slice(bare.length)
}

/** Base 32 of RFC 4648, as crawls spell SHA-1. */
export function base32(bytes: Uint8Array, padded = false): string {
  let [text, held, count] = ['', 0, 0]
  for (const byte of bytes) {
    held = ((held & 31) << 8) | byte
    for (count += 8; count >= 5; count -= 5) text += letters[(held >>> (count - 5)) & 31]
    held &= (1 << count) - 1
  }
  if (count > 0) text += letters[(held << (5 - count)) & 31]
  return padded ? text.padEnd(Math.ceil(text.length / 8) * 8, '=') : text
}

/** The digest of what is already in memory. */
export const digestOf = (algorithm: Declared['algorithm'], bytes: Uint8Array): Buffer =>
  hashOf(algorithm).update(bytes).digest()

export const hashOf = (algorithm: Declared['algorithm']): Hash => createHash(algorithm)
