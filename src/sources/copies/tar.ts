/** A file in a tar archive, while it is passed by. */
export interface TarMember {
  readonly name: string
  readonly size: number
  /** Must be read, or left, before the next member is asked for. */
  readonly body: AsyncIterable<Uint8Array>
}

/** The archive ends early or holds what no archive holds. */
export class TarTrouble extends Error {
  /** `damaged`, as sources call it. */
  readonly kind = 'damaged'
}

const block = 512
/** Longer names are refused: file systems hold none. */
const mostName = 1 << 16

/** The files of a tar archive (ustar, with the long names of GNU and pax), front to back. */
export async function* tarMembers(stream: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const input = new Input(stream)
  try {
    yield* membersOf(input)
  } finally {
    await input.close()
  }
}

async function* membersOf(input: Input): AsyncGenerator<TarMember> {
  let longName: string | null = null
  for (;;) {
    const head = await input.take(block)
    if (head.length < block) throw new TarTrouble('the archive ends without its mark')
    if (head.every(byte => byte === 0)) return
    if (!summed(head)) throw new TarTrouble('a head in the archive is damaged')
    const size = numberAt(head, 124, 12)
    const type = String.fromCharCode(head[156]!)
    const padded = Math.ceil(size / block) * block
    if (type === 'L' || type === 'x') {
      if (size > mostName) throw new TarTrouble('a name in the archive is too long')
      const text = (await input.take(padded)).toString('utf8', 0, size)
      longName = type === 'L' ? text.replace(/\0.*$/s, '') : (paxPath(text) ?? longName)
      continue
    }
    const end = input.at + padded
    const name = longName ?? nameIn(head)
    longName = null
    if (type === '0' || type === '\0') yield { name, size, body: input.pieces(size) }
    await input.skip(end - input.at)
  }
}

function nameIn(head: Buffer): string {
  const field = (from: number, length: number) => head.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  const prefix = head.toString('latin1', 257, 262) === 'ustar' ? field(345, 155) : ''
  return prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`
}

/** Octal digits, or the big-endian number of GNU for what is too large for them. */
function numberAt(head: Buffer, from: number, length: number): number {
  if (head[from]! & 0x80) return head.readUIntBE(from + length - 6, 6)
  return Number.parseInt(head.toString('latin1', from, from + length).replace(/[\0 ]/g, ''), 8) || 0
}

/** Whether the sum that a head states is that of its bytes. */
function summed(head: Buffer): boolean {
  let sum = 0
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 32 : head[i]!
  return sum === numberAt(head, 148, 8)
}

const paxPath = (text: string): string | undefined => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(text)?.[1]

/** Bytes of a stream, taken as wanted. */
class Input {
  at = 0
  private held: Buffer = Buffer.alloc(0)
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.chunks = stream[Symbol.asyncIterator]()
  }

  /** So many bytes; fewer at the end. For what is small. */
  async take(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for await (const piece of this.upTo(count)) parts.push(piece)
    return Buffer.concat(parts)
  }

  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  async skip(count: number): Promise<void> {
    for await (const _ of this.upTo(count));
  }

  /** A body of so many bytes. @throws TarTrouble when the stream ends before */
  async *pieces(count: number): AsyncGenerator<Uint8Array> {
    const end = this.at + count
    yield* this.upTo(count)
    if (this.at < end) throw new TarTrouble('the archive ends inside a file')
  }

  private async *upTo(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (this.held.length === 0) {
        const { done, value } = await this.chunks.next()
        if (done) return
        this.held = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        continue
      }
      const piece = this.held.subarray(0, left)
      this.held = this.held.subarray(piece.length)
      this.at += piece.length
      left -= piece.length
      yield piece
    }
  }
}
