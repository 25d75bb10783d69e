import type { Algorithm, TreeFile } from './tree.ts'

const head = 'bezoar stat cache 2'
const order: readonly Algorithm[] = ['sha256', 'blake3', 'blake2b']
/** Numbers that a file's looks are: size, times, inode, device and whether a link led to it. */
const width = 5

/** Digests of files with their looks, side by side: a hundred thousand are a handful of long arrays. */
export class KnownLooks {
  readonly names: string[]
  /** Digests in hex by algorithm, empty where none is known. */
  readonly digests: readonly string[][]
  looks: BigInt64Array
  private index: Map<string, number> | null = null
  /** Files are mostly asked for in the order in which they stand here. */
  private next = 0

  constructor(
    names: string[] = [],
    digests: readonly string[][] = order.map(() => []),
    looks: BigInt64Array = new BigInt64Array(64 * width),
  ) {
    this.names = names
    this.digests = digests
    this.looks = looks
  }

  get(file: TreeFile, algorithms: readonly Algorithm[]): readonly string[] | undefined {
    const i = this.find(file.name)
    if (i === undefined || !this.isAlike(file, i)) return undefined
    const digests = algorithms.map(algorithm => this.digests[order.indexOf(algorithm)]![i]!)
    return digests.includes('') ? undefined : digests
  }

  /** True when this was not known. */
  set(file: TreeFile, algorithms: readonly Algorithm[], digests: readonly string[]): boolean {
    if (file.name.includes('\n')) return false
    const i = this.find(file.name) ?? this.add(file.name)
    let learned = !this.isAlike(file, i)
    if (learned) this.renew(file, i)
    for (const [k, algorithm] of algorithms.entries()) {
      const column = this.digests[order.indexOf(algorithm)]!
      if (column[i] !== digests[k]) learned = true
      column[i] = digests[k]!
    }
    return learned
  }

  /** Those whose times are before a moment, in nanoseconds. */
  before(moment: bigint): KnownLooks {
    const settled = [...this.names.keys()].filter(
      i => this.looks[i * width + 1]! < moment && this.looks[i * width + 2]! < moment,
    )
    if (settled.length === this.names.length) return this
    const looks = new BigInt64Array(settled.length * width)
    for (const [to, i] of settled.entries()) looks.set(this.looks.subarray(i * width, (i + 1) * width), to * width)
    const pick = (list: readonly string[]) => settled.map(i => list[i]!)
    return new KnownLooks(pick(this.names), this.digests.map(pick), looks)
  }

  private find(name: string): number | undefined {
    if (this.names[this.next] === name) return this.next++
    this.index ??= new Map(this.names.map((known, i) => [known, i]))
    const found = this.index.get(name)
    if (found !== undefined) this.next = found + 1
    return found
  }

  private add(name: string): number {
    const i = this.names.push(name) - 1
    this.index?.set(name, i)
    for (const column of this.digests) column.push('')
    if (this.looks.length < (i + 1) * width) {
      const wider = new BigInt64Array(Math.max(64 * width, this.looks.length * 2))
      wider.set(this.looks)
      this.looks = wider
    }
    // No file has a size below none: a new entry is like no file.
    this.looks[i * width] = -1n
    return i
  }

  private isAlike(file: TreeFile, i: number): boolean {
    const at = i * width
    const { looks } = this
    return (
      Number(looks[at]) === file.sizeBytes &&
      looks[at + 1] === file.mtimeNs &&
      looks[at + 2] === file.ctimeNs &&
      looks[at + 3] === file.inode &&
      looks[at + 4] === placeOf(file)
    )
  }

  private renew(file: TreeFile, i: number): void {
    const { sizeBytes, mtimeNs, ctimeNs, inode } = file
    this.looks.set([BigInt(sizeBytes), mtimeNs, ctimeNs, inode, placeOf(file)], i * width)
    for (const column of this.digests) column[i] = ''
  }
}

const placeOf = ({ device, link }: TreeFile): bigint => device * 2n + (link === undefined ? 0n : 1n)

/** As bytes: a line of counts, names and digests line by line, then the numbers. */
export function packed({ names, digests, looks }: KnownLooks): Buffer {
  const blocks = [names, ...digests].map(list => Buffer.from(list.join('\n')))
  const counts = [names.length, ...blocks.map(({ length }) => length)]
  const numbers = new Uint8Array(looks.buffer, looks.byteOffset, names.length * width * 8)
  return Buffer.concat([Buffer.from(`${head} ${counts.join(' ')}\n`), ...blocks, numbers])
}

/** Entries from their bytes; null when the bytes are none. */
export function unpacked(bytes: Buffer): KnownLooks | null {
  const end = bytes.indexOf('\n')
  const line = bytes.toString('latin1', 0, Math.max(0, end))
  if (!line.startsWith(`${head} `)) return null
  const [count, ...lengths] = line
    .slice(head.length + 1)
    .split(' ')
    .map(Number)
  let at = end + 1
  const [names, ...digests] = lengths.map(length => {
    const text = bytes.toString('utf8', at, at + length)
    at += length
    return count === 0 ? [] : text.split('\n')
  })
  const isWhole = digests.length === order.length && [names!, ...digests].every(list => list.length === count)
  if (!isWhole || bytes.length - at !== count! * width * 8) return null
  return new KnownLooks(names, digests, new BigInt64Array(new Uint8Array(bytes.subarray(at)).buffer))
}
