import { type Bytes, type Examiner, modelFormat, sliceOf } from '../../core/index.ts'
import { quoted } from '../quoted.ts'
import { startsWith } from '../streams.ts'
import { type Literal, literalOf } from './literal.ts'
import { type ElementType, product, typeOf } from './types.ts'

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** NumPy itself refuses longer headers unless it is told to trust the file. */
const mostHeader = 1 << 20
/** Arrays one after another in one file. */
const mostArrays = 10_000

/** NumPy arrays (NEP 1, format versions 1 to 3), also several in one file. Arrays of objects are pickles. */
export default modelFormat({
  id: 'npy',
  title: 'NumPy array',
  extensions: ['.npy'],
  sniff: head => (magic.every((b, k) => head[k] === b) ? 3 : 0),
  async read(bytes, examiner) {
    let at = 0
    for (let count = 0; at < bytes.size && count < mostArrays && startsWith(bytes, at, magic); count++) {
      const end = await readArray(bytes, at, count, examiner)
      if (end === null) return
      at = end
    }
  },
})

interface Head {
  readonly type: ElementType
  readonly described: string
  readonly shape: readonly number[]
  readonly columns: boolean
}

/** Reads one array; returns where it ends, null when that is not known. */
async function readArray(bytes: Bytes, start: number, count: number, examiner: Examiner): Promise<number | null> {
  const fixed = bytes.read(start, start + 12).slice()
  const view = new DataView(fixed.buffer)
  const wide = (fixed[6] ?? 0) > 1
  if (fixed.length < 12 || fixed[6] === 0 || fixed[6]! > 3) return malformed('has an unknown version', start, examiner)
  const headSize = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  const headAt = start + (wide ? 12 : 10)
  const dataAt = headAt + headSize
  if (headSize > mostHeader || dataAt > bytes.size) return malformed('has a header beyond its end', start, examiner)
  const text = Buffer.from(bytes.read(headAt, dataAt)).toString(fixed[6] === 3 ? 'utf8' : 'latin1')
  const head = headOf(literalOf(text))
  if (!head) return malformed(`has a header that is no description of an array: ${quoted(text)}`, start, examiner)
  examiner.claim(start, dataAt, 'header')
  if (head.type.objects) {
    if (dataAt === bytes.size) malformed('ends before its objects', start, examiner)
    return readObjects(bytes, dataAt, examiner)
  }
  const size = product(head.shape)! * head.type.itemBytes
  const end = dataAt + size
  if (end > bytes.size) {
    const says = `says that it has ${size} bytes of data, and ${bytes.size - dataAt} are there`
    return malformed(says, start, examiner)
  }
  examiner.claim(dataAt, end, `numbers of ${head.described}`)
  addTensor(bytes, head, dataAt, end, nameOf(examiner.path, count), examiner)
  return end
}

function malformed(what: string, start: number, examiner: Examiner): null {
  examiner.note({ rule: 'npy-malformed', severity: 'hold', text: `The array ${what}.`, start })
  return null
}

/** An array of objects is one pickle, which NumPy loads when it is allowed to. */
async function readObjects(bytes: Bytes, dataAt: number, examiner: Examiner): Promise<number> {
  examiner.fact('elements', 'Python objects')
  examiner.claim(dataAt, bytes.size, 'pickled objects')
  const place = { start: dataAt, end: bytes.size }
  await examiner.member('(objects)', sliceOf(bytes, dataAt, bytes.size), { ...place, as: 'pickle' })
  return bytes.size
}

function headOf(literal: Literal | null): Head | null {
  if (literal === null || typeof literal !== 'object' || Array.isArray(literal)) return null
  const { descr, fortran_order: columns, shape, ...more } = literal as Readonly<Record<string, Literal>>
  const type = descr === undefined ? null : typeOf(descr)
  if (!type || typeof columns !== 'boolean' || shape === undefined || product(shape) === null) return null
  if (Object.keys(more).length > 0) return null
  return { type, described: JSON.stringify(descr).slice(0, 60), shape: shape as readonly number[], columns }
}

function addTensor(bytes: Bytes, head: Head, start: number, end: number, name: string, examiner: Examiner): void {
  const { type, shape, columns, described } = head
  let step = 1
  const strides = shape.map(size => {
    const before = step
    step *= Math.max(1, size)
    return before
  })
  examiner.tensor({
    name,
    dtype: type.dtype,
    stored: described,
    shape,
    ...(columns && shape.length > 1 ? { strides } : {}),
    ...(type.bigEndian ? { bigEndian: true } : {}),
    bytes: sliceOf(bytes, start, end),
    start,
  })
}

/** An array is called like its file. */
function nameOf(path: string, count: number): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.npy$/, '')
  return count === 0 ? name : `${name} (${count + 1})`
}
