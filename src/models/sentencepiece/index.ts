import { type Examiner, modelFormat } from '../../core/index.ts'

/** The largest vocabularies take a tenth. */
const mostBytes = 64 << 20
const mostPieces = 4_000_000
/** Fields of the message: pieces, and what the trainer and the normalisers were told. */
const fields = ['', 'piece', 'trainer', 'normaliser', 'self test', 'denormaliser']

/** Vocabularies of SentencePiece, the `tokenizer.model` of many language models: words with scores, nothing is run. */
export default modelFormat({
  id: 'sentencepiece',
  title: 'SentencePiece',
  extensions: ['.model', '.spm', '.vocab'],
  sniff: head => (beginsWithPieces(head) ? 2 : 0),
  read(bytes, examiner) {
    if (bytes.size > mostBytes)
      return examiner.unread({ start: 0, end: bytes.size, reason: `More than ${mostBytes} bytes are not read.` })
    readFields(new Uint8Array(bytes.read(0, bytes.size)), examiner)
  },
})

/** A length of at most 5 bytes, or null where there is none. */
function varint(data: Uint8Array, at: number): { value: number; end: number } | null {
  let value = 0
  for (let k = 0; k < 5 && at + k < data.length; k++) {
    value += (data[at + k]! & 0x7f) * 2 ** (7 * k)
    if (data[at + k]! < 0x80) return { value, end: at + k + 1 }
  }
  return null
}

/** A text, perhaps a score, perhaps a kind, and nothing else. */
function isPiece(data: Uint8Array, start: number, end: number): boolean {
  if (data[start] !== 0x0a) return false
  const text = varint(data, start + 1)
  if (!text) return false
  let at = text.end + text.value
  if (data[at] === 0x15) at += 5
  if (data[at] === 0x18 && at < end) at += 2
  return at === end
}

function beginsWithPieces(head: Uint8Array): boolean {
  let at = 0
  for (let k = 0; k < 3; k++) {
    const length = head[at] === 0x0a ? varint(head, at + 1) : null
    if (!length || !isPiece(head, length.end, length.end + length.value)) return false
    at = length.end + length.value
  }
  return true
}

function readFields(data: Uint8Array, examiner: Examiner): void {
  let [at, pieces] = [0, 0]
  while (at < data.length && pieces < mostPieces) {
    const field = data[at]! >> 3
    const length = (data[at]! & 7) === 2 ? varint(data, at + 1) : null
    const end = length ? length.end + length.value : 0
    const isKnown = length && end <= data.length && fields[field]
    if (!isKnown || (field === 1 && !isPiece(data, length.end, end))) break
    examiner.claim(at, end, fields[field]!)
    if (field === 1) pieces++
    at = end
  }
  examiner.fact('pieces', pieces)
  if (at >= data.length) return
  const text = `Behind ${pieces} pieces stands what is no part of a vocabulary.`
  examiner.note({ rule: 'sentencepiece-malformed', severity: 'hold', text, start: at, end: data.length })
}
