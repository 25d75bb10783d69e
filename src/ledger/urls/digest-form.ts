/** Algorithms that lists record digests by. */
export const digestAlgorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const
export type DigestAlgorithm = (typeof digestAlgorithms)[number]

/** How a list spells its digests. */
export interface DigestForm {
  readonly algorithm: DigestAlgorithm
  /** Spells a digest, given in lower-case hex, in the same way. */
  spell(hex: string): string
}

const byDigits: Readonly<Record<number, DigestAlgorithm>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' }
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * Sees how a recorded digest is spelled: hexadecimal of a known length, in either case and with the algorithm in front
 * or not, or SHA-1 in base 32 as crawls have it. Null when it is none of these.
 */
export function digestForm(text: string): DigestForm | null {
  const [, label = '', value = ''] = /^((?:md5|sha-?1|sha-?256|sha-?512)[:=-])?(\S+)$/i.exec(text.trim()) ?? []
  const named = label.toLowerCase().replace(/[^a-z0-9]/g, '')
  const cased = (plain: string) => label + (value === value.toLowerCase() ? plain : plain.toUpperCase())
  const algorithm = /^[0-9a-f]+$/i.test(value) ? byDigits[value.length] : undefined
  if (algorithm && (named === '' || named === algorithm)) return { algorithm, spell: hex => cased(hex) }
  if (/^[a-z2-7]{32}$/i.test(value) && (named === '' || named === 'sha1'))
    return { algorithm: 'sha1', spell: hex => cased(base32(Buffer.from(hex, 'hex'))) }
  return null
}

/** Base 32 of RFC 4648 of bytes whose bits are a multiple of five. */
function base32(bytes: Uint8Array): string {
  let [text, held, count] = ['', 0, 0]
  for (const byte of bytes) {
    held = ((held & 31) << 8) | byte
    for (count += 8; count >= 5; count -= 5) text += letters[(held >>> (count - 5)) & 31]
  }
  return text
}
