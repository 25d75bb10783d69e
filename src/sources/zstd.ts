import { Broken } from './broken.ts'

/** Compressed bytes handed over at once: keeps what one step can yield small. */
const stepBytes = 64 << 10

/** Expands Zstandard, frame after frame. What could be expanded is given out before `Broken` is thrown. */
export async function* unzstd(stored: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  const ready: Uint8Array[] = []
  let total = 0
  const expander = new Decompress(chunk => ready.push(chunk))
  const step = (bytes: Uint8Array, last: boolean): Broken | undefined => {
    try {
      expander.push(bytes, last)
    } catch {
      return last
        ? new Broken('truncated', 'the zstd data ends too early: the file was cut off')
        : new Broken('bad-compression', 'the zstd data is damaged here')
    }
  }
  let trouble: Broken | undefined
  for await (const chunk of stored) {
    for (let at = 0; at < chunk.length && !trouble; at += stepBytes) {
      trouble = step(chunk.subarray(at, at + stepBytes), false)
      for (const part of ready.splice(0)) {
        total += part.length
        if (total > mostBytes) throw new Broken('too-large', `expands to more than ${mostBytes} bytes`)
        yield part
      }
    }
    if (trouble) throw trouble
  }
  trouble = step(new Uint8Array(0), true)
  yield* ready.splice(0)
  if (trouble) throw trouble
}
