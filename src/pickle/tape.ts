import type { Bytes } from '../core/index.ts'

/** Bytes before a window that a step never looks back at; the longest fixed argument is 8 bytes. */
const longestHeader = 16

const firstWindow = 4096

/** Bytes under a reading head: a window that is copied out, so that others may read the same bytes meanwhile. */
export class Tape {
  readonly size: number
  /** The window: the bytes from `base` on. */
  data = new Uint8Array(0)
  base = 0
  /** Behind the last byte of the window. */
  limit = 0
  private readonly bytes: Bytes
  private readonly window: number
  private room = new Uint8Array(0)
  /** Bytes of the next window: streams are mostly short. */
  private reading: number

  constructor(bytes: Bytes, window: number) {
    this.bytes = bytes
    this.size = bytes.size
    this.window = window
    this.reading = Math.min(window, firstWindow)
  }

  /** Brings an opcode and its fixed argument into the window. @returns its index there */
  seek(at: number): number {
    if (at < this.base || (at + longestHeader > this.limit && this.limit < this.size)) this.fill(at)
    return at - this.base
  }

  /** Brings [at, end) into the window, or as much of it as a window holds. @returns the index of the first byte there */
  reach(at: number, end: number): number {
    if (at < this.base || (end > this.limit && this.limit < this.size)) {
      this.reading = Math.min(this.window, Math.max(this.reading, end - at))
      this.fill(at)
    }
    return at - this.base
  }

  /** Place of the first newline at or behind a place; -1 when there is none. */
  newline(start: number): number {
    for (let at = start; at < this.size; at = this.limit) {
      const from = this.seek(at)
      const found = this.data.indexOf(10, from)
      if (found >= 0) return this.base + found
    }
    return -1
  }

  /** Bytes [start, end); good until the next call of anything here. */
  view(start: number, end: number): Uint8Array {
    if (end - start > this.window) return this.bytes.read(start, end)
    if (start < this.base || end > this.limit) {
      this.reading = Math.min(this.window, Math.max(this.reading, end - start))
      this.fill(start)
    }
    return this.data.subarray(start - this.base, Math.min(end, this.limit) - this.base)
  }

  /** Whether the window holds all of [start, end). */
  holds(start: number, end: number): boolean {
    return start >= this.base && end <= this.limit
  }

  private fill(at: number): void {
    const read = this.bytes.read(at, at + this.reading)
    this.reading = Math.min(this.window, this.reading * 4)
    if (this.room.length < read.length) this.room = new Uint8Array(read.length)
    this.room.set(read)
    this.data = this.room.subarray(0, read.length)
    this.base = at
    this.limit = at + read.length
  }
}
