import { type Container, type Dtype, dtypeBits, type Examiner, gapsIn, type Member, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, quoted } from '../cursor.ts'
import { type Entry, entriesOf, readTable } from './table.ts'

/** Number types by their code. */
const types: Readonly<Record<number, Dtype>> = {
  1: 'F32',
  2: 'F64',
  3: 'I32',
  4: 'U8',
  5: 'I16',
  6: 'I8',
  8: 'C64',
  9: 'I64',
  10: 'BOOL',
  14: 'BF16',
  17: 'U16',
  18: 'C128',
  19: 'F16',
  22: 'U32',
  23: 'U64',
  24: 'F8_E5M2',
  25: 'F8_E4M3',
}
const texts = 7
const mostNotes = 100

/** Explains the files of numbers beside an index, each tensor its range; a shard that is named and not there is said. */
export function explainShards({ members }: Container, examiner: Examiner): void {
  for (const index of members) {
    if (index.format !== 'tf-checkpoint' || !index.name.endsWith('.index')) continue
    try {
      const { entries, shards, bigEndian } = entriesOf(readTable(new Cursor(index.bytes)), index.bytes)
      const stem = index.name.slice(0, -'.index'.length)
      for (let k = 0; k < Math.min(shards, members.length); k++) {
        const name = `${stem}.data-${String(k).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}`
        const data = members.find(each => each.name === name)
        const inside = entries.filter(entry => entry.shard === k)
        if (data) explain(data, inside, bigEndian, examiner)
      }
    } catch (reason) {
      if (!(reason instanceof Malformed)) throw reason
    }
  }
}

function explain(data: Member, entries: readonly Entry[], bigEndian: boolean, examiner: Examiner): void {
  let notes = 0
  const ranges = entries.flatMap(({ name, dtype, shape, start, end }) => {
    const type = types[dtype]
    const bits = type && shape.reduce((product, size) => product * BigInt(Math.round(size)), BigInt(dtypeBits[type]))
    const isWhole = start >= 0 && end <= data.size && (bits === undefined || bits === 8n * BigInt(end - start))
    if (isWhole) {
      const bytes = sliceOf(data.bytes, start, end)
      if (type) examiner.tensor({ name, dtype: type, stored: type, shape, bytes, ...(bigEndian ? { bigEndian } : {}) })
      return [{ start, end, as: dtype === texts ? 'texts' : 'tensors' }]
    }
    const text = `The tensor ${quoted(name)} does not fit into its bytes ${start} to ${end} of ${data.name}.`
    if (++notes <= mostNotes) examiner.note({ rule: 'tf-checkpoint-bad-tensor', severity: 'hold', text })
    return []
  })
  for (const { start, end, as } of ranges) examiner.explain(data, start, end, as)
  const tail = gapsIn(ranges, data.size)
  if (tail.length > 0 && ranges.length > 0) {
    const text = `${data.name} has bytes that no tensor of its index takes, from ${tail[0]!.start} on.`
    examiner.note({ rule: 'tf-checkpoint-tail', severity: 'hold', text })
  }
}
