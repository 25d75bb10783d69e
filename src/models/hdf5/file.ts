import type { Bytes, Examiner } from '../../core/index.ts'
import { Cursor, Malformed, quoted } from '../cursor.ts'

/** One message of an object header: what it is, and where its data stands. */
export interface Message {
  readonly type: number
  readonly flags: number
  readonly at: number
  readonly size: number
}

/** Bytes [start, end) that a structure of the file takes. */
export interface Taken {
  readonly start: number
  readonly end: number
  readonly as: string
}

/** Bytes of a dataset or an attribute that look like a file of their own. */
export interface Hidden {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Structures of one file; honest models have some ten thousand. */
const mostStructures = 1_000_000
/** Structures are small and far apart. */
const ahead = 512
const byte = 8n

/** What all structures of a file need: the sizes of its numbers, what is claimed, and a budget. */
export class H5 {
  readonly bytes: Bytes
  readonly examiner: Examiner
  readonly cursor: Cursor
  /** Where the file begins; a user block may stand before. */
  base = 0
  offsetSize = 8
  lengthSize = 8
  leafK = 4
  internalK = 16
  chunkK = 32
  readonly taken: Taken[] = []
  /** Bytes inside that another format may know. */
  readonly hidden: Hidden[] = []
  /** The same behind deflate. */
  readonly packed: Hidden[] = []
  /** Object headers that were read, by place. */
  readonly headers = new Map<number, readonly Message[]>()
  readonly seen = new Set<string>()
  private structures = 0

  constructor(bytes: Bytes, examiner: Examiner) {
    this.bytes = bytes
    this.examiner = examiner
    this.cursor = new Cursor(bytes, 0, true, ahead)
  }

  /** Goes to a place of the file and counts the visit. */
  go(at: number): Cursor {
    if (++this.structures > mostStructures)
      throw new Malformed(`the file has more than ${mostStructures} structures`, at)
    if (at < 0 || at >= this.bytes.size)
      throw new Malformed(`a structure should be at ${at}, behind the end of the file`, at)
    this.cursor.at = at
    return this.cursor
  }

  /** Goes to a structure and checks its signature of four letters. */
  goTo(at: number, signature: string): Cursor {
    const cursor = this.go(at)
    const found = cursor.text(4, `the signature ${signature}`)
    if (found !== signature) throw new Malformed(`${quoted(found)} stands where ${signature} must be`, at)
    return cursor
  }

  /** An address as stored; null for the undefined one. Counted in the file's bytes. */
  address(): number | null {
    const { at } = this.cursor
    const value = this.cursor.big(this.offsetSize)
    if (value === (1n << (byte * BigInt(this.offsetSize))) - 1n) return null
    return this.base + small(value, 'an address', at)
  }

  /** An address that must be there. */
  place(what: string): number {
    const { at } = this.cursor
    const found = this.address()
    if (found === null) throw new Malformed(`${what} has no address`, at)
    return found
  }

  /** A length as stored. */
  length(what: string): number {
    const { at } = this.cursor
    return small(this.cursor.big(this.lengthSize), what, at)
  }

  /** A number of some bytes. */
  whole(width: number, what: string): number {
    const { at } = this.cursor
    return small(this.cursor.big(width), what, at)
  }

  /** Claims the bytes of a structure. */
  take(start: number, size: number, as: string): void {
    if (size > this.bytes.size - start || start < 0)
      throw new Malformed(`${as} at ${start} takes ${size} bytes, more than the file has`, start)
    if (size <= 0) return
    this.taken.push({ start, end: start + size, as })
    this.examiner.claim(start, start + size, as)
  }

  /** True the first time that a structure is met. */
  first(kind: string, at: number): boolean {
    const key = `${kind} ${at}`
    if (this.seen.has(key)) return false
    this.seen.add(key)
    return true
  }

  note(rule: string, text: string, start?: number, severity: 'info' | 'hold' | 'block' = 'hold'): void {
    this.examiner.note({ rule, severity, text, ...(start === undefined ? {} : { start }) })
  }
}

function small(value: bigint, what: string, at: number): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed(`${what} is ${value}, more than any file holds`, at)
  return Number(value)
}
