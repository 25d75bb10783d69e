import type { Stored } from './stored.ts'

/** Longest head that is believed: names and extra fields of honest ones are short. */
const mostBytes = 70_000

/** Length of the head of the gzip member at the front (RFC 1952, 2.3); -1 when none begins there. */
export async function memberHead(stored: Stored): Promise<number> {
  await stored.ensure(10)
  const { bytes } = stored
  if (bytes.length < 10 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || bytes[3]! & 0xe0) return -1
  const flags = bytes[3]!
  let at = 10
  if (flags & 4) {
    if (!(await stored.ensure(12))) return -1
    at += 2 + stored.bytes.readUInt16LE(10)
  }
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue
    await stored.ensure(Math.min(mostBytes, at + 1024))
    let end = stored.bytes.indexOf(0, at)
    if (end < 0 && (await stored.ensure(mostBytes))) end = stored.bytes.indexOf(0, at)
    if (end < 0) end = stored.bytes.indexOf(0, at)
    if (end < 0 || end > mostBytes) return -1
    at = end + 1
  }
  return at + (flags & 2 ? 2 : 0)
}
