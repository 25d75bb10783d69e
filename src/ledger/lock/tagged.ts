import { createHash } from 'node:crypto'

/** SHA-256 over a line that says what is hashed, then the lines themselves: no other kind of text has the digest. */
export function taggedDigest(what: string, lines: Iterable<string>): string {
  const hash = createHash('sha256').update(`urn:bezoar:lock:1.0:${what}\n`)
  let pending = ''
  for (const line of lines) {
    pending += `${line}\n`
    if (pending.length < 1 << 16) continue
    hash.update(pending)
    pending = ''
  }
  return hash.update(pending).digest('hex')
}
