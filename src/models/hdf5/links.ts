import { Malformed, quoted } from '../cursor.ts'
import { groupLeaves } from './btree1.ts'
import { recordsOf } from './btree2.ts'
import type { H5, Message } from './file.ts'
import { FractalHeap } from './fractal.ts'
import { messageTypes } from './header.ts'
import { nameAt, readLocalHeap } from './heaps.ts'

/** A way from a group to an object of the same file. */
export interface Link {
  readonly name: string
  readonly address: number
}

const [hard, soft, external] = [0, 1, 64]
const linkNames = 5

/** Links of a group that stay in the file; of those that leave it, it says where they lead. */
export function* linksOf(h5: H5, messages: readonly Message[], path: string): Generator<Link> {
  for (const message of messages) {
    if (message.type === messageTypes.symbolTable) yield* oldLinks(h5, message)
    else if (message.type === messageTypes.link) yield* linkAt(h5, message.at, path)
    else if (message.type === messageTypes.linkInfo) yield* denseLinks(h5, message, path)
  }
}

function* oldLinks(h5: H5, { at }: Message): Generator<Link> {
  h5.go(at)
  const tree = h5.place('a group')
  const heap = readLocalHeap(h5, h5.place('the names of a group'))
  for (const leaf of groupLeaves(h5, tree)) {
    const cursor = h5.goTo(leaf, 'SNOD')
    cursor.skip(2, 'a symbol table node')
    const count = cursor.u16()
    const entrySize = 2 * h5.offsetSize + 24
    h5.take(leaf, 8 + 2 * h5.leafK * entrySize, 'symbol table')
    if (count > 2 * h5.leafK) throw new Malformed('a symbol table node is too full', leaf)
    for (let k = 0; k < count; k++) {
      h5.go(leaf + 8 + k * entrySize)
      const name = h5.whole(h5.offsetSize, 'a name')
      const address = h5.address()
      // Cache type 2 is a symbolic link: it has no object of its own.
      if (address !== null && cursor.u32() !== 2) yield { name: nameAt(h5, heap, name), address }
    }
  }
}

function* denseLinks(h5: H5, { at }: Message, path: string): Generator<Link> {
  const cursor = h5.go(at + 1)
  if (cursor.u8() & 1) cursor.skip(8, 'the creation order')
  const heapAt = h5.address()
  const tree = h5.address()
  const byOrder = (h5.bytes.read(at + 1, at + 2)[0]! & 2) === 0 ? null : h5.address()
  if (heapAt === null || tree === null) return
  const heap = new FractalHeap(h5, heapAt)
  // The second index names the same links; it is walked for its bytes.
  if (byOrder !== null) for (const _ of recordsOf(h5, byOrder)) void _
  for (const record of recordsOf(h5, tree)) {
    if (record.type !== linkNames) throw new Malformed('an index of links has the wrong records', record.at)
    yield* linkAt(h5, heap.object(record.at + 4, record.size - 4).start, path)
  }
}

/** Reads a link message (specification, IV.A.2.g). */
function* linkAt(h5: H5, at: number, path: string): Generator<Link> {
  const cursor = h5.go(at + 1)
  const flags = cursor.u8()
  const type = flags & 8 ? cursor.u8() : hard
  if (flags & 4) cursor.skip(8, 'the creation order')
  if (flags & 16) cursor.skip(1, 'the character set')
  const name = cursor.text(h5.whole(1 << (flags & 3), 'the length of a name'), 'the name of a link')
  if (type === hard) yield { name, address: h5.place(`the link ${quoted(name)}`) }
  else if (type === external) externalLink(h5, `${path}/${name}`, at)
  else if (type !== soft)
    h5.note(
      'hdf5-user-link',
      `The link ${quoted(`${path}/${name}`)} is of the kind ${type}, which only its maker can read.`,
      at,
    )
}

function externalLink(h5: H5, path: string, at: number): void {
  const { cursor } = h5
  const value = cursor.text(cursor.u16(), 'an external link').slice(1)
  const [file = '', object = ''] = value.split('\0')
  const text = `The link ${quoted(path)} leads to ${quoted(object)} in another file, ${quoted(file)}.`
  h5.note('hdf5-external-link', text, at, leavesFolder(file) ? 'block' : 'hold')
}

/** Paths that lead out of the model's own folder: no honest model needs them. */
export const leavesFolder = (path: string): boolean =>
  /^([/\\~]|[a-z]:|[a-z][\w+.-]*:\/\/)/i.test(path) || path.split(/[/\\]/).includes('..')
