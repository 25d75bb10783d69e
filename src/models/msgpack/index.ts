import {
  type Bytes,
  type Dtype,
  dtypeBits,
  type Examiner,
  memoryBytes,
  modelFormat,
  sliceOf,
} from '../../core/index.ts'
import { looksLikePickle } from '../../pickle/index.ts'
import { Cursor, Malformed, orMalformed, quoted } from '../cursor.ts'
import { nextToken, type Token } from './values.ts'

/** Values of one file; arrays are one each, save in the oldest files of Burn. */
const mostValues = 30_000_000
const mostDepth = 1_000
/** Texts and lists that are kept until their map ends: shapes, types and names. */
const mostKept = 64
const mostLooks = 1_000
/** Flax packs an array, a complex number and a scalar as extensions of these codes. */
const flax = new Set([1, 2, 3])
const timestamp = -1

/** A map or a list that is being read. */
interface Open {
  readonly kind: 'map' | 'list'
  left: number
  readonly path: string
  key: string | null
  /** What a map says of an array. */
  readonly said: Map<string, Said>
  readonly numbers: number[]
}
type Said = string | readonly number[] | { readonly start: number; readonly size: number }

/** MessagePack: weights of Flax, Burn and others. Data alone, save for what others hide in it. */
export default modelFormat({
  id: 'msgpack',
  title: 'MessagePack',
  extensions: ['.msgpack', '.mpk'],
  sniff: (head, _tail, _name, size) => sniffed(head, size),
  async read(bytes, examiner) {
    await orMalformed(examiner, 'msgpack-malformed', () => new Reading(bytes, examiner).read())
  },
})

/** A map whose first key is a name; there is no signature. */
function sniffed(head: Uint8Array, size: number): 0 | 2 {
  const first = head[0]!
  if (!((first >= 0x80 && first < 0x90) || first === 0xde || first === 0xdf)) return 0
  const cursor = new Cursor(memoryBytes(head), 0, false)
  try {
    const map = nextToken(cursor)
    if (map.kind !== 'map' || map.count === 0 || map.count > size) return 0
    const key = nextToken(cursor)
    if (key.kind !== 'text' || key.size === 0) return 0
    const name = Buffer.from(head.subarray(key.start, key.start + key.size)).toString()
    if (!/^[\w .:/@-]+$/.test(name)) return 0
    nextToken(cursor)
    return 2
  } catch (reason) {
    if (!(reason instanceof Malformed)) throw reason
    return cursor.at > 8 && head.length < size ? 2 : 0
  }
}

class Reading {
  private readonly bytes: Bytes
  private readonly examiner: Examiner
  private readonly cursor: Cursor
  private readonly open: Open[] = []
  private readonly hidden: { name: string; start: number; size: number }[] = []
  private tensors = 0

  constructor(bytes: Bytes, examiner: Examiner) {
    this.bytes = bytes
    this.examiner = examiner
    this.cursor = new Cursor(bytes, 0, false)
  }

  async read(): Promise<void> {
    let values = 0
    do {
      const at = this.cursor.at
      if (++values > mostValues) throw new Malformed(`there are more than ${mostValues} values`, at)
      this.take(nextToken(this.cursor), at)
      for (let last = this.open.at(-1); last?.left === 0; last = this.open.at(-1)) this.close()
    } while (this.open.length > 0)
    this.examiner.claim(0, this.cursor.at, 'values')
    this.examiner.fact('tensors', this.tensors)
    for (const { name, start, size } of this.hidden)
      await this.examiner.member(name, sliceOf(this.bytes, start, start + size), {
        start,
        end: start + size,
        again: true,
      })
    await this.tail()
  }

  private take(token: Token, at: number): void {
    const outer = this.open.at(-1)
    if (outer) outer.left--
    const isKey = outer?.kind === 'map' && outer.left % 2 === 1
    if (token.kind === 'map' || token.kind === 'list') {
      this.begin(token.kind, token.count, outer, at)
      return
    }
    if (token.kind === 'ext') this.extension(token, at)
    if (token.kind === 'bytes' || token.kind === 'text') this.run(token, outer)
    if (!outer) return
    if (isKey) outer.key = token.kind === 'text' ? this.textOf(token) : null
    else this.say(outer, token)
  }

  private begin(kind: 'map' | 'list', count: number, outer: Open | undefined, at: number): void {
    if (this.open.length >= mostDepth) throw new Malformed(`values are nested more than ${mostDepth} deep`, at)
    const left = kind === 'map' ? 2 * count : count
    if (left > this.cursor.left) throw new Malformed(`a ${kind} of ${count} does not fit`, at)
    const path = outer ? [outer.path, outer.key].filter(Boolean).join('.') : ''
    this.open.push({ kind, left, path, key: null, said: new Map(), numbers: [] })
  }

