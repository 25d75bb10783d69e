import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { utf8 } from '../cursor.ts'
import { isPlainText } from '../plain-text.ts'
import { settingActs } from '../settings-acts.ts'
import { scannedTags, tagActs } from '../yaml-tags.ts'

const pieceBytes = 1 << 20
/** Tags and requirements are looked for in so much of a text. */
const lookedAt = 4 << 20

/** Prose, vocabularies and word lists: nothing in them is run. */
export default modelFormat({
  id: 'text',
  title: 'plain text',
  extensions: ['.txt', '.md'],
  common: true,
  sniff: head => (isPlainText(head) ? 1 : 0),
  read(bytes, examiner) {
    claimText(bytes, examiner)
    const text = utf8(bytes.read(0, lookedAt))
    const acts = /!!?<?(tag:yaml\.org,2002:)?python\/|!(new|apply|applyref|name|module):\w/.test(text)
      ? tagActs(scannedTags(text)).filter(act => act.kind !== 'unresolved')
      : []
    if (acts.length > 0) examiner.program({ language: 'yaml', start: 0, end: bytes.size, acts, title: 'tags' })
    sayRequirements(text, bytes.size, examiner)
  },
})

/** Claims what is text, piece by piece: bytes that are none stay unclaimed. */
function claimText(bytes: Bytes, examiner: Examiner): void {
  for (let at = 0; at < bytes.size; at += pieceBytes) {
    const piece = bytes.read(at, at + pieceBytes)
    if (isPlainText(piece) || (at > 0 && isPlainText(piece.subarray(firstWhole(piece)))))
      examiner.claim(at, at + piece.length, 'text')
  }
}

/** A character may be cut at the border of pieces. */
const firstWhole = (piece: Uint8Array): number =>
  Math.max(
    0,
    piece.subarray(0, 4).findIndex(byte => (byte & 0xc0) !== 0x80),
  )

/** Lists of packages name the places they come from. */
function sayRequirements(text: string, end: number, examiner: Examiner): void {
  if (!/requirements/i.test(examiner.path)) return
  const lines = text.split('\n', 5000)
  let start = 0
  const values = lines.map(line => {
    const place = { start, end: start + line.length, scalar: line.replace(/(^|\s)#.*$/, '').trim() }
    start += Buffer.byteLength(line) + 1
    return place
  })
  const { acts } = settingActs([{ start: 0, end, keys: ['pip'], values: [{ start: 0, end, values }] }])
  if (acts.length > 0) examiner.program({ language: 'config', start: 0, end, acts, title: 'requirements' })
}
