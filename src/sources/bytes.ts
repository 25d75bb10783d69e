import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { Bytes } from '../core/index.ts'
import { faultOf } from './file.ts'

/**
 * Small reads near each other come from one window of the file. Readers of archives go to and fro between a directory
 * at the end and what it names, so there are several.
 */
const windowBytes = 1 << 16
const windowsEach = 4
/** Open at once, over all files: a folder of a hundred thousand files must not take as many handles and windows. */
const mostOpen = 32

/** A part of a file, in memory. */
interface Window {
  readonly bytes: Uint8Array
  from: number
  to: number
}

/** A file that is open now, with its windows, the latest used first. */
interface Handle {
  readonly fd: number
  readonly windows: Window[]
}

/** Files that are open now, the longest unused first. */
const open = new Map<object, Handle>()

/**
 * A file that can be read anywhere, at once; a few hundred KiB of memory whatever its size. It is opened when it is
 * read, and closed when many others were read since; a file that changed in between is refused.
 */
export function fileBytes(path: string): Bytes & { close(): void } {
  const key = {}
  const { size, mtimeMs, ino } = known(path)
  const handle = (): Handle => {
    const held = open.get(key)
    if (held) {
      open.delete(key)
      open.set(key, held)
      return held
    }
    const fd = opened(path)
    const now = fstatSync(fd)
    if (now.size !== size || now.mtimeMs !== mtimeMs || now.ino !== ino) {
      closeSync(fd)
      throw new Error('the file changed while it was read')
    }
    const made: Handle = { fd, windows: [] }
    open.set(key, made)
    if (open.size > mostOpen) shut(open.keys().next().value!)
    return made
  }
  return {
    size,
    read(start, end) {
      const [first, last] = [Math.max(0, start), Math.min(size, end)]
      return last <= first ? new Uint8Array(0) : readWindow(handle(), first, last, size)
    },
    close: () => shut(key),
  }
}

function shut(key: object): void {
  const held = open.get(key)
  if (!held) return
  open.delete(key)
  closeSync(held.fd)
}

function readWindow({ fd, windows }: Handle, first: number, last: number, size: number): Uint8Array {
  if (last - first > windowBytes) {
    const into = new Uint8Array(last - first)
    return into.subarray(0, fill(fd, into, first))
  }
  let at = windows.findIndex(window => first >= window.from && last <= window.to)
  if (at < 0) {
    const fresh = windows.length < windowsEach
    at = fresh
      ? windows.push({ bytes: new Uint8Array(Math.min(windowBytes, size)), from: 0, to: 0 }) - 1
      : windows.length - 1
    const window = windows[at]!
    window.from = placeOf(first, last)
    window.to = window.from + fill(fd, window.bytes, window.from)
  }
  const window = windows[at]!
  if (at > 0) {
    windows.splice(at, 1)
    windows.unshift(window)
  }
  return window.bytes.subarray(first - window.from, Math.max(0, Math.min(last, window.to) - window.from))
}

/** Where a window for these bytes begins: some way before them, for those who read from back to front. */
function placeOf(first: number, last: number): number {
  const before = first - (first % (windowBytes / 2))
  return last - before > windowBytes ? first : before
}

function fill(fd: number, into: Uint8Array, start: number): number {
  let done = 0
  while (done < into.length) {
    const got = readSync(fd, into, done, into.length - done, start + done)
    if (got === 0) break
    done += got
  }
  return done
}

function known(path: string): { size: number; mtimeMs: number; ino: number } {
  try {
    return statSync(path)
  } catch (reason) {
    throw faultOf(reason, path)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (reason) {
    throw faultOf(reason, path)
  }
}