  private say(outer: Open, token: Token): void {
    if (outer.kind === 'list' && token.kind === 'number' && token.value !== null && outer.numbers.length < mostKept)
      outer.numbers.push(token.value)
    if (outer.kind !== 'map' || outer.key === null || outer.said.size >= mostKept) return
    if (token.kind === 'text') outer.said.set(outer.key, this.textOf(token))
    if (token.kind === 'bytes') outer.said.set(outer.key, { start: token.start, size: token.size })
  }

  /** At its end a list is a shape, perhaps, and a map an array. */
  private close(): void {
    const { kind, numbers, said, path } = this.open.pop()!
    const outer = this.open.at(-1)
    if (kind === 'list' && outer?.kind === 'map' && outer.key !== null && outer.said.size < mostKept)
      outer.said.set(outer.key, numbers)
    const [data, shape, dtype] = [
      said.get('bytes') ?? said.get('data'),
      said.get('shape'),
      said.get('dtype') ?? said.get('type'),
    ]
    if (typeof data === 'object' && 'start' in data && Array.isArray(shape) && typeof dtype === 'string')
      this.tensor(path, dtype, shape, data)
  }

  private tensor(
    name: string,
    stored: string,
    shape: readonly number[],
    { start, size }: { start: number; size: number },
  ): void {
    const dtype = dtypeOf(stored)
    const needed = dtype ? shape.reduce((product, each) => product * each, dtypeBits[dtype] / 8) : size
    if (needed !== size) {
      const text = `The array ${quoted(name)} has ${size} bytes, and its shape needs ${needed}.`
      this.examiner.note({ rule: 'msgpack-bad-array', severity: 'hold', text, start, end: start + size })
    }
    this.tensors++
    this.examiner.tensor({ name, dtype, stored, shape, start, bytes: sliceOf(this.bytes, start, start + size) })
  }

  /** Bytes may be a pickle: readers of arrays of objects load it. */
  private run({ start, size }: { start: number; size: number }, outer: Open | undefined): void {
    if (size < 8 || this.hidden.length >= mostLooks) return
    const head = this.bytes.read(start, start + Math.min(size, 4096))
    if (head[0] !== 0x80 && head.at(-1) !== 0x2e) return
    if (looksLikePickle(new Uint8Array(head), size) === 3)
      this.hidden.push({ name: [outer?.path, outer?.key].filter(Boolean).join('.') || `bytes@${start}`, start, size })
  }

  private textOf({ start, size }: { start: number; size: number }): string {
    return Buffer.from(this.bytes.read(start, start + Math.min(size, 400))).toString()
  }

  private extension({ code, start, size }: Token & { kind: 'ext' }, at: number): void {
    if (code === timestamp) return
    const inner = flax.has(code) ? this.packed(start, size) : null
    if (inner) this.tensor(this.pathHere(), inner.dtype, inner.shape, inner.data)
    if (flax.has(code)) return
    const text = `A value is of the extension type ${code}, which only its maker can read.`
    this.examiner.note({ rule: 'msgpack-unknown-extension', severity: 'hold', text, start: at, end: start + size })
  }

  private pathHere(): string {
    const outer = this.open.at(-1)
    return [outer?.path, outer?.key].filter(Boolean).join('.')
  }

  /** An array as Flax packs it: a list of shape, type and bytes. */
  private packed(
    start: number,
    size: number,
  ): { shape: number[]; dtype: string; data: { start: number; size: number } } | null {
    const cursor = new Cursor(this.bytes, start, false)
    const list = nextToken(cursor)
    if (list.kind !== 'list' || list.count !== 3) return null
    const dimensions = nextToken(cursor)
    if (dimensions.kind !== 'list' || dimensions.count > 32) return null
    const shape = Array.from({ length: dimensions.count }, () => nextToken(cursor)).map(t =>
      t.kind === 'number' ? (t.value ?? 0) : 0,
    )
    const [dtype, data] = [nextToken(cursor), nextToken(cursor)]
    if (cursor.at > start + size) throw new Malformed('an array ends beyond its extension', start)
    if (dtype.kind !== 'text' || data.kind !== 'bytes') return null
    this.run(data, this.open.at(-1))
    return { shape, dtype: this.textOf(dtype), data: { start: data.start, size: data.size } }
  }

  private async tail(): Promise<void> {
    const start = this.cursor.at
    const end = this.bytes.size
    if (start >= end) return
    const text = `${end - start} bytes stand behind the value.`
    this.examiner.note({ rule: 'msgpack-tail', severity: 'hold', text, start, end })
    this.examiner.claim(start, end, 'tail')
    await this.examiner.member(`tail@${start}`, sliceOf(this.bytes, start, end), { start, end })
  }
}

const dtypes: Readonly<Record<string, Dtype>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint64: 'U64',
  uint32: 'U32',
  uint16: 'U16',
  uint8: 'U8',
  bool: 'BOOL',
  complex64: 'C64',
  complex128: 'C128',
}

const dtypeOf = (name: string): Dtype | null =>
  dtypes[name.toLowerCase()] ?? (Object.hasOwn(dtypeBits, name) ? (name as Dtype) : null)
