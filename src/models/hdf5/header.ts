import { Malformed } from '../cursor.ts'
import type { H5, Message } from './file.ts'

export const messageTypes = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  external: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  sharedTable: 0x0f,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
  fileSpace: 0x17,
} as const

/** Blocks of one object header that continue each other. */
const mostBlocks = 10_000

interface Block {
  readonly at: number
  readonly end: number
  readonly version: 1 | 2
  /** Bytes of the head of a message. */
  readonly head: number
}

/** Reads the header of an object, both versions, with its continuations (specification, IV.A.1). */
export function readHeader(h5: H5, at: number): readonly Message[] {
  const known = h5.headers.get(at)
  if (known) return known
  const blocks = [firstBlock(h5, at)]
  const messages: Message[] = []
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    for (const message of messagesIn(h5, block)) {
      if (message.type !== messageTypes.continuation) messages.push(message)
      else blocks.push(continued(h5, message, block))
    }
    if (blocks.length > mostBlocks) throw new Malformed('an object header never ends', at)
  }
  h5.headers.set(at, messages)
  return messages
}

function firstBlock(h5: H5, at: number): Block {
  const cursor = h5.go(at)
  if (cursor.u8() === 1) {
    cursor.skip(7, 'the object header')
    const size = cursor.u32()
    cursor.skip(4, 'the object header')
    h5.take(at, 16 + size, 'object header')
    return { at: at + 16, end: at + 16 + size, version: 1, head: 8 }
  }
  h5.goTo(at, 'OHDR')
  cursor.skip(1, 'the version')
  const flags = cursor.u8()
  if (flags & 0x20) cursor.skip(16, 'the times')
  if (flags & 0x10) cursor.skip(4, 'the phase change values')
  const size = h5.whole(1 << (flags & 3), 'the size of an object header')
  const start = cursor.at
  h5.take(at, start - at + size + 4, 'object header')
  return { at: start, end: start + size, version: 2, head: flags & 4 ? 6 : 4 }
}

function continued(h5: H5, message: Message, { version, head }: Block): Block {
  h5.go(message.at)
  const at = h5.place('a continuation')
  const size = h5.length('the length of a continuation')
  if (!h5.first('continuation', at)) throw new Malformed('an object header continues in a circle', at)
  h5.take(at, size, 'object header')
  if (version === 1) return { at, end: at + size, version, head }
  h5.goTo(at, 'OCHK')
  return { at: at + 4, end: at + size - 4, version, head }
}

function* messagesIn(h5: H5, block: Block): Generator<Message> {
  // What is shorter than the head of a message is a gap.
  for (let at = block.at; at + block.head <= block.end; ) {
    const cursor = h5.go(at)
    const type = block.version === 1 ? cursor.u16() : cursor.u8()
    const size = cursor.u16()
    const flags = cursor.u8()
    const start = at + block.head
    if (start + size > block.end) throw new Malformed(`a message at ${at} ends beyond its object header`, at)
    yield { type, flags, at: start, size }
    at = start + size
  }
}
