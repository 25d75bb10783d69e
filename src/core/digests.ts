import { type Cell, textOf } from './table.ts'

/** A digest as its bytes, with the name of the algorithm when the text gives one. */
export interface Digest {
  readonly named: string | null
  readonly hex: string
}

/** Names of algorithms by bytes, for digests that do not name theirs. */
const usual: Readonly<Record<number, string>> = {
  16: 'md5',
  20: 'sha1',
  28: 'sha224',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}
const names = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'blake2b', 'blake2s', 'blake3'])
/** A digest of 64 bytes in hexadecimal with a long name; what is longer is none. */
const mostCharacters = 200
const plain = /^[0-9a-f]+$/
const bySizes = new Map(Object.keys(usual).map(bytes => [2 * Number(bytes), true]))

/**
 * Reads a digest: hexadecimal, base32 (as web archives write SHA-1) or base64 with its padding (as web pages do), with
 * or without `algorithm:` or `algorithm-` before it.
 * @returns null when the text is none
 */
export function readDigest(cell: Cell | undefined): Digest | null {
  const raw = textOf(cell)
  if (raw === null || raw.length > mostCharacters) return null
  if (bySizes.has(raw.length) && plain.test(raw)) return { named: null, hex: raw }
  const text = raw.trim().replace(/^urn:/i, '')
  const [, prefix = '', rest = text] = /^([a-z0-9-]{2,10}?)[:-](?=[^-])(.+)$/i.exec(text) ?? []
  const named = prefix === '' ? null : prefix.toLowerCase().replaceAll('-', '')
  if (named !== null && !names.has(named)) return null
  const hex = hexOf(rest, named !== null)
  if (hex === null || usual[hex.length / 2] === undefined) return null
  const fits = named === null || named.startsWith('blake') || usual[hex.length / 2] === named
  return fits ? { named, hex } : null
}

/** Base64 without padding is told from any word only where the algorithm is named. */
function hexOf(text: string, isNamed: boolean): string | null {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return text.toLowerCase()
  if (/^[a-z2-7]+=*$/i.test(text) && (text === text.toUpperCase() || text === text.toLowerCase())) {
    const bytes = fromBase32(text.replace(/=+$/, '').toUpperCase())
    if (bytes !== null && usual[bytes.length] !== undefined) return Buffer.from(bytes).toString('hex')
  }
  if (text.length % 4 === 0 && (isNamed || text.endsWith('=')) && /^[A-Za-z0-9+/_-]+=*$/.test(text))
    return Buffer.from(text, 'base64').toString('hex')
  return null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes of base32 (RFC 4648, section 6) without padding; null when the last letter has bits too many. */
function fromBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let [bits, held, at] = [0, 0, 0]
  for (const letter of text) {
    bits = (bits << 5) | alphabet.indexOf(letter)
    held += 5
    if (held < 8) continue
    held -= 8
    bytes[at++] = bits >>> held
    bits &= (1 << held) - 1
  }
  return bits === 0 ? bytes : null
}

/** The algorithm that a digest names, else the one that its length suggests. */
export const algorithmOf = ({ named, hex }: Digest): string => named ?? usual[hex.length / 2] ?? 'unknown'

/** True when both can be of one algorithm: the same length, and no two names. */
export const comparable = (a: Digest, b: Digest): boolean =>
  a.hex.length === b.hex.length && (a.named === null || b.named === null || a.named === b.named)
