/**
 * Bytes that can be read anywhere, at once: a file, a member of an archive, memory. Reading beyond the end gives fewer
 * bytes, never an error. What `read` gives is only good until the next `read`; copy what must stay.
 */
export interface Bytes {
  readonly size: number
  /** Bytes [start, end). */
  read(start: number, end: number): Uint8Array
}

/** Bytes in memory. */
export function memoryBytes(data: Uint8Array): Bytes {
  // Of a Buffer, `slice` would not copy.
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { size: data.length, read: (start, end) => plain.subarray(Math.max(0, start), Math.max(0, start, end)) }
}

/** The bytes [start, end) of others, counted from 0. */
export function sliceOf(bytes: Bytes, start: number, end: number): Bytes {
  const from = Math.min(Math.max(0, start), bytes.size)
  const to = Math.min(Math.max(from, end), bytes.size)
  return {
    size: to - from,
    read: (s, e) => bytes.read(from + Math.max(0, s), Math.min(to, from + Math.max(0, e))),
  }
}

/** Several bytes one after another, read as one. */
export function joined(pieces: readonly Bytes[]): Bytes {
  const starts = [0]
  for (const piece of pieces) starts.push(starts.at(-1)! + piece.size)
  const size = starts.at(-1)!
  return {
    size,
    read(start, end) {
      const [from, to] = [Math.max(0, start), Math.min(size, end)]
      const at = starts.findLastIndex(s => s <= from)
      if (to <= from) return new Uint8Array(0)
      if (to <= starts[at + 1]!) return pieces[at]!.read(from - starts[at]!, to - starts[at]!)
      const out = new Uint8Array(to - from)
      for (let k = at; k < pieces.length && starts[k]! < to; k++)
        out.set(pieces[k]!.read(Math.max(0, from - starts[k]!), to - starts[k]!), Math.max(0, starts[k]! - from))
      return out
    },
  }
}
