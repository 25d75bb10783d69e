import { Broken } from '../broken.ts'
import { damaged, type Input } from './input.ts'
import type { Sink } from './shelf.ts'

const frameMagic = 0xfd2fb528
/** RFC 8878, 3.1.1.1.2: decoders may refuse windows above 8 MiB; the usual tool refuses them above this. */
const mostWindow = 128 << 20
const stepBytes = 64 << 10

/** Expands one Zstandard frame. */
export async function unzstd(input: Input, sink: Sink): Promise<void> {
  const { Decompress } = await import('fzstd')
  const start = input.at
  const end = endOf(input)
  const expander = new Decompress(piece => sink.write(piece))
  try {
    input.go(start)
    for (let left = end - start; left > 0; left -= stepBytes)
      expander.push(input.take(Math.min(stepBytes, left)), left <= stepBytes)
  } catch (reason) {
    if (reason instanceof Broken) throw reason
    throw damaged('a Zstandard block that breaks the format')
  }
}

/** Walks over a frame from head to checksum; the end of its bytes (RFC 8878, 3.1.1). */
function endOf(input: Input): number {
  if (input.number(4) !== frameMagic) throw damaged('no Zstandard frame')
  const flags = input.byte()
  const single = (flags & 32) !== 0
  if (!single) checkWindow(input.byte())
  input.skip([0, 1, 2, 4][flags & 3]!)
  const content = [single ? 1 : 0, 2, 4, 8][flags >> 6]!
  if (single && content < 8) checkSize(input.number(content))
  else if (single) checkSize(input.number(4) + input.number(4) * 2 ** 32)
  else input.skip(content)
  for (let last = false; !last; ) {
    const head = input.number(3)
    last = (head & 1) === 1
    const kind = (head >> 1) & 3
    if (kind === 3) throw damaged('a Zstandard block of an unknown kind')
    input.skip(kind === 1 ? 1 : head >> 3)
  }
  if (flags & 4) input.skip(4)
  return input.at
}

function checkWindow(byte: number): void {
  const base = 2 ** (10 + (byte >> 3))
  checkSize(base + (base / 8) * (byte & 7))
}

function checkSize(bytes: number): void {
  if (bytes > mostWindow) throw new Broken('too-large', 'the Zstandard frame needs a window of more than 128 MiB')
}
