import { Unreadable } from './bytes.ts'

/** Applies a delta of a pack: copies ranges of the base and inserts bytes of its own. */
export function patched(base: Buffer, delta: Buffer, mostBytes: number): Buffer {
  let k = 0
  const number = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = delta[k++]
      if (byte === undefined || scale > 2 ** 42) throw new Unreadable('a delta is cut off')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  if (number() !== base.length) throw new Unreadable('a delta is made for another base')
  const size = number()
  if (size > mostBytes) throw new Unreadable(`an object of ${size} bytes`)
  const made = Buffer.alloc(size)
  let at = 0
  while (k < delta.length) {
    const op = delta[k++]!
    const { from, bytes } = op & 128 ? copied(op) : inserted(op)
    if (bytes.length === 0 || from > base.length || at + bytes.length > size)
      throw new Unreadable('a delta leads beyond its object')
    bytes.copy(made, at)
    at += bytes.length
  }
  if (at !== size) throw new Unreadable('a delta makes less than it claims')
  return made

  function copied(op: number): { from: number; bytes: Buffer } {
    let from = 0
    let length = 0
    for (let b = 0; b < 4; b++) if (op & (1 << b)) from += (delta[k++] ?? 0) * 2 ** (8 * b)
    for (let b = 0; b < 3; b++) if (op & (16 << b)) length += (delta[k++] ?? 0) * 2 ** (8 * b)
    if (length === 0) length = 0x10000
    if (from + length > base.length) throw new Unreadable('a delta copies beyond its base')
    return { from, bytes: base.subarray(from, from + length) }
  }

  function inserted(op: number): { from: number; bytes: Buffer } {
    const bytes = delta.subarray(k, k + op)
    k += op
    if (bytes.length !== op) throw new Unreadable('a delta is cut off')
    return { from: 0, bytes }
  }
}
