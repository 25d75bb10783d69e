import { type Bytes, type Examiner, modelFormat, type Unpacked } from '../../core/index.ts'
import { crcOf } from '../crc.ts'
import { quoted } from '../quoted.ts'
import { readStreams, startsWith, zerosAt } from '../streams.ts'

/** Names and comments longer than this are no names. */
const mostText = 4096
const mostExtra = 32

/** Files packed by gzip (RFC 1952), also several members one after another. */
export default modelFormat({
  id: 'gzip',
  title: 'gzip file',
  extensions: ['.gz', '.tgz', '.pkl', '.joblib'],
  common: true,
  sniff: head => (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8 && (head[3] ?? 255) < 32 ? 3 : 0),
  read: (bytes, examiner) =>
    readStreams(bytes, examiner, {
      codec: 'deflate',
      as: 'gzip member',
      begins: (from, at) => headBytes(from, at, examiner),
      ends: (at, content) => checkFoot(bytes, at, content, examiner),
      padding: (from, at) => zerosAt(from, at),
    }),
})

/** Length of the head of a member (2.3). */
function headBytes(bytes: Bytes, start: number, examiner: Examiner): number | null {
  if (!startsWith(bytes, start, [0x1f, 0x8b, 8])) return null
  const head = bytes.read(start, start + 12 + 0xffff + 2 * mostText).slice()
  const flags = head[3] ?? 255
  if (flags > 31) return null
  let at = 10
  if (flags & 4) at = extraEnd(head, start, examiner)
  if (flags & 8) at = textEnd(head, at, 'name', start, examiner)
  if (flags & 16) at = textEnd(head, at, 'comment', start, examiner)
  if (flags & 2) at += 2
  return at <= head.length ? at : null
}

/** Blocked gzip says the size of its blocks here, in six bytes; nothing else of use is known. */
function extraEnd(head: Uint8Array, start: number, examiner: Examiner): number {
  const size = head[10]! | (head[11]! << 8)
  if (size > mostExtra)
    examiner.note({
      rule: 'gzip-odd-head',
      severity: 'hold',
      text: `The gzip head has an extra field of ${size} bytes, which no reader looks at.`,
      start: start + 12,
      end: start + 12 + size,
    })
  return 12 + size
}

function textEnd(head: Uint8Array, at: number, as: string, start: number, examiner: Examiner): number {
  const found = head.indexOf(0, at)
  const end = found < 0 ? head.length : found
  const text = Buffer.from(head.subarray(at, end)).toString('latin1')
  examiner.fact(`gzip ${as}`, text)
  if (end - at > mostText || /[^\P{C}]/u.test(text))
    examiner.note({
      rule: 'gzip-odd-head',
      severity: 'hold',
      text: `The ${as} in the gzip head is no ${as}: ${quoted(text)}.`,
      start: start + at,
      end: start + end,
    })
  return end + 1
}

/** The foot gives checksum and length of what was packed. */
function checkFoot(bytes: Bytes, at: number, content: Unpacked, examiner: Examiner): number {
  const foot = bytes.read(at, at + 8)
  if (foot.length < 8) {
    examiner.note({ rule: 'gzip-cut', severity: 'hold', text: 'The gzip file ends before its checksum.', start: at })
    return foot.length
  }
  const view = new DataView(foot.slice().buffer)
  if (view.getUint32(0, true) !== crcOf(content) || view.getUint32(4, true) !== content.size % 2 ** 32)
    examiner.note({
      rule: 'gzip-bad-crc',
      severity: 'hold',
      text: 'The unpacked bytes do not have the checksum or the length that the gzip file gives.',
      start: at,
      end: at + 8,
    })
  return 8
}
