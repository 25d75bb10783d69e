import { gapsIn, type Note, sliceOf } from '../../core/index.ts'
import { type Archive, readHidden } from './entry.ts'
import { type Local, localAt } from './records.ts'

/** Gaps of a file that are searched; more of them are left unread. */
const mostGaps = 200
/** Bytes of all gaps that are searched for members. */
const mostSearched = 1 << 30
/** Members that stand in no directory. */
const mostHidden = 2000
const stepBytes = 1 << 20
const firstStep = 4096
const mark = Buffer.from('PK\x03\x04', 'latin1')

/** Examines what no directory leads to: members that only some readers see, and bytes of any other kind. */
export async function readGaps(archive: Archive, taken: readonly { start: number; end: number }[]): Promise<void> {
  let left = mostSearched
  for (const { start, end } of gapsIn(taken, archive.bytes.size).slice(0, mostGaps)) {
    if ((left -= end - start) < 0) return
    await readGap(archive, start, end)
  }
}

async function readGap(archive: Archive, start: number, end: number): Promise<void> {
  let from = start
  let hidden = 0
  for (let at = nextMember(archive, start, end); at && hidden < mostHidden; hidden++) {
    await readOther(archive, from, at.at)
    const next = nextMember(archive, at.at + 4, end)
    const stop = await readHidden(archive, at, next?.at ?? end)
    from = Math.min(end, Math.max(stop, at.dataAt))
    at = next && next.at < from ? nextMember(archive, from, end) : next
  }
  if (hidden < mostHidden) return readOther(archive, from, end)
  const reason = `More than ${mostHidden} members stand in no directory.`
  archive.examiner.unread({ start: from, end, reason })
}

/** Bytes that are no member at all. */
async function readOther({ bytes, examiner, claim }: Archive, start: number, end: number): Promise<void> {
  if (end <= start) return
  const place = { start, end }
  const where = start === 0 ? 'in front of' : end === bytes.size ? 'behind' : 'inside of'
  const note: Note = {
    rule: start === 0 ? 'zip-prefix' : end === bytes.size ? 'zip-tail' : 'zip-gap',
    severity: 'hold',
    text: `${end - start} bytes ${where} the archive belong to none of its members.`,
    ...place,
  }
  examiner.note(note)
  const member = await examiner.member(`(bytes ${start} to ${end})`, sliceOf(bytes, start, end), place)
  if (member) claim(start, end, `bytes ${where} the archive`)
}

function nextMember({ bytes }: Archive, start: number, end: number): Local | null {
  for (let at = start, step = firstStep; at < end; at += step, step = Math.min(stepBytes, step * 4)) {
    const piece = Buffer.from(bytes.read(at, Math.min(end, at + step + 3)))
    for (let k = piece.indexOf(mark); k >= 0; k = piece.indexOf(mark, k + 1)) {
      const local = localAt(bytes, at + k)
      if (local && local.name.length > 0 && local.dataAt <= end) return local
    }
  }
  return null
}
