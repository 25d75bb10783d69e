import { Broken } from '../broken.ts'
import { damaged } from './input.ts'
import type { Sink } from './shelf.ts'

type Out = Pick<Sink, 'write'>

/** The largest dictionary of the usual presets; one that needs more is not given the memory. */
const mostDictionary = 64 << 20
/** Grows with the data: a file may be nothing but tiny streams. */
const firstDictionary = 64 << 10

/** What was written last, for matches to copy from; hands everything on to the sink. */
export class Dictionary {
  private window: Uint8Array
  private at = 0
  private flushed = 0
  private wrapped = false
  private readonly capacity: number
  private readonly sink: Out
  /** Bytes written since the last reset. */
  total = 0

  constructor(sink: Out, size: number) {
    this.sink = sink
    this.capacity = Math.min(Math.max(size, 4096), mostDictionary)
    this.window = new Uint8Array(Math.min(this.capacity, firstDictionary))
  }

  put(byte: number): void {
    if (this.at === this.window.length) this.roll()
    this.window[this.at++] = byte
    this.total++
  }

  /** The byte `distance` back; 0 is the last one. */
  back(distance: number): number {
    const at = this.at - distance - 1
    return this.window[at < 0 ? at + this.window.length : at]!
  }

  copy(distance: number, length: number): void {
    if (distance >= this.total) throw damaged('an LZMA match before the beginning')
    if (distance >= this.window.length) throw new Broken('too-large', 'the data needs a dictionary of more than 64 MiB')
    const { window, at } = this
    const from = at - distance - 1
    if (from < 0 || at + length > window.length) {
      for (let k = 0; k < length; k++) this.put(this.back(distance))
      return
    }
    // A match may run into what it writes.
    if (length <= distance) window.copyWithin(at, from, from + length)
    else for (let k = 0; k < length; k++) window[at + k] = window[from + k]!
    this.at += length
    this.total += length
  }

  reset(): void {
    this.flush()
    this.total = 0
  }

  flush(): void {
    if (this.at > this.flushed) this.sink.write(this.window.subarray(this.flushed, this.at))
    this.flushed = this.at
  }

  private roll(): void {
    this.flush()
    if (!this.wrapped && this.window.length < this.capacity) {
      const larger = new Uint8Array(Math.min(this.capacity, this.window.length * 2))
      larger.set(this.window)
      this.window = larger
      return
    }
    this.wrapped = true
    this.at = 0
    this.flushed = 0
  }
}
