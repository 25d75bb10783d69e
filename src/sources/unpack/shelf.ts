import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, memoryBytes } from '../../core/index.ts'
import { temporaryFolder } from '../temporary.ts'

/** Takes expanded bytes, piece by piece; the pieces are copied. */
export interface Sink {
  readonly size: number
  write(piece: Uint8Array): void
  /** All that was written. */
  done(): Bytes
}

/** Keeps the expanded bytes of one file: in memory while they are few, else all in one temporary file. */
export interface Shelf {
  /** A place for one stream; only one is filled at a time. */
  sink(): Sink
  close(): void
}

/** Small reads near each other come from one window of the file. */
const windowBytes = 1 << 18

interface Spill {
  readonly file: number
  readonly folder: { remove(): void }
  readonly window: Uint8Array
  from: number
  to: number
  end: number
}

/** @param memory bytes that all streams together may take in memory. */
export function shelf(memory: number): Shelf {
  let held = 0
  let spill: Spill | undefined
  const toDisk = (piece: Uint8Array) => {
    spill ??= newSpill()
    for (let at = 0; at < piece.length; ) at += writeSync(spill.file, piece, at, piece.length - at, spill.end + at)
    spill.end += piece.length
  }
  return {
    sink() {
      const pieces: Uint8Array[] = []
      let size = 0
      let from = -1
      return {
        get size() {
          return size
        },
        write(piece) {
          size += piece.length
          if (from < 0 && held + size > memory) {
            from = spill?.end ?? 0
            for (const early of pieces.splice(0)) toDisk(early)
          }
          if (from < 0) pieces.push(new Uint8Array(piece))
          else toDisk(piece)
        },
        done() {
          if (from >= 0) return windowOf(spill!, from, size)
          held += size
          return memoryBytes(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces))
        },
      }
    },
    close() {
      if (!spill) return
      closeSync(spill.file)
      spill.folder.remove()
      spill = undefined
    },
  }
}

function newSpill(): Spill {
  const folder = temporaryFolder()
  const file = openSync(join(folder.path, 'expanded'), 'wx+', 0o600)
  return { file, folder, window: new Uint8Array(windowBytes), from: 0, to: 0, end: 0 }
}

const windowOf = (spill: Spill, from: number, size: number): Bytes => ({
  size,
  read(start, end) {
    const [first, last] = [from + Math.max(0, start), from + Math.min(size, end)]
    if (last <= first) return new Uint8Array(0)
    if (last - first > windowBytes) return readAt(spill.file, new Uint8Array(last - first), first)
    if (first < spill.from || last > spill.to) {
      spill.from = first
      spill.to = first + readAt(spill.file, spill.window, first).length
    }
    return spill.window.subarray(first - spill.from, Math.min(last, spill.to) - spill.from)
  },
})

function readAt(file: number, into: Uint8Array, start: number): Uint8Array {
  let done = 0
  while (done < into.length) {
    const got = readSync(file, into, done, into.length - done, start + done)
    if (got === 0) break
    done += got
  }
  return into.subarray(0, done)
}
