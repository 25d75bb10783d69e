import { type Act, type Bytes, type Examiner, modelFormat, sliceOf, type Value } from '../../core/index.ts'
import { type Cursor, Malformed, orMalformed } from '../cursor.ts'
import { type Encoding, RInput } from './input.ts'
import { callsIn, deparsed, type RNode } from './nodes.ts'
import { type Place, RReader, type Told } from './reader.ts'

const starts = /^(?:RD([XAB])[23]\n)?([XAB])\n/
const mostActs = 20_000
/** Raw vectors that are looked into; a model of another library is one. */
const mostRaw = 100
const leastRaw = 8

/** Objects of R, as `saveRDS` and `save` write them. */
export default modelFormat({
  id: 'r-data',
  title: 'R data',
  extensions: ['.rds', '.rdata', '.rda'],
  sniff(head) {
    const start = startOf(head)
    if (!start) return 0
    const { at, encoding } = start
    if (encoding === 'A')
      return /^[23]\n\d+\n\d+\n/.test(Buffer.from(head.subarray(at, at + 40)).toString('latin1')) ? 3 : 0
    const version = encoding === 'X' ? head.subarray(at, at + 4) : head.subarray(at, at + 4).toReversed()
    return version.length === 4 &&
      version[0] === 0 &&
      version[1] === 0 &&
      version[2] === 0 &&
      (version[3] === 2 || version[3] === 3)
      ? 3
      : 0
  },
  async read(bytes, examiner) {
    const told = new Acts()
    const start = startOf(bytes.read(0, 16))
    if (!start) return
    const input = new RInput(bytes, start.at, start.encoding)
    const whole = await orMalformed(examiner, 'r-data-malformed', () => {
      header(input, examiner)
      new RReader(input, told).read()
    })
    examiner.claim(0, whole ? input.at : 0, 'objects')
    examiner.program({
      language: 'r',
      start: 0,
      end: input.at,
      ...told.program(),
      ...(whole ? {} : { incomplete: 'The data is damaged.' }),
    })
    for (const { at, size } of told.raws) await rawVector(bytes, at, size, examiner)
    if (whole) await tail(input.cursor, examiner)
  },
})

function startOf(head: Uint8Array): { at: number; encoding: Encoding } | null {
  const found = starts.exec(Buffer.from(head.subarray(0, 16)).toString('latin1'))
  return found ? { at: found[0].length, encoding: found[2] as Encoding } : null
}

function header(input: RInput, examiner: Examiner): void {
  const { at } = input
  const version = input.integer()
  if (version !== 2 && version !== 3) throw new Malformed(`the version is ${version}, and 2 and 3 are known`, at)
  const writer = input.integer()
  input.integer()
  if (version === 3) input.text()
  examiner.fact('version', version)
  examiner.fact('written by', `R ${writer >> 16}.${(writer >> 8) & 255}.${writer & 255}`)
}

/** Models of other libraries stand in raw vectors; they are read by their own formats. */
async function rawVector(bytes: Bytes, at: number, size: number, examiner: Examiner): Promise<void> {
  const head = bytes.read(at, at + 4)
  const isKnown =
    (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) ||
    /^(PK\x03\x04|\x1f\x8b|\x7fELF|X\n\0\0|RDX|BZh|\xfd7zX)/.test(Buffer.from(head).toString('latin1'))
  if (isKnown)
    await examiner.member(`raw@${at}`, sliceOf(bytes, at, at + size), { start: at, end: at + size, again: true })
}

async function tail({ at, bytes }: Cursor, examiner: Examiner): Promise<void> {
  if (at >= bytes.size) return
  const text = `${bytes.size - at} bytes stand behind the last object.`
  examiner.note({ rule: 'r-data-tail', severity: 'hold', text, start: at, end: bytes.size })
  examiner.claim(at, bytes.size, 'tail')
  await examiner.member(`tail@${at}`, sliceOf(bytes, at, bytes.size), { start: at, end: bytes.size })
}

/** Collects what the objects would do, each thing once. */
class Acts implements Told {
  readonly raws: { at: number; size: number }[] = []
  private readonly acts = new Map<string, { -readonly [K in keyof Act]: Act[K] }>()
  private readonly lines: string[] = []
  private lost = 0

  private add(
    kind: Act['kind'],
    module: string,
    name: string,
    by: string,
    offset: number,
    args: readonly Value[] = [],
  ): void {
    const key = `${kind}\0${module}\0${name}\0${by}`
    const known = this.acts.get(key)
    if (known) known.count++
    else if (this.acts.size < mostActs) this.acts.set(key, { kind, module, name, by, offset, args, count: 1 })
    else this.lost++
  }

  private line(offset: number, text: string): void {
    if (this.lines.length < mostActs) this.lines.push(`${offset}: ${text}`)
  }

  promise(code: RNode, forced: boolean, place: Place, offset: number): void {
    const text = deparsed(code)
    this.add('call', '', forced ? 'forced promise' : 'promise', `promise in ${place}`, offset, [
      { kind: 'constant', value: text },
    ])
    this.line(offset, `delayedAssign(${text})  # promise in ${place}`)
  }

  code(code: RNode, place: Place, offset: number): void {
    this.line(offset, `${deparsed(code)}  # ${place}`)
    for (const { name, module, node } of callsIn(code)) {
      if (name === '<bytecode>' || name === '<cells>' || name === '') continue
      const args = node.items.slice(1, 9).map((item): Value => ({ kind: 'constant', value: deparsed(item) }))
      this.add('call', module, name, place, node.offset, args)
    }
  }

  outside(kind: 'namespace' | 'package' | 'persistent' | 'pointer' | 'builtin', name: string, offset: number): void {
    if (kind === 'persistent') this.add('persist', '', name, kind, offset)
    else
      this.add(
        'import',
        kind === 'pointer' || kind === 'builtin' ? '' : name,
        kind === 'namespace' || kind === 'package' ? '' : name,
        kind,
        offset,
      )
  }

  bound(name: string, place: Place, active: boolean, offset: number): void {
    if (active) this.add('set', '', name, 'active binding', offset)
    else if (/^\.(First|Last|onLoad|onAttach|Rprofile)/.test(name)) this.add('set', '', name, place, offset)
  }

  raw(start: number, size: number): void {
    if (this.raws.length < mostRaw && size >= leastRaw) this.raws.push({ at: start, size })
  }

  program(): { acts: readonly Act[]; listing: (lines: number) => readonly string[]; incomplete?: string } {
    const listing = (lines: number) => this.lines.slice(0, lines)
    const incomplete = `${this.lost} further acts are not listed.`
    return { acts: [...this.acts.values()], listing, ...(this.lost > 0 ? { incomplete } : {}) }
  }
}
