import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { quoted } from '../quoted.ts'
import { type Directory, type End, endsOf } from './directory.ts'
import { type Archive, readEntry } from './entry.ts'
import { claimExtra } from './extra.ts'
import { readGaps } from './gaps.ts'

/** Longer comments are no remarks. */
const mostComment = 4096
/** Names given twice that are said one by one. */
const mostDoubled = 1000
/** Bytes that members may read over and again, beside twice the file. */
const sharedBytes = 16 << 20
const mark = Buffer.from('PK\x05\x06', 'latin1')

/**
 * Zip archives, read as each loader would: by every directory that a reader may take for the right one, and member by
 * member from the front. What the readings do not share is noted.
 */
export default modelFormat({
  id: 'zip',
  title: 'zip archive',
  extensions: ['.zip', '.pt', '.pth', '.bin', '.ckpt', '.keras', '.npz', '.mar', '.skops'],
  sniff(head, tail, _name, size) {
    if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6)))
      return 3
    return hasEnd(tail, size) ? 3 : 0
  },
  read,
})

/** The tail holds an end record that fits the file. */
function hasEnd(tail: Uint8Array, size: number): boolean {
  const text = Buffer.from(tail.buffer, tail.byteOffset, tail.length)
  if (!text.includes(mark)) return false
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length)
  for (let at = text.lastIndexOf(mark); at >= 0; ) {
    if (at + 22 <= tail.length && view.getUint32(at + 4, true) === 0 && view.getUint16(at + 10, true) > 0) {
      const [length, offset] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
      if (offset === 0xffffffff || offset + length <= size - tail.length + at) return true
    }
    at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1)
  }
  return false
}

async function read(bytes: Bytes, examiner: Examiner): Promise<void> {
  const taken: { start: number; end: number }[] = []
  const archive: Archive = {
    bytes,
    examiner,
    claim(start, end, as) {
      if (end <= start) return
      examiner.claim(start, end, as)
      const last = taken.at(-1)
      if (last && last.end === start) last.end = end
      else taken.push({ start, end })
    },
    examined: new Set(),
    entries: new Map(),
    left: 2 * bytes.size + sharedBytes,
    spans: [],
  }
  const ends = endsOf(bytes, examiner.limits.members)
  if (ends.length === 0)
    examiner.note({
      rule: 'zip-no-directory',
      severity: 'hold',
      text: 'The archive has no directory: it was cut off, or only readers that walk from the front see its members.',
    })
  let first = true
  for (const end of ends) {
    if (!first && archive.spans.some(span => span.start <= end.at && end.at < span.end)) continue
    await readEnd(archive, end, first)
    first = false
  }
  noteOverlaps(archive)
  noteDuplicates(archive, ends[0]?.directories[0])
  await readGaps(archive, taken)
}

async function readEnd(archive: Archive, end: End, first: boolean): Promise<void> {
  const { examiner, claim } = archive
  const place = { start: end.at, end: end.comment.end }
  if (!first || end.directories.length > 1)
    examiner.note({
      rule: 'zip-several-directories',
      severity: 'hold',
      text: 'The archive has more than one directory: readers do not agree on which members it has.',
      ...place,
    })
  if (end.cut)
    examiner.note({ rule: 'zip-cut-comment', severity: 'hold', text: 'The file ends inside of its comment.', ...place })
  if (end.disks !== 0)
    examiner.note({
      rule: 'zip-several-disks',
      severity: 'hold',
      text: 'The archive goes on in other files.',
      ...place,
    })
  for (const directory of end.directories) await readDirectory(archive, directory)
  for (const record of end.records) claim(record.start, record.end, record.as)
  await readComment(archive, end)
}

async function readDirectory(archive: Archive, directory: Directory): Promise<void> {
  const { examiner, claim } = archive
  const { entries, shift, promised, start, end } = directory
  if (entries.length !== promised && entries.length % 65536 !== promised)
    examiner.note({
      rule: 'zip-entry-count',
      severity: 'hold',
      text: `The archive promises ${promised} members and its directory names ${entries.length}.`,
      start,
      end,
    })
  for (const entry of entries) {
    claim(entry.at, entry.extraAt, 'directory')
    claimExtra(entry, claim)
    if (entry.end > entry.commentAt) await readRemark(archive, entry.commentAt, entry.end)
  }
  for (const entry of entries) await readEntry(archive, entry, shift)
}

const readComment = async (archive: Archive, { comment }: End): Promise<void> => {
  if (comment.end > comment.start) await readRemark(archive, comment.start, comment.end)
}

/** A remark is text; anything else that stands in its place is examined like a member. */
async function readRemark({ bytes, examiner, claim }: Archive, start: number, end: number): Promise<void> {
  const text = end - start <= mostComment ? Buffer.from(bytes.read(start, end)).toString('utf8') : '\0'
  if (!/[^\P{C}\r\n\t]|\ufffd/u.test(text)) return claim(start, end, 'comment')
  const member = await examiner.member('(comment)', sliceOf(bytes, start, end), { start, end })
  if (member) claim(start, end, 'comment')
}

function noteOverlaps({ spans, examiner }: Archive): void {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  let [overlaps, reach] = [0, -1]
  let example = ''
  for (const { start, end, name } of sorted) {
    if (start < reach && overlaps++ === 0) example = name
    reach = Math.max(reach, end)
  }
  if (overlaps === 0) return
  examiner.note({
    rule: 'zip-overlap',
    severity: 'hold',
    text: `${overlaps} members share bytes with others, the first is ${quoted(example)}: a way to hide members, or to make a small file grow without end.`,
  })
}

/** Some loaders look names up without regard to case; the first or the last of equal ones wins, by reader. */
function noteDuplicates({ examiner }: Archive, directory: Directory | undefined): void {
  const seen = new Set<string>()
  let doubled = 0
  for (const { name, at, end } of directory?.entries ?? []) {
    const folded = name.toLowerCase()
    if (seen.has(folded) && doubled++ < mostDoubled)
      examiner.note({
        rule: 'zip-duplicate-member',
        severity: 'hold',
        text: `More than one member is called ${quoted(name)}: readers do not agree on which of them counts.`,
        start: at,
        end,
      })
    seen.add(folded)
  }
}
