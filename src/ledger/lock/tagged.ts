import { createHash } from 'node:crypto'

/** A digest of lines that come one by one. */
export interface LineDigest {
  add(line: string): void
  hex(): string
}

/** Lines are given to the hash together up to so many characters. */
const enough = 1 << 16

/** SHA-256 over a line that says what is hashed, then the lines themselves: no other kind of text has the digest. */
export function lineDigest(what: string): LineDigest {
  const hash = createHash('sha256').update(`urn:bezoar:lock:1.0:${what}\n`)
  let pending = ''
  return {
    add(line) {
      pending += `${line}\n`
      if (pending.length < enough) return
      hash.update(pending)
      pending = ''
    },
    hex: () => hash.update(pending).digest('hex'),
  }
}

/** The digest of lines that are all there. */
export function taggedDigest(what: string, lines: Iterable<string>): string {
  const digest = lineDigest(what)
  for (const line of lines) digest.add(line)
  return digest.hex()
}
