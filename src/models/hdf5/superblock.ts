import { Malformed } from '../cursor.ts'
import type { H5 } from './file.ts'

export const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

/** Where the superblock may stand: at 0, 512, 1024, and so on, doubling. */
export function superblockIn(head: Uint8Array): number {
  for (let at = 0; at + 8 <= head.length; at = at === 0 ? 512 : at * 2)
    if (signature.every((byte, k) => head[at + k] === byte)) return at
  return -1
}

/** What the superblock says of the file. */
export interface Superblock {
  readonly version: number
  /** Object header of the root group. */
  readonly root: number
  readonly extension: number | null
  /** Behind the last byte, as the writer counted. */
  readonly end: number
  readonly freeSpace: number | null
}

/** Reads the superblock at `at` (HDF5 file format specification, II.A). */
export function readSuperblock(h5: H5, at: number): Superblock {
  const cursor = h5.go(at + 8)
  const version = cursor.u8()
  if (version > 3) throw new Malformed(`the superblock has the unknown version ${version}`, at + 8)
  const found = version < 2 ? oldSuperblock(h5, version, at) : newSuperblock(h5, version)
  h5.take(at, cursor.at - at, 'superblock')
  return found
}

function sizes(h5: H5): void {
  const { cursor } = h5
  h5.offsetSize = cursor.u8()
  h5.lengthSize = cursor.u8()
  if (![2, 4, 8].includes(h5.offsetSize) || ![2, 4, 8].includes(h5.lengthSize))
    throw new Malformed(`addresses of ${h5.offsetSize} and lengths of ${h5.lengthSize} bytes`, cursor.at)
}

/** Gives how far the superblock stands from the base address; the library then takes its place for the base. */
function baseOf(h5: H5, at: number): number {
  h5.base = 0
  const base = h5.place('the base')
  if (base !== at) h5.note('hdf5-base-address', `The base address is ${base}, and the superblock stands at ${at}.`, at)
  h5.base = at
  return at - base
}

function oldSuperblock(h5: H5, version: number, at: number): Superblock {
  const { cursor } = h5
  cursor.skip(4, 'the versions')
  sizes(h5)
  cursor.skip(1, 'the superblock')
  h5.leafK = cursor.u16()
  h5.internalK = cursor.u16()
  cursor.skip(4, 'the flags')
  if (version === 1) {
    h5.chunkK = cursor.u16()
    cursor.skip(2, 'the superblock')
  }
  const moved = baseOf(h5, at)
  const freeSpace = h5.address()
  const end = endOf(h5) + moved
  h5.address()
  // Symbol table entry of the root group.
  h5.whole(h5.offsetSize, 'a name')
  const root = h5.place('the root group')
  cursor.skip(24, 'the entry of the root group')
  return { version, root, extension: null, end, freeSpace }
}

function newSuperblock(h5: H5, version: number): Superblock {
  const at = h5.cursor.at - 9
  sizes(h5)
  h5.cursor.skip(1, 'the flags')
  const moved = baseOf(h5, at)
  const extension = h5.address()
  const end = endOf(h5) + moved
  const root = h5.place('the root group')
  h5.cursor.skip(4, 'the checksum')
  return { version, root, extension, end, freeSpace: null }
}

/** The end of the file is the one address that is not counted from the base. */
const endOf = (h5: H5): number => h5.place('the end of the file') - h5.base
