import { type Bytes, type Examiner, modelFormat } from '../../core/index.ts'
import { ActList } from '../acts.ts'
import { Cursor, Malformed } from '../cursor.ts'

/** Kinds of objects in the stream. */
const kinds = {
  nil: 0,
  number: 1,
  text: 2,
  table: 3,
  torch: 4,
  truth: 5,
  oldFunction: 6,
  older: 7,
  function: 8,
} as const
const widths: Readonly<Record<string, number>> = {
  Byte: 1,
  Char: 1,
  Short: 2,
  Int: 4,
  Long: 8,
  Float: 4,
  Double: 8,
  Half: 2,
  Cuda: 4,
  CudaHalf: 2,
  CudaDouble: 8,
  CudaByte: 1,
  CudaLong: 8,
  CudaInt: 4,
}
const mostText = 1 << 20
const mostDimensions = 64

/** What Torch7 saved: numbers, tables, classes by name, and functions of Lua with their bytecode. */
export default modelFormat({
  id: 'torch7',
  title: 'Torch7 object',
  extensions: ['.t7', '.th', '.net'],
  sniff(head, _tail, name, size) {
    if (head.length < 12 || size < 12) return 0
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    const [kind, index, next] = [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true)]
    if (kind === kinds.torch && index === 1 && next > 0 && next < 256) return head[12] === 0x56 || next === 3 ? 3 : 2
    const isNamed = /\.(t7|th)$/i.test(name)
    if ((kind === kinds.table || kind === kinds.function) && index === 1 && next >= 0 && next < size)
      return isNamed ? 2 : 1
    return 0
  },

  read(bytes, examiner) {
    const acts = new ActList()
    const stream = new Stream(bytes, acts)
    const trouble = stream.read(examiner.limits.steps)
    for (const { start, end, as } of stream.places) examiner.claim(start, end, as)
    if (trouble) {
      const text = `Malformed: ${trouble.message}.`
      examiner.note({ rule: 'torch7-malformed', severity: 'hold', text, start: trouble.at })
    }
    say(bytes, acts, trouble, examiner)
  },
})

function say(bytes: Bytes, acts: ActList, trouble: Malformed | null, examiner: Examiner): void {
  const all = acts.all()
  const listing = (most: number) => all.slice(0, most).map(act => `${act.offset}: ${act.name}`)
  const incomplete = trouble ? { incomplete: `What follows could not be read: ${trouble.message}.` } : acts.incomplete
  examiner.program({ language: 'lua', start: 0, end: bytes.size, acts: all, listing, ...incomplete })
}

/** Reads objects one after another: what is inside an object follows it, so that only their number must be known. */
class Stream {
  readonly places: { start: number; end: number; as: string }[] = []
  private readonly cursor: Cursor
  private readonly acts: ActList
  private readonly seen = new Set<number>()
  private left = 1

  constructor(bytes: Bytes, acts: ActList) {
    this.cursor = new Cursor(bytes, 0, true, 4096)
    this.acts = acts
  }

  read(steps: number): Malformed | null {
    try {
      for (let k = 0; this.left > 0; k++) {
        if (k > steps) throw new Malformed('there are too many objects', this.cursor.at)
        this.left--
        const start = this.cursor.at
        this.object()
        this.claim(start, this.cursor.at, 'objects')
      }
      return null
    } catch (reason) {
      if (reason instanceof Malformed) return reason
      throw reason
    }
  }

  private claim(start: number, end: number, as: string): void {
    const last = this.places.at(-1)
    if (last && last.end === start && last.as === as) last.end = end
    else if (end > start) this.places.push({ start, end, as })
  }

  private object(): void {
    const { cursor } = this
    const start = cursor.at
    const kind = cursor.i32()
    if (kind === kinds.nil) return
    if (kind === kinds.number) cursor.skip(8, 'a number')
    else if (kind === kinds.text) cursor.skip(cursor.u32(), 'a text')
    else if (kind === kinds.truth) cursor.skip(4, 'a truth value')
    else if (this.isNew(cursor.i32())) this.content(kind, start)
  }

  /** Objects that were met before are only named again. */
  private isNew(index: number): boolean {
    if (this.seen.has(index)) return false
    this.seen.add(index)
    return true
  }

  private content(kind: number, start: number): void {
    if (kind === kinds.table) this.table()
    else if (kind === kinds.torch) this.torch(start)
    else if (kind === kinds.function || kind === kinds.older || kind === kinds.oldFunction) {
      this.acts.add('call', '', 'function', 'function', start)
      this.cursor.skip(this.cursor.u32(), 'a function')
      this.left++
    } else throw new Malformed(`an object has the unknown kind ${kind}`, start)
  }

  private table(): void {
    const count = this.cursor.u32()
    if (count > this.cursor.left / 8) throw new Malformed(`a table has ${count} entries`, this.cursor.at)
    this.left += 2 * count
  }

  private torch(start: number): void {
    const first = this.name()
    const name = /^V \d+$/.test(first) ? this.name() : first
    this.acts.add('call', '', name, 'class', start)
    const numbers = /^torch\.(\w+)(Tensor|Storage)$/.exec(name)
    if (!numbers) this.left++
    else if (numbers[2] === 'Tensor') this.tensor()
    else this.storage(name, widths[numbers[1]!])
  }

  private name(): string {
    const { cursor } = this
    const length = cursor.u32()
    if (length > mostText) throw new Malformed(`a name has ${length} bytes`, cursor.at)
    return cursor.text(length, 'a name')
  }

  private tensor(): void {
    const { cursor } = this
    const dimensions = cursor.u32()
    if (dimensions > mostDimensions) throw new Malformed(`a tensor has ${dimensions} dimensions`, cursor.at)
    cursor.skip(16 * dimensions + 8, 'the shape of a tensor')
    this.left++
  }

  private storage(name: string, width: number | undefined): void {
    const { cursor } = this
    const count = cursor.length('the size of a storage')
    if (width === undefined) throw new Malformed(`nobody knows the numbers of ${name}`, cursor.at)
    const start = cursor.at
    cursor.skip(count * width, 'a storage')
    this.claim(start, cursor.at, 'tensors')
  }
}
