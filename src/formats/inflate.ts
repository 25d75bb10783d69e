import { Broken } from '../sources/index.ts'

/** Expands one Zstandard buffer to at most `mostBytes`. */
export async function zstdInflater(mostBytes: number): Promise<(stored: Uint8Array) => Uint8Array> {
  const { Decompress } = await import('fzstd')
  return stored => {
    const chunks: Uint8Array[] = []
    let size = 0
    const expander = new Decompress(chunk => {
      size += chunk.length
      if (size > mostBytes) throw new Broken('too-large', `a compressed buffer expands to more than ${mostBytes} bytes`)
      chunks.push(chunk.slice())
    })
    for (let at = 0; at < stored.length; at += 65536) expander.push(stored.subarray(at, at + 65536))
    expander.push(new Uint8Array(0), true)
    return Buffer.concat(chunks)
  }
}

/** Expands LZ4 frames (LZ4 Frame Format 1.6.4) to at most `mostBytes`. Checksums are not verified. */
export function lz4Frame(stored: Uint8Array, mostBytes: number): Uint8Array {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength)
  let out = Buffer.alloc(Math.min(mostBytes, Math.max(65536, stored.length * 4)))
  let length = 0
  const room = (more: number) => {
    if (length + more > mostBytes)
      throw new Broken('too-large', `a compressed buffer expands to more than ${mostBytes} bytes`)
    if (length + more > out.length) out = Buffer.concat([out, Buffer.alloc(Math.max(out.length, more))])
  }
  let at = 0
  if (view.getUint32(at, true) !== 0x184d2204)
    throw new Broken('bad-compression', 'an LZ4 buffer without its signature')
  const flags = stored[at + 4]!
  at += 6 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1
  for (;;) {
    const size = view.getUint32(at, true)
    at += 4
    if (size === 0) return out.subarray(0, length)
    const block = stored.subarray(at, at + (size & 0x7fffffff))
    if (block.length < (size & 0x7fffffff)) throw new Broken('truncated', 'an LZ4 block ends too early')
    if (size & 0x80000000) {
      room(block.length)
      out.set(block, length)
      length += block.length
    } else lz4Block(block)
    at += block.length + (flags & 16 ? 4 : 0)
  }

  function lz4Block(block: Uint8Array): void {
    let i = 0
    const extended = (base: number): number => {
      let total = base
      if (base === 15) for (let byte = 255; byte === 255; total += byte) byte = block[i++] ?? 0
      return total
    }
    while (i < block.length) {
      const token = block[i++]!
      const literals = extended(token >> 4)
      room(literals)
      out.set(block.subarray(i, i + literals), length)
      i += literals
      length += literals
      if (i >= block.length) return
      const back = block[i]! | (block[i + 1]! << 8)
      i += 2
      const copy = extended(token & 15) + 4
      if (back === 0 || back > length) throw new Broken('bad-compression', 'an LZ4 block points before its start')
      room(copy)
      for (let n = 0; n < copy; n++) out[length + n] = out[length - back + n]!
      length += copy
    }
  }
}
