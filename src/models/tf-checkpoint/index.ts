import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed } from '../cursor.ts'
import { explainShards } from './shards.ts'
import { entriesOf, footerBytes, readTable } from './table.ts'

const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]

/** The index of a TensorFlow checkpoint: which numbers stand where in the files of numbers beside it. */
export default modelFormat({
  id: 'tf-checkpoint',
  title: 'TensorFlow checkpoint index',
  extensions: ['.index'],

  sniff: (_head, tail, _name, size) =>
    size >= footerBytes && magic.every((byte, k) => tail[tail.length - 8 + k] === byte) ? 3 : 0,

  async read(bytes, examiner) {
    await orMalformed(examiner, 'tf-checkpoint-malformed', () => say(bytes, examiner))
  },

  layout: explainShards,
})

function say(bytes: Bytes, examiner: Examiner): void {
  const table = readTable(new Cursor(bytes))
  for (const { start, end, as } of table.places) examiner.claim(start, end, as)
  const { entries, shards, bigEndian, wrong } = entriesOf(table, bytes)
  if (wrong) throw new Malformed(wrong, 0)
  examiner.fact('tensors', entries.length)
  examiner.fact('files of numbers', shards)
  if (bigEndian) examiner.fact('byte order', 'big-endian')
}
