import { damaged, type Input } from './input.ts'
import type { Sink } from './shelf.ts'

const frameMagic = 0x184d2204
/** LZ4 block format: matches reach back at most this far. */
const history = 64 << 10

/** Expands one LZ4 frame (LZ4 Frame Format 1.6). Checksums are not compared: the bytes are examined as they are. */
export function unlz4(input: Input, sink: Sink): void {
  if (input.number(4) !== frameMagic) throw damaged('no LZ4 frame')
  const flags = input.byte()
  if (flags >> 6 !== 1) throw damaged('an unknown LZ4 version')
  const largest = 1 << (8 + 2 * ((input.byte() >> 4) & 7))
  if (largest < history || largest > 4 << 20) throw damaged('an impossible LZ4 block size')
  input.skip((flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0) + 1)
  const window = new Uint8Array(history + largest)
  let kept = 0
  for (;;) {
    const head = input.number(4)
    if (head === 0) break
    const size = head % 2 ** 31
    if (size > largest + 1024) throw damaged('an LZ4 block larger than announced')
    const block = input.take(size)
    if (flags & 16) input.skip(4)
    if (flags & 32) kept = 0
    const end = head >= 2 ** 31 ? copied(block, window, kept) : unlz4Block(block, window, kept)
    sink.write(window.subarray(kept, end))
    const from = Math.max(0, end - history)
    window.copyWithin(0, from, end)
    kept = end - from
  }
  if (flags & 4) input.skip(4)
}

function copied(block: Uint8Array, into: Uint8Array, at: number): number {
  if (at + block.length > into.length) throw damaged('an LZ4 block larger than announced')
  into.set(block, at)
  return at + block.length
}

/** Expands one block behind what stands before `at`; returns the end of what it wrote. */
function unlz4Block(block: Uint8Array, into: Uint8Array, at: number): number {
  let from = 0
  let to = at
  const more = (length: number): number => {
    if (length < 15) return length
    let all = length
    for (let byte = 255; byte === 255; all += byte) {
      if (from >= block.length) throw damaged('an LZ4 length runs over the block')
      byte = block[from++]!
    }
    return all
  }
  while (from < block.length) {
    const token = block[from++]!
    const literals = more(token >> 4)
    if (from + literals > block.length || to + literals > into.length) throw damaged('LZ4 literals run over the block')
    for (let k = 0; k < literals; k++) into[to++] = block[from++]!
    if (from >= block.length) break
    const distance = block[from]! | (block[from + 1]! << 8)
    from += 2
    const length = more(token & 15) + 4
    if (distance === 0 || distance > to || to + length > into.length)
      throw damaged('an LZ4 match outside of the window')
    for (let k = 0; k < length; k++, to++) into[to] = into[to - distance]!
  }
  return to
}
