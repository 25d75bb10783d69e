import { type Bytes, type Dtype, dtypeBits, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed, quoted } from '../cursor.ts'
import { doubledKeys, isObject, type Json, type JsonObject, readJson } from '../json-tree.ts'
import { type Entry, entryOf } from './header.ts'

/** The reference reader refuses longer headers. */
const mostHeader = 100_000_000
const brace = 0x7b

/** Tensors behind a JSON header: no code by design, so all that can be wrong is the structure. */
export default modelFormat({
  id: 'safetensors',
  title: 'safetensors',
  extensions: ['.safetensors'],

  sniff(head, _tail, _name, size) {
    if (head.length < 10 || head[8] !== brace || ![0x22, 0x7d, 0x20, 0x0a].includes(head[9]!)) return 0
    const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true)
    return length <= BigInt(size - 8) ? 3 : length <= BigInt(mostHeader) ? 2 : 1
  },

  async read(bytes, examiner) {
    await orMalformed(examiner, 'safetensors-malformed', () => readFile(bytes, examiner))
  },
})

async function readFile(bytes: Bytes, examiner: Examiner): Promise<void> {
  const cursor = new Cursor(bytes)
  const length = cursor.length('the length of the header')
  examiner.claim(0, 8, 'length of the header')
  if (length > mostHeader) throw new Malformed(`the header is ${length} bytes long, more than any reader takes`, 0)
  const data = cursor.take(length, 'the header')
  const { root, end } = readJson(data)
  if (!isObject(root)) throw new Malformed('the header is no JSON object', 8)
  examiner.claim(8, 8 + end, 'header')
  padding(data, end, examiner)
  doubles(root, data, examiner)
  const entries = entriesOf(root, 8 + length, bytes.size, examiner)
  for (const entry of entries) tensor(entry, bytes, examiner)
  await layout(entries, 8 + length, bytes, examiner)
  examiner.fact('tensors', entries.length)
}

/** The header may end in spaces, and in nothing else. */
function padding(data: Uint8Array, end: number, examiner: Examiner): void {
  const strange = data.subarray(end).findIndex(byte => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
  examiner.claim(8 + end, 8 + (strange < 0 ? data.length : end + strange), 'padding of the header')
  if (strange < 0) return
  const text = 'Something that is no padding stands behind the JSON of the header.'
  examiner.note({
    rule: 'safetensors-header-tail',
    severity: 'hold',
    text,
    start: 8 + end + strange,
    end: 8 + data.length,
  })
}

function doubles(root: JsonObject, data: Uint8Array, examiner: Examiner): void {
  const objects = [root, ...root.values.filter(isObject)]
  for (const object of objects)
    for (const key of doubledKeys(object)) {
      const text = `The header has the key ${quoted(key)} more than once; readers disagree on which one counts.`
      const [start, end] = [8 + object.start, 8 + Math.min(object.end, data.length)]
      examiner.note({ rule: 'safetensors-duplicate-key', severity: 'block', text, start, end })
    }
}

function entriesOf(root: JsonObject, dataStart: number, size: number, examiner: Examiner): Entry[] {
  const entries: Entry[] = []
  for (const [k, name] of root.keys.entries()) {
    const value = root.values[k]!
    if (name === '__metadata__') {
      metadata(value, examiner)
      continue
    }
    const entry = entryOf(name, value, dataStart)
    if (typeof entry === 'string')
      examiner.note({ rule: 'safetensors-bad-tensor', severity: 'hold', text: entry, ...placeOf(value) })
    else if (entry.end > size) {
      const text = `The tensor ${quoted(name)} ends at ${entry.end}, and the file at ${size}.`
      examiner.note({ rule: 'safetensors-out-of-bounds', severity: 'hold', text, ...placeOf(value) })
    } else entries.push(entry)
  }
  return entries.sort((a, b) => a.start - b.start || a.end - b.end)
}

const placeOf = (value: Json) => (isObject(value) ? { start: 8 + value.start, end: 8 + value.end } : {})

function metadata(value: Json, examiner: Examiner): void {
  if (!isObject(value) || !value.values.every(each => typeof each === 'string')) {
    const text = 'The metadata of the header is no object of texts.'
    examiner.note({ rule: 'safetensors-bad-metadata', severity: 'hold', text, ...placeOf(value) })
    return
  }
  value.keys.forEach((key, k) => {
    examiner.fact(`metadata ${key}`, String(value.values[k]))
  })
}

function tensor({ name, stored, shape, start, end }: Entry, bytes: Bytes, examiner: Examiner): void {
  examiner.claim(start, end, 'tensors')
  const dtype = stored in dtypeBits ? (stored as Dtype) : null
  examiner.tensor({ name, dtype, stored, shape, start, bytes: sliceOf(bytes, start, end) })
}

/** Tensors fill the data without holes and overlaps; a tail or a hole is looked into. */
async function layout(entries: readonly Entry[], dataStart: number, bytes: Bytes, examiner: Examiner): Promise<void> {
  let at = dataStart
  let last: Entry | undefined
  for (const entry of entries) {
    if (entry.start < at && entry.end > entry.start) {
      const text = `The tensor ${quoted(entry.name)} shares ${Math.min(at, entry.end) - entry.start} bytes with ${quoted(last?.name ?? '')}.`
      examiner.note({
        rule: 'safetensors-overlap',
        severity: 'hold',
        text,
        start: entry.start,
        end: Math.min(at, entry.end),
      })
    }
    if (entry.start > at) await stray('hole', at, entry.start, bytes, examiner)
    if (entry.end >= at) last = entry
    at = Math.max(at, entry.end)
  }
  if (at < bytes.size) await stray('tail', at, bytes.size, bytes, examiner)
}

async function stray(
  what: 'hole' | 'tail',
  start: number,
  end: number,
  bytes: Bytes,
  examiner: Examiner,
): Promise<void> {
  const text = `${end - start} bytes ${what === 'hole' ? 'between tensors' : 'behind the last tensor'} belong to none.`
  examiner.note({ rule: `safetensors-${what}`, severity: 'hold', text, start, end })
  examiner.claim(start, end, what)
  await examiner.member(`${what}@${start}`, sliceOf(bytes, start, end), { start, end })
}
