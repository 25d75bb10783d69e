import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed } from '../cursor.ts'

const mostRecords = 2_000_000
/** A record's length and its checksum in front, and the checksum of the record behind. */
const around = 16

/** Records one after another, as TensorFlow writes logs of training and data: nothing in them is run. */
export default modelFormat({
  id: 'tfrecord',
  title: 'TFRecord',
  extensions: ['.tfrecord', '.tfrecords'],
  common: true,
  sniff: (head, _tail, _name, size) => (isFirst(head, size) ? 2 : 0),
  async read(bytes, examiner) {
    await orMalformed(examiner, 'tfrecord-malformed', () => readRecords(bytes, examiner))
  },
})

/** The checksum of the length tells a record from chance. */
function isFirst(head: Uint8Array, size: number): boolean {
  if (head.length < around) return false
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const length = view.getUint32(0, true)
  return (
    view.getUint32(4, true) === 0 && length + around <= size && masked(head.subarray(0, 8)) === view.getUint32(8, true)
  )
}

function readRecords(bytes: Bytes, examiner: Examiner): void {
  const cursor = new Cursor(bytes)
  let records = 0
  for (; cursor.left > 0 && records < mostRecords; records++) {
    const start = cursor.at
    const head = cursor.take(12, 'the head of a record')
    const view = new DataView(head.buffer, head.byteOffset, 12)
    if (masked(head.subarray(0, 8)) !== view.getUint32(8, true))
      throw new Malformed('the length of a record does not fit its checksum', start)
    cursor.skip(Number(view.getBigUint64(0, true)) + 4, 'a record')
    examiner.claim(start, cursor.at, 'record')
  }
  examiner.fact('records', records)
}

const table = Uint32Array.from({ length: 256 }, (_, k) => {
  let value = k
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** CRC-32C, turned and shifted as the format asks. */
function masked(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  crc = (crc ^ 0xffffffff) >>> 0
  return ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0
}
