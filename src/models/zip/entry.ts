import { type Bytes, type Examiner, joined, memoryBytes, sliceOf } from '../../core/index.ts'
import { crcOf } from '../crc.ts'
import { leaves, nameNote } from '../member-names.ts'
import { quoted } from '../quoted.ts'
import { claimExtra, unicodeName } from './extra.ts'
import { type Entry, type Header, type Local, localAt, signatures, u64, viewAt } from './records.ts'

/** One archive while it is read. */
export interface Archive {
  readonly bytes: Bytes
  readonly examiner: Examiner
  /** Claims bytes, and remembers them for the search for gaps. */
  claim(start: number, end: number, as: string): void
  /** Places of data that were examined, with the method; a second entry for them tells nothing new. */
  readonly examined: Set<string>
  /** Entries that were read, by the place they lead to: another one of the same kind tells nothing new. */
  readonly entries: Map<number, Entry>
  /** Packed bytes that may still be looked at: members that share bytes could make any number of them. */
  left: number
  /** From header to descriptor, of each entry of a directory. */
  readonly spans: { start: number; end: number; name: string }[]
}

/** Why a member is read, when it is not for the directory alone. */
type Reading = '' | ' (as its own header says)' | ' (not in the directory)'

const codecs: Readonly<Record<number, string>> = { 8: 'deflate', 12: 'bzip2', 14: 'lzma', 93: 'zstd', 95: 'xz' }
/** Encrypted, patch data, strongly encrypted, hidden header. */
const flagged = 1 | 32 | 64 | 8192
const descriptorFlag = 8

/** Reads a member that a directory names. */
export async function readEntry(archive: Archive, entry: Entry, shift: number): Promise<void> {
  const { bytes, examiner, entries } = archive
  const at = entry.localAt + shift
  const before = entries.get(at)
  if (before && same(before, entry)) {
    archive.spans.push({ start: at, end: at + 30, name: entry.name })
    return
  }
  entries.set(at, entry)
  const local = localAt(bytes, at)
  const place = { start: entry.at, end: entry.end }
  const odd = nameNote('zip', entry.name, place)
  if (odd) examiner.note(odd)
  if (!local) {
    const text = `The directory names ${quoted(entry.name)} at ${at}, where no member begins.`
    examiner.note({ rule: 'zip-lost-member', severity: 'hold', text, ...place })
    return
  }
  compare(archive, entry, local)
  const end = await readData(archive, local, { ...entry, flags: entry.flags | local.flags }, '')
  archive.spans.push({ start: local.at, end, name: entry.name })
  if (differs(entry, local)) await readData(archive, local, local, ' (as its own header says)')
  if ((entry.unix & 0xf000) === 0xa000) await noteLink(archive, entry, local)
}

const same = (a: Entry, b: Entry): boolean =>
  a.name === b.name && a.method === b.method && a.packed === b.packed && a.size === b.size && a.crc === b.crc

/** Reads a member that stands in the file and in no directory; returns where it ends. */
export async function readHidden(archive: Archive, local: Local, nextAt: number): Promise<number> {
  const { examiner } = archive
  const text = `The member ${quoted(local.name)} at ${local.at} is not in the directory: only some readers see it.`
  examiner.note({ rule: 'zip-hidden-member', severity: 'hold', text, start: local.at, end: local.dataAt })
  const odd = nameNote('zip', local.name, { start: local.at, end: local.dataAt })
  if (odd) examiner.note(odd)
  const open = (local.flags & descriptorFlag) !== 0 && local.packed === 0
  const packed = open ? Math.max(0, nextAt - local.dataAt) : Math.min(local.packed, archive.bytes.size - local.dataAt)
  return readData(archive, local, { ...local, packed }, ' (not in the directory)')
}

/** The data of the local header would be read otherwise than the directory says. */
const differs = (entry: Entry, local: Local): boolean =>
  local.method !== entry.method ||
  (!(local.flags & descriptorFlag && local.packed === 0) && local.packed !== entry.packed)

function compare({ examiner }: Archive, entry: Entry, local: Local): void {
  const place = { start: local.at, end: local.dataAt }
  const names = [local.name, unicodeName(entry), unicodeName(local)].filter(n => n !== null && n !== entry.name)
  if (names.length > 0) {
    const text = `The directory calls the member ${quoted(entry.name)}, its header ${quoted(names[0]!)}: each reader sees another name.`
    examiner.note({ rule: 'zip-name-mismatch', severity: 'block', text, ...place })
  }
  if (differs(entry, local)) {
    const text = `The directory and the header of ${quoted(entry.name)} disagree about its size or compression.`
    examiner.note({ rule: 'zip-header-mismatch', severity: 'hold', text, ...place })
  }
}

/** Examines the data behind a local header; returns where it and its descriptor end. */
async function readData(archive: Archive, local: Local, header: Header, reading: Reading): Promise<number> {
  const { bytes, examiner, claim } = archive
  claim(local.at, local.extraAt, 'member header')
  claimExtra(local, claim)
  const end = Math.min(bytes.size, local.dataAt + header.packed)
  if (local.dataAt + header.packed > bytes.size) {
    const text = `The member ${quoted(header.name)} says that it goes on behind the end of the file.`
    examiner.note({ rule: 'zip-cut-member', severity: 'hold', text, start: local.at, end })
  }
  const key = `${local.dataAt}-${end}-${header.method}`
  if (!archive.examined.has(key)) {
    archive.examined.add(key)
    await examine(archive, local.dataAt, end, header, reading)
  }
  if (!((local.flags | header.flags) & descriptorFlag)) return end
  return claimDescriptor(archive, end, header)
}

