import type { Piece, Trouble } from './pieces.ts'

/** Bytes that may be read again after records whose lengths were wrong: so much, and so many times the whole. */
const again = { bytes: 64 << 20, fold: 8 }

/** Where a record begins: in plain files its byte; in gzip the byte of its member, and how far inside. */
export interface Place {
  readonly offset: number
  readonly inside: number
  /** Byte of the expanded file. */
  readonly position: number
}

/** The expanded bytes of a crawl file, run after run: a run ends where bytes are missing. */
export class Feed {
  /** Bytes of this run that were read already and not dropped. */
  bytes: Buffer = Buffer.alloc(0)
  /** Expanded bytes dropped so far. */
  position = 0
  private trouble: Trouble | undefined
  private over = false
  private reread = 0
  private members: { position: number; offset: number }[] = []
  private readonly pieces: AsyncIterator<Piece>

  constructor(pieces: AsyncIterable<Piece>) {
    this.pieces = pieces[Symbol.asyncIterator]()
  }

  /** Reads on until so many bytes of this run are there; false when it ends before. */
  async ensure(count: number): Promise<boolean> {
    const parts: Uint8Array[] = [this.bytes]
    let length = this.bytes.length
    while (length < count && !this.trouble && !this.over) {
      const { done, value } = await this.pieces.next()
      if (done) this.over = true
      else {
        if (value.member !== undefined) this.members.push({ position: this.position + length, offset: value.member })
        this.trouble = value.gap
        parts.push(value.bytes)
        length += value.bytes.length
      }
    }
    if (parts.length > 1) this.bytes = Buffer.concat(parts)
    return length >= count
  }

  drop(count: number): void {
    this.bytes = this.bytes.subarray(count)
    this.position += count
  }

  /** Puts bytes back that were just dropped; false when that was done too often to be honest. */
  unread(bytes: Uint8Array): boolean {
    this.reread += bytes.length
    if (this.reread > again.bytes + again.fold * this.position) return false
    this.bytes = Buffer.concat([bytes, this.bytes])
    this.position -= bytes.length
    return true
  }

  /** Goes behind the gap that ended this run; undefined when the file is over. */
  nextRun(): Trouble | undefined {
    const { trouble } = this
    this.trouble = undefined
    return trouble
  }

  /** Bytes from here to where the next compressed member begins, as far as it was read. */
  get toMember(): number {
    return (this.members.find(m => m.position > this.position)?.position ?? Infinity) - this.position
  }

  get atMember(): boolean {
    return this.members.some(m => m.position === this.position)
  }

  get place(): Place {
    let last = -1
    while (last + 1 < this.members.length && this.members[last + 1]!.position <= this.position) last++
    if (last > 0) this.members = this.members.slice(last)
    const member = last < 0 ? undefined : this.members[0]
    const { position } = this
    return member
      ? { offset: member.offset, inside: position - member.position, position }
      : { offset: position, inside: 0, position }
  }

  async close(): Promise<void> {
    await this.pieces.return?.()
  }
}
