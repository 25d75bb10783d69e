import type { Bytes } from '../../core/index.ts'
import { type Entry, entryAt, signatures, u64, viewAt } from './records.ts'

/** An end record with the longest comment. */
const endBytes = 22 + 0xffff
/** More end records than this in one file are a game; the others are left unread. */
const mostEnds = 64

/** One way to read the directory of an archive. */
export interface Directory {
  /** Place of the end record that leads here. */
  readonly endAt: number
  readonly start: number
  readonly end: number
  /** What must be added to the places that the entries give: bytes in front of the archive. */
  readonly shift: number
  /** Entries that the end record promises. */
  readonly promised: number
  readonly entries: readonly Entry[]
}

/** A record at the end of the archive that was understood. */
export interface EndRecord {
  readonly start: number
  readonly end: number
  readonly as: string
}

/** The end of an archive: directories that readers may take it for, and the records that lead to them. */
export interface End {
  readonly at: number
  readonly comment: { readonly start: number; readonly end: number }
  /** The comment is longer than the file. */
  readonly cut: boolean
  readonly disks: number
  readonly records: readonly EndRecord[]
  readonly directories: readonly Directory[]
}

/** Every end record near the end of the file, the last first: it is the one that most readers take. */
export function endsOf(bytes: Bytes, mostEntries: number): End[] {
  const from = Math.max(0, bytes.size - endBytes)
  const tail = Buffer.from(bytes.read(from, bytes.size))
  const mark = Buffer.from('PK\x05\x06', 'latin1')
  const ends: End[] = []
  const room = { entries: mostEntries }
  for (let at = tail.lastIndexOf(mark); at >= 0 && ends.length < mostEnds; ) {
    const end = endAt(bytes, from + at, room)
    if (end) ends.push(end)
    at = at === 0 ? -1 : tail.lastIndexOf(mark, at - 1)
  }
  return ends
}

interface Pointer {
  readonly promised: number
  readonly size: number
  readonly offset: number
  /** Where the directory ends when nothing stands between. */
  readonly behind: number
}

/** Entries that may still be read, over all directories. */
interface Room {
  entries: number
}

function endAt(bytes: Bytes, at: number, room: Room): End | null {
  const view = viewAt(bytes, at, 22)
  if (!view) return null
  const disks = view.getUint16(4, true)
  const pointer = {
    promised: view.getUint16(10, true),
    size: view.getUint32(12, true),
    offset: view.getUint32(16, true),
    behind: at,
  }
  const commentEnd = at + 22 + view.getUint16(20, true)
  const cut = commentEnd > bytes.size
  const records: EndRecord[] = [{ start: at, end: at + 22, as: 'end of the directory' }]
  const pointers = pointers64(bytes, at, records)
  if (pointer.offset !== 0xffffffff && pointer.size !== 0xffffffff) pointers.push(pointer)
  const directories: Directory[] = []
  for (const each of pointers)
    for (const start of new Set([each.offset, each.behind - each.size]))
      addDirectory(bytes, { ...each, start, endAt: at }, directories, room)
  return { at, comment: { start: at + 22, end: Math.min(bytes.size, commentEnd) }, cut, disks, records, directories }
}

/** Readers find the zip64 record by its place or right before its locator; both count. */
function pointers64(bytes: Bytes, endAt: number, records: EndRecord[]): Pointer[] {
  const locatorAt = endAt - 20
  const locator = viewAt(bytes, locatorAt, 20)
  if (locator?.getUint32(0, true) !== signatures.locator64) return []
  records.push({ start: locatorAt, end: endAt, as: 'zip64 locator' })
  const pointers: Pointer[] = []
  for (const at of new Set([u64(locator, 8), locatorAt - 56])) {
    const view = viewAt(bytes, at, 56)
    if (view?.getUint32(0, true) !== signatures.end64) continue
    records.push({ start: at, end: at + 56, as: 'zip64 end of the directory' })
    pointers.push({ promised: u64(view, 32), size: u64(view, 40), offset: u64(view, 48), behind: at })
  }
  return pointers
}

function addDirectory(
  bytes: Bytes,
  { start, endAt, offset, size, promised }: Pointer & { start: number; endAt: number },
  directories: Directory[],
  room: Room,
): void {
  const shift = start - offset
  if (start < 0 || start > endAt || directories.some(d => d.start === start && d.shift === shift)) return
  const entries: Entry[] = []
  let at = start
  while (at < endAt && room.entries > 0) {
    const entry = entryAt(bytes, at)
    if (!entry || entry.end > endAt) break
    entries.push(entry)
    room.entries--
    at = entry.end
  }
  if (entries.length > 0 || (size === 0 && promised === 0 && directories.length === 0))
    directories.push({ endAt, start, end: at, shift, promised, entries })
}
