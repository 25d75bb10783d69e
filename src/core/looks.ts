/**
 * How something looks, in 64 bits: pictures that were re-encoded or resized, and pages that were re-rendered, keep most
 * bits. Written as `p:` (perceptual hash of a picture) or `s:` (simhash of a text) and 16 hexadecimal digits.
 */
export interface Looks {
  readonly of: 'picture' | 'text'
  readonly bits: bigint
}

const written = /^([ps]):([0-9a-f]{16})$/

/** Reads looks; null when the text is none. */
export function parseLooks(text: string): Looks | null {
  const match = written.exec(text.trim().toLowerCase())
  return match ? { of: match[1] === 'p' ? 'picture' : 'text', bits: BigInt(`0x${match[2]}`) } : null
}

export const looksText = ({ of, bits }: Looks): string =>
  `${of === 'picture' ? 'p' : 's'}:${bits.toString(16).padStart(16, '0')}`

/** Bits in which they differ, 0 to 64; null when one is a picture and the other a text. */
export function looksApart(a: Looks, b: Looks): number | null {
  if (a.of !== b.of) return null
  let count = 0
  for (let rest = a.bits ^ b.bits; rest > 0n; rest &= rest - 1n) count++
  return count
}

/**
 * Bits in which looks may differ and still be those of one thing that was re-encoded, resized or rendered anew. For texts
 * the most at which fewer than one in a million pairs of different ones agree.
 */
export const sameLooks = { picture: 8, text: 6 } as const
