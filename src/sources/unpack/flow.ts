import { Broken } from '../broken.ts'
import { Ahead } from './ahead.ts'
import { bzip2Steps } from './bzip2.ts'
import { Input } from './input.ts'
import type { Sink } from './shelf.ts'
import { xzSteps } from './xz.ts'

/** Decodes one stream in steps, between which input is read and output handed on. */
export type Steps = (input: Input, sink: Pick<Sink, 'write'>) => Generator<void>

/** Output is handed on in pieces of at least this size, while there is more. */
const pieceBytes = 256 << 10

/** Expands bzip2, stream after stream. What could be expanded is given out before `Broken` is thrown. */
export const unbzip2Flow = (stored: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> =>
  flow(stored, mostBytes, bzip2Steps())

/** Expands xz, stream after stream, as `unbzip2Flow` does. */
export const unxzFlow = (stored: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> =>
  flow(stored, mostBytes, xzSteps)

/** Expands streams that stand one behind the other, in bounded memory. */
export async function* flow(
  stored: AsyncIterable<Uint8Array>,
  mostBytes: number,
  steps: Steps,
): AsyncGenerator<Uint8Array> {
  const ahead = new Ahead(stored)
  const out = new Pieces(mostBytes)
  const input = new Input(ahead)
  try {
    while (await ahead.fill(input.at)) {
      if (out.total > 0 && padded(input)) continue
      const stepping = steps(input, out)
      for (let more = true; more; ) {
        const trouble = troubleIn(() => {
          more = !stepping.next().done
        })
        if (trouble || out.size >= pieceBytes || !more) yield* out.take()
        if (trouble) throw trouble
        await ahead.fill(input.at)
      }
    }
  } finally {
    await ahead.close()
  }
}

/** Passes over a zero between streams (XZ file format, 2.2). */
function padded(input: Input): boolean {
  const at = input.at
  if (input.byte() === 0) return true
  input.go(at)
  return false
}

function troubleIn(step: () => void): Error | undefined {
  try {
    step()
  } catch (reason) {
    if (reason instanceof Broken || reason instanceof RangeError)
      return reason instanceof Broken ? reason : new Broken('bad-compression', 'the data is damaged')
    throw reason
  }
  return undefined
}

/** Takes copies of what a decoder writes. */
class Pieces {
  total = 0
  size = 0
  private pieces: Uint8Array[] = []
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  write(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.total += piece.length
    if (this.total > this.most) throw new Broken('too-large', `expands to more than ${this.most} bytes`)
    this.size += piece.length
    this.pieces.push(piece.slice())
  }

  *take(): Generator<Uint8Array> {
    const { pieces } = this
    this.pieces = []
    this.size = 0
    if (pieces.length > 0) yield pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
  }
}
