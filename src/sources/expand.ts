import type { Bytes } from '../core/index.ts'
import { Broken } from './broken.ts'
import { unbzip2 } from './unpack/bzip2.ts'
import { type Stage, undelta, unx86 } from './unpack/filters.ts'
import { Input } from './unpack/input.ts'
import { unlz4 } from './unpack/lz4.ts'
import { inflate } from './unpack/native.ts'
import type { Shelf, Sink } from './unpack/shelf.ts'
import { unlzma, unlzma2, unxz } from './unpack/xz.ts'
import { unzstd } from './unpack/zstd.ts'

export { type Shelf, shelf } from './unpack/shelf.ts'

/** Growth that data of some use does not reach: deflate can grow 1032-fold, and only where all bytes are equal. */
const wild = { fold: 250, from: 192 << 20 }
/** Growth that only run-length tricks reach. */
const wilder = { fold: 1200, from: 48 << 20 }

/** Bounds of an expansion. */
export interface ExpandLimits {
  readonly shelf: Shelf
  /** More bytes than this are not made. */
  readonly mostBytes: number
}

/** Compressed bytes, expanded. They live as long as the shelf. */
export interface Expanded {
  readonly bytes: Bytes
  /** Packed bytes that the stream took. */
  readonly used: number
  /** Why not all of them are here; a sentence. */
  readonly trouble?: string
  /** The growth was stopped: it goes on beyond what a file of use needs. */
  readonly stopped?: boolean
}

const unpackers: Readonly<Record<string, (input: Input, sink: Sink) => void | Promise<void>>> = {
  bzip2: unbzip2,
  delta: (input, sink) => unfilter(input, undelta(input.byte() + 1, stageOf(sink))),
  lz4: unlz4,
  lzma: unlzma,
  lzma2: unlzma2,
  x86: (input, sink) => unfilter(input, unx86(stageOf(sink))),
  xz: unxz,
  zstd: unzstd,
}

const stageOf = (sink: Sink): Stage => ({ write: piece => sink.write(piece), end: () => {} })

function unfilter(input: Input, stage: Stage): void {
  while (input.left > 0) stage.write(input.take(Math.min(input.left, 64 << 10)))
  stage.end()
}

/**
 * Expands one compressed stream within limits. What could be expanded before the damage is given.
 * @param codec `deflate`, `zlib`, `bzip2`, `xz`, `lzma` (with its 13-byte head), `lzma2` (behind its dictionary byte),
 * `zstd`, `lz4` (frames), and the filters `x86` and `delta` (behind the byte of its distance)
 */
export async function expandBytes(
  codec: string,
  packed: Bytes,
  { shelf, mostBytes }: ExpandLimits,
): Promise<Expanded | { readonly reason: string }> {
  const native = codec === 'deflate' || codec === 'zlib'
  const unpack = unpackers[codec]
  if (!native && !unpack) return { reason: `Nothing here expands ${codec.slice(0, 40)}.` }
  const sink = shelf.sink()
  const input = new Input(packed)
  const guarded = guard(sink, packed.size, mostBytes)
  try {
    if (native) return { used: await inflate(codec, packed, guarded), bytes: sink.done() }
    await unpack!(input, guarded)
    return { used: input.at, bytes: sink.done() }
  } catch (reason) {
    const stopped = reason instanceof Broken && reason.kind === 'too-large'
    const why = reason instanceof Error ? reason.message : 'for no stated reason'
    const trouble = stopped ? `Expanding the ${codec} data was stopped: ${why}.` : `In the ${codec} stream ${why}.`
    return { bytes: sink.done(), used: Math.min(packed.size, native ? packed.size : input.at), trouble, stopped }
  }
}

/** A sink that stops a stream which grows without end. */
function guard(sink: Sink, packedBytes: number, mostBytes: number): Sink {
  const beyond = (size: number, { fold, from }: typeof wild) => size > from && size > packedBytes * fold
  return {
    get size() {
      return sink.size
    },
    write(piece) {
      const size = sink.size + piece.length
      if (size > mostBytes) {
        sink.write(piece.subarray(0, mostBytes - sink.size))
        throw new Broken('too-large', 'the file grows beyond what may be expanded of it')
      }
      sink.write(piece)
      if (beyond(size, wild) || beyond(size, wilder))
        throw new Broken('too-large', `${packedBytes} bytes became more than ${size} bytes`)
    },
    done: () => sink.done(),
  }
}
