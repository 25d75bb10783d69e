import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Bytes } from '../core/index.ts'
import { faultOf } from './file.ts'

/** Small reads near each other come from one window of the file. */
const windowBytes = 1 << 18

/** A file that can be read anywhere, at once; a few hundred KiB of memory whatever its size. Close it at the end. */
export function fileBytes(path: string): Bytes & { close(): void } {
  const fd = opened(path)
  const { size } = fstatSync(fd)
  const window = new Uint8Array(windowBytes)
  let [from, to] = [0, 0]
  const fill = (into: Uint8Array, start: number): number => {
    let done = 0
    while (done < into.length) {
      const got = readSync(fd, into, done, into.length - done, start + done)
      if (got === 0) break
      done += got
    }
    return done
  }
  return {
    size,
    read(start, end) {
      const [first, last] = [Math.max(0, start), Math.min(size, end)]
      if (last <= first) return new Uint8Array(0)
      if (last - first > windowBytes) {
        const into = new Uint8Array(last - first)
        return into.subarray(0, fill(into, first))
      }
      if (first < from || last > to) {
        from = first
        to = first + fill(window, first)
      }
      return window.subarray(first - from, Math.min(last, to) - from)
    },
    close: () => closeSync(fd),
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (reason) {
    throw faultOf(reason, path)
  }
}
