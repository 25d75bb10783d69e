import { mix32 } from '../core/index.ts'

/**
 * Moments by domain in a few flat arrays: half a million domains take 30 MB, and threads that get the arrays in shared
 * memory read the same bytes. Domains are ASCII, as hosts are asked for.
 */
export type Book = {
  /** All names, one after the other, and where each ends. */
  names: Uint8Array
  ends: Uint32Array
  hashes: Int32Array
  /** The moment told of a domain, and that of the telling. */
  told: Float64Array
  checked: Float64Array
  /** Open addressing: place of a domain plus one, 0 when free; at most half of them are taken. */
  slots: Int32Array
  /** Domains there are: one number. */
  count: Uint32Array
}

const fewest = 1024

/** A book without domains. */
export const emptyBook = (): Book => ({
  names: new Uint8Array(16 * fewest),
  ends: new Uint32Array(fewest),
  hashes: new Int32Array(fewest),
  told: new Float64Array(fewest),
  checked: new Float64Array(fewest),
  slots: new Int32Array(2 * fewest),
  count: new Uint32Array(1),
})

function hashOf(domain: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < domain.length; i++) h = Math.imul(h ^ domain.charCodeAt(i), 0x01000193)
  return mix32(h ^ domain.length)
}

const startOf = ({ ends }: Book, place: number): number => (place === 0 ? 0 : ends[place - 1]!)

function isNamed(book: Book, place: number, domain: string): boolean {
  const start = startOf(book, place)
  if (book.ends[place]! - start !== domain.length) return false
  for (let i = 0; i < domain.length; i++) if (book.names[start + i] !== domain.charCodeAt(i)) return false
  return true
}

/** The slot that holds the domain, or the free one where it belongs. */
function slotOf(book: Book, domain: string, hash: number): number {
  const mask = book.slots.length - 1
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const place = book.slots[slot]! - 1
    if (place < 0 || (book.hashes[place] === hash && isNamed(book, place, domain))) return slot
  }
}

/** Where the book tells of a domain, -1 when it does not. */
export const placeIn = (book: Book, domain: string): number => book.slots[slotOf(book, domain, hashOf(domain))]! - 1

/** Writes a moment down. Of several about a domain the one told last counts, then the later call. */
export function writeDown(book: Book, domain: string, told: number, checked: number): void {
  const hash = hashOf(domain)
  const slot = slotOf(book, domain, hash)
  const known = book.slots[slot]! - 1
  if (known >= 0 && checked < book.checked[known]!) return
  const place = known >= 0 ? known : append(book, domain, hash, slot)
  book.told[place] = told
  book.checked[place] = checked
}

function append(book: Book, domain: string, hash: number, slot: number): number {
  const place = book.count[0]!
  const start = startOf(book, place)
  makeRoom(book, place + 1, start + domain.length)
  for (let i = 0; i < domain.length; i++) book.names[start + i] = domain.charCodeAt(i)
  book.ends[place] = start + domain.length
  book.hashes[place] = hash
  book.slots[slot] = place + 1
  book.count[0] = place + 1
  if (2 * (place + 1) > book.slots.length) spread(book)
  return place
}

type Growing = Uint8Array | Uint32Array | Int32Array | Float64Array

function longer<A extends Growing>(array: A, least: number): A {
  if (array.length >= least) return array
  const Kind = array.constructor as new (length: number) => A
  const grown = new Kind(Math.max(least, 2 * array.length))
  grown.set(array)
  return grown
}

function makeRoom(book: Book, places: number, characters: number): void {
  book.names = longer(book.names, characters)
  book.ends = longer(book.ends, places)
  book.hashes = longer(book.hashes, places)
  book.told = longer(book.told, places)
  book.checked = longer(book.checked, places)
}

/** Puts all domains into twice as many slots. */
function spread(book: Book): void {
  const slots = new Int32Array(2 * book.slots.length)
  const mask = slots.length - 1
  for (let place = 0; place < book.count[0]!; place++) {
    let slot = book.hashes[place]! & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = place + 1
  }
  book.slots = slots
}

function shared<A extends Growing>(array: A, length: number): A {
  const Kind = array.constructor as { new (buffer: SharedArrayBuffer): A; readonly BYTES_PER_ELEMENT: number }
  const copy = new Kind(new SharedArrayBuffer(length * Kind.BYTES_PER_ELEMENT))
  copy.set(array.subarray(0, length))
  return copy
}

/** The book as it is now in memory that threads can share, without room for more. */
export function sharedBook(book: Book): Book {
  const count = book.count[0]!
  return {
    names: shared(book.names, startOf(book, count)),
    ends: shared(book.ends, count),
    hashes: shared(book.hashes, count),
    told: shared(book.told, count),
    checked: shared(book.checked, count),
    slots: shared(book.slots, book.slots.length),
    count: shared(book.count, 1),
  }
}