async function examine(archive: Archive, start: number, end: number, header: Header, reading: Reading): Promise<void> {
  const { examiner } = archive
  const place = { start, end }
  const name = header.name + reading
  archive.left -= end - start
  const content = archive.left < 0 ? null : await contentOf(archive, start, end, header)
  if (!content) return examiner.unread({ ...place, reason: `The member ${quoted(name)} could not be expanded.` })
  checkContent(archive, content, header, place)
  if (header.name.endsWith('/') && content.size === 0) return
  await examiner.member(name, content, place)
}

/** The bytes of a member; encryption flags are ignored, as loaders of checkpoints ignore them. */
async function contentOf(archive: Archive, start: number, end: number, header: Header): Promise<Bytes | null> {
  const { examiner, bytes, claim } = archive
  const stored = sliceOf(bytes, start, end)
  if (header.method === 0) {
    claim(start, end, 'member')
    return stored
  }
  const codec = codecs[header.method]
  if (!codec) {
    const text = `The member ${quoted(header.name)} is compressed by method ${header.method}, which is not read here.`
    examiner.note({ rule: 'zip-unknown-method', severity: 'hold', text, start, end })
    return null
  }
  const [packed, added] = codec === 'lzma' ? lzmaStream(stored, header) : [stored, 0]
  const content = packed && (await examiner.expand(codec, packed))
  if (!content) return null
  claim(start, start + content.used - added, 'packed member')
  return content
}

/** Zip gives LZMA a head of its own (5.8.8); the usual one is put in its place. */
function lzmaStream(stored: Bytes, { flags, size }: Header): [Bytes | null, number] {
  const head = stored.read(0, 9)
  if (head.length < 9 || head[2] !== 5 || head[3] !== 0) return [null, 0]
  const usual = new Uint8Array(13).fill(255)
  usual.set(head.subarray(4, 9))
  if (!(flags & 2)) new DataView(usual.buffer).setBigUint64(5, BigInt(size), true)
  return [joined([memoryBytes(usual), sliceOf(stored, 9, stored.size)]), 4]
}

function checkContent(archive: Archive, content: Bytes, header: Header, place: { start: number; end: number }): void {
  const whole = crcOf(content) === header.crc
  const sized = content.size === header.size || header.size === 0xffffffff
  if (!whole || !sized || header.flags & flagged) sayContent(archive, content, header, place, whole)
}

/** Says what is not as the headers say. */
function sayContent(
  { examiner }: Archive,
  content: Bytes,
  { name: bare, flags, method, size }: Header,
  place: { start: number; end: number },
  whole: boolean,
): void {
  const name = quoted(bare)
  const note = (rule: string, severity: 'hold' | 'block', text: string) =>
    examiner.note({ rule, severity, text, ...place })
  if (flags & flagged && (whole || method === 0)) {
    const is = whole ? ', and it is not' : ''
    const text = `The flags of ${name} say that it is encrypted or a patch${is}: some readers give up, others load it.`
    note('zip-false-flags', whole ? 'block' : 'hold', text)
    if (!whole) examiner.unread({ ...place, reason: `The member ${name} may be encrypted.` })
  } else if (flags & flagged) examiner.unread({ ...place, reason: `The member ${name} is encrypted.` })
  else if (!whole) {
    const text = `The bytes of ${name} do not have the checksum that the archive gives: some readers refuse it, others load it.`
    note('zip-bad-crc', 'hold', text)
  }
  if (content.size !== size && size !== 0xffffffff)
    note('zip-size-mismatch', 'hold', `The member ${name} has ${content.size} bytes and says ${size}.`)
}

/** Claims the record behind the data (4.3.9), with or without its signature, with sizes of 4 or 8 bytes. */
function claimDescriptor({ bytes, claim }: Archive, at: number, { crc, packed, size }: Header): number {
  const view = viewAt(bytes, at, Math.min(24, bytes.size - at))
  if (!view || view.byteLength < 12) return at
  const from = view.getUint32(0, true) === signatures.descriptor ? 4 : 0
  if (view.byteLength >= from + 20 && view.getUint32(from, true) === crc)
    if (u64(view, from + 4) === packed && u64(view, from + 12) === size) return claimed(from + 20)
  if (view.byteLength < from + 12 || (from === 0 && view.getUint32(0, true) !== crc)) return at
  const fits = view.getUint32(from + 4, true) === packed % 2 ** 32 && view.getUint32(from + 8, true) === size % 2 ** 32
  return fits ? claimed(from + 12) : at
  function claimed(length: number): number {
    claim(at, at + length, 'descriptor')
    return at + length
  }
}

async function noteLink({ bytes, examiner }: Archive, entry: Entry, local: Local): Promise<void> {
  const target = Buffer.from(bytes.read(local.dataAt, local.dataAt + Math.min(entry.packed, 4096))).toString('utf8')
  const unsafe = entry.method !== 0 || leaves(target) !== null || target.includes('..')
  examiner.note({
    rule: 'zip-link',
    severity: unsafe ? 'block' : 'hold',
    text: `The member ${quoted(entry.name)} is a link to ${quoted(target)}: what it gives stands outside of the archive.`,
    start: local.at,
    end: local.dataAt,
  })
}
