import { type Bytes, modelFormat, sliceOf } from '../../core/index.ts'
import { orMalformed, utf8 } from '../cursor.ts'
import { type Attribute, attributesOf } from './attributes.ts'
import { readDataset } from './dataset.ts'
import { H5 } from './file.ts'
import { claimFreeSpace, settle, zerosFrom } from './free.ts'
import { readHeader } from './header.ts'
import { GlobalHeaps } from './heaps.ts'
import { linksOf } from './links.ts'
import { readSuperblock, signature, superblockIn } from './superblock.ts'
import { isFile } from './suspect.ts'

/** Shorter attributes hold no program. */
const shortest = 4
const shortestText = 16
const mostHead = 64 << 10
const mostText = 64 << 20
/** Names under which libraries keep configurations. */
const telling = /config|template|metadata|json/i
const mostMembers = 10_000

/** Arrays and attributes in groups; Keras writes its models and weights so. */
export default modelFormat({
  id: 'hdf5',
  title: 'HDF5',
  extensions: ['.h5', '.hdf5', '.keras', '.hdf'],
  // A tar with such a file as its first member has the signature at 512 too; it is read as that member.
  sniff: head => (superblockIn(head) < 0 ? 0 : superblockIn(head) > 0 && isTar(head) ? 0 : 3),
  async read(bytes, examiner) {
    const h5 = new H5(bytes, examiner)
    const heaps = new GlobalHeaps(h5)
    const whole = await orMalformed(examiner, 'hdf5-malformed', () => readFile(h5, heaps))
    if (whole) await orMalformed(examiner, 'hdf5-malformed', () => settle(h5, heaps))
    await look(h5)
  },
})

const isTar = (head: Uint8Array) => utf8(head.subarray(257, 262)) === 'ustar'

/** Text that a reader of the model may take for a program, found in an attribute. */
interface Told {
  readonly name: string
  readonly attribute: Attribute
}

async function readFile(h5: H5, heaps: GlobalHeaps): Promise<void> {
  const at = superblockOf(h5.bytes)
  if (at < 0) return h5.note('hdf5-malformed', 'Malformed: no superblock was found.')
  if (at > 0) await userBlock(h5, at)
  const superblock = readSuperblock(h5, at)
  h5.examiner.fact('superblock', superblock.version)
  if (superblock.end > h5.bytes.size)
    h5.note('hdf5-truncated', `The file should end at ${superblock.end}, and it ends at ${h5.bytes.size}.`)
  if (superblock.extension !== null) claimFreeSpace(h5, readHeader(h5, superblock.extension))
  await objects(h5, heaps, superblock.root)
  if (superblock.end < h5.bytes.size) await tail(h5, superblock.end)
}

/** The superblock may stand at 0, 512, 1024, and so on to the end of the file. */
function superblockOf(bytes: Bytes): number {
  for (let at = 0; at + 8 <= bytes.size; at = at === 0 ? 512 : at * 2) {
    const found = bytes.read(at, at + 8)
    if (signature.every((byte, k) => found[k] === byte)) return at
  }
  return -1
}

/** Bytes before the file belong to somebody else: another format may begin there. */
async function userBlock(h5: H5, size: number): Promise<void> {
  h5.take(0, size, 'user block')
  if (zerosFrom(h5, 0, size) === size) return
  h5.note('hdf5-user-block', `${size} bytes that are no HDF5 stand before the file.`, 0)
  await h5.examiner.member('user block', sliceOf(h5.bytes, 0, size), { start: 0, end: size })
}

async function tail(h5: H5, start: number): Promise<void> {
  const { size } = h5.bytes
  h5.note('hdf5-tail', `${size - start} bytes stand behind the end that the file states.`, start)
  h5.take(start, size - start, 'tail')
  await h5.examiner.member(`tail@${start}`, sliceOf(h5.bytes, start, size), { start, end: size })
}

/** Walks all groups and datasets; an object with many names is read once. */
async function objects(h5: H5, heaps: GlobalHeaps, root: number): Promise<void> {
  const told: Told[] = []
  const open = [{ address: root, path: '' }]
  let datasets = 0
  for (let next = open.pop(); next; next = open.pop()) {
    if (!h5.first('object', next.address)) continue
    const { path } = next
    const messages = readHeader(h5, next.address)
    for (const { name, address } of linksOf(h5, messages, path)) open.push({ address, path: `${path}/${name}` })
    if (readDataset(h5, heaps, messages, path.slice(1))) datasets++
    for (const attribute of attributesOf(h5, heaps, messages))
      if (isTelling(h5, attribute))
        told.push({ name: path === '' ? attribute.name : `${path.slice(1)}@${attribute.name}`, attribute })
  }
  h5.examiner.fact('datasets', datasets)
  if (told.length > mostMembers)
    h5.note('hdf5-many-texts', `${told.length} attributes look like programs; ${mostMembers} were read.`)
  for (const { name, attribute } of told.slice(0, mostMembers)) await tell(h5, name, attribute)
}

/** Has what looks like a file of its own read by its format. */
async function look({ bytes, examiner, hidden, packed }: H5): Promise<void> {
  for (const { name, start, end } of hidden)
    await examiner.member(name, sliceOf(bytes, start, end), { start, end, again: true })
  for (const { name, start, end } of packed) {
    const expanded = await examiner.expand('zlib', sliceOf(bytes, start, end))
    if (expanded && isFile(new Uint8Array(expanded.read(0, mostHead)), expanded.size))
      await examiner.member(name, expanded, { start, end, again: true })
  }
}

/**
 * What a loader may take for a program: pickles and archives, configurations by their name or by what they say, and
 * templates. Everything else in an attribute is a name or a remark.
 */
function isTelling(h5: H5, { name, value: { start, size } }: Attribute): boolean {
  if (size < shortest) return false
  const head = new Uint8Array(h5.bytes.read(start, start + Math.min(size, mostHead)))
  if (isFile(head, size)) return true
  if (size >= shortestText && telling.test(name)) return true
  const text = Buffer.from(h5.bytes.read(start, start + Math.min(size, mostText))).toString('latin1')
  return /class_name|\\u00[0-7]|\{%|\{\{/.test(text)
}

async function tell({ bytes, examiner }: H5, name: string, { value: { start, size } }: Attribute): Promise<void> {
  const held = bytes.read(start, start + Math.min(size, mostText))
  // Texts of a fixed length are filled up with NULs.
  const end = size > mostText ? start + size : start + held.findLastIndex(byte => byte !== 0) + 1
  if (end > start) await examiner.member(name, sliceOf(bytes, start, end), { start, end, again: true })
}
