import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { Cursor, Malformed, orMalformed } from '../cursor.ts'

const magic = Buffer.from('CBM1')
const version = Buffer.from('FlabuffersModel_v1')
/** Parts that may follow the trees, by the names that the trees give them. */
const parts = /(static|ctr)_provider_v\d|(text|embedding)_processing_collection/
const mostHead = 16 << 20

/** CatBoost's trees: a flat buffer of numbers behind a length. */
export default modelFormat({
  id: 'catboost',
  title: 'CatBoost',
  extensions: ['.cbm'],
  sniff: head => (magic.every((byte, k) => head[k] === byte) ? 3 : 0),
  async read(bytes, examiner) {
    await orMalformed(examiner, 'catboost-malformed', () => readFile(bytes, examiner))
  },
})

async function readFile(bytes: Bytes, examiner: Examiner): Promise<void> {
  const cursor = new Cursor(bytes, 4)
  const size = cursor.u32()
  if (size > cursor.left) throw new Malformed(`the trees take ${size} bytes, and ${cursor.left} are left`, 4)
  const end = 8 + size
  checkTable(cursor, 8, end)
  const core = Buffer.from(bytes.read(8, Math.min(end, 8 + mostHead)))
  if (!core.includes(version)) throw new Malformed('the trees do not say that they are a model', 8)
  examiner.claim(0, end, 'trees')
  if (end === bytes.size) return
  cursor.at = end
  while (cursor.left > 8 && tables(cursor, examiner));
  if (cursor.left === 0) return
  const start = cursor.at
  const isNamed = parts.test(core.toString('latin1'))
  const text = `${bytes.size - start} bytes behind the trees are ${isNamed ? 'in no form that is known' : 'named by none of them'}.`
  examiner.note({ rule: 'catboost-tail', severity: 'hold', text, start, end: bytes.size })
  examiner.claim(start, bytes.size, 'tail')
  await examiner.member(`tail@${start}`, sliceOf(bytes, start, bytes.size), { start, end: bytes.size })
}

/** Tables of categories: how many, and each a flat buffer behind its length. */
function tables(cursor: Cursor, examiner: Examiner): boolean {
  const start = cursor.at
  const count = cursor.u32()
  if (count === 0 || count > cursor.left / 12) return restore(cursor, start)
  for (let k = 0; k < count; k++) {
    const size = cursor.left < 4 ? 0 : cursor.u32()
    const at = cursor.at
    if (size < 12 || size > cursor.left || !isTable(cursor, at, at + size)) return restore(cursor, start)
    cursor.at = at + size
  }
  examiner.claim(start, cursor.at, 'tables of categories')
  return true
}

function restore(cursor: Cursor, at: number): false {
  cursor.at = at
  return false
}

function isTable(cursor: Cursor, start: number, end: number): boolean {
  try {
    checkTable(cursor, start, end)
    return true
  } catch (reason) {
    if (reason instanceof Malformed) return false
    throw reason
  }
}

/** The root of a flat buffer is a table with a list of its fields, all inside. */
function checkTable(cursor: Cursor, start: number, end: number): void {
  cursor.at = start
  const root = start + cursor.u32()
  if (root + 4 > end) throw new Malformed('the root of the trees is outside of them', start)
  cursor.at = root
  const fields = root - cursor.i32()
  if (fields < start || fields + 4 > end) throw new Malformed('the fields of the trees are outside of them', root)
  cursor.at = fields
  const [listed, table] = [cursor.u16(), cursor.u16()]
  if (listed < 4 || listed % 2 !== 0 || fields + listed > end || root + table > end)
    throw new Malformed('the fields of the trees do not fit', fields)
}
