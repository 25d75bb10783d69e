import { damaged, ended, type Input } from './input.ts'
import type { Sink } from './shelf.ts'

const blockMagic = 0x314159265359
const endMagic = 0x177245385090
const outBytes = 64 << 10

/** Bits of the stream, the highest first. */
class Bits {
  private held = 0
  private count = 0
  /** Bits of the count that no byte gave. */
  private borrowed = 0
  private readonly input: Input
  constructor(input: Input) {
    this.input = input
  }

  /** The next bits, at most 16, without taking them; zeros behind the end. */
  peek(count: number): number {
    while (this.count < count) {
      this.held = ((this.held & 0xff_ffff) << 8) | (this.input.left > 0 ? this.input.byte() : this.beyond())
      this.count += 8
    }
    return (this.held >>> (this.count - count)) & ((1 << count) - 1)
  }

  drop(count: number): void {
    this.count -= count
    if (this.count < this.borrowed) throw ended()
  }

  private beyond(): number {
    this.borrowed += 8
    return 0
  }

  /** At most 24. */
  take(count: number): number {
    while (this.count < count) {
      this.held = ((this.held & 0xff_ffff) << 8) | this.input.byte()
      this.count += 8
    }
    this.count -= count
    return (this.held >>> this.count) & ((1 << count) - 1)
  }
}

/** Expands one bzip2 stream. */
export function unbzip2(input: Input, sink: Sink): void {
  for (const _ of bzip2Steps()(input, sink));
}

/** Expands bzip2 streams, block after block, all in the same memory: a file may be nothing but tiny streams. */
export function bzip2Steps(): (input: Input, sink: Pick<Sink, 'write'>) => Generator<void> {
  let room = new Uint32Array(0)
  const roomFor = (size: number): Uint32Array => {
    if (room.length < size) room = new Uint32Array(size)
    return room.subarray(0, size)
  }
  return (input, sink) => streamSteps(input, sink, roomFor)
}

function* streamSteps(
  input: Input,
  sink: Pick<Sink, 'write'>,
  roomFor: (size: number) => Uint32Array,
): Generator<void> {
  if (input.byte() !== 0x42 || input.byte() !== 0x5a || input.byte() !== 0x68) throw damaged('no bzip2 stream')
  const level = input.byte() - 48
  if (level < 1 || level > 9) throw damaged('an unknown bzip2 level')
  const bits = new Bits(input)
  const block = roomFor(level * 100_000)
  const runs = new Runs(sink)
  for (;;) {
    const magic = bits.take(24) * 2 ** 24 + bits.take(24)
    bits.take(16)
    bits.take(16)
    if (magic === endMagic) break
    if (magic !== blockMagic) throw damaged('neither a block nor the end of the bzip2 stream')
    if (bits.take(1)) throw damaged('a randomised bzip2 block, which nothing writes any more')
    const origin = bits.take(24)
    const length = symbols(bits, block)
    if (origin >= length) throw damaged('a bzip2 block that starts outside of itself')
    untangle(block, length, origin, runs)
    runs.flush()
    yield
  }
}

/** Reads the symbols of a block into the low bytes of `block`; returns their number. */
function symbols(bits: Bits, block: Uint32Array): number {
  const used = alphabet(bits)
  const tables = bits.take(3)
  const selectors = selectorsOf(bits, tables)
  const codes: Code[] = []
  for (let k = 0; k < tables; k++) codes.push(codeOf(bits, used.length + 2))
  const front = Uint8Array.from(used)
  const end = used.length + 1
  let [length, run, weight, group, left] = [0, 0, 1, 0, 0]
  let code = codes[0]!
  for (;;) {
    if (left-- === 0) {
      code = codes[selectors[group++] ?? tables]!
      if (!code) throw damaged('a bzip2 block without a code')
      left = 49
    }
    const symbol = next(bits, code)
    if (symbol < 2) {
      run += weight << symbol
      weight <<= 1
      if (run > block.length) throw damaged('a bzip2 run over the end of its block')
      continue
    }
    if (run > 0) {
      if (length + run > block.length) throw damaged('a bzip2 block over its end')
      block.fill(front[0]!, length, length + run)
      length += run
      run = 0
      weight = 1
    }
    if (symbol === end) return length
    if (length >= block.length) throw damaged('a bzip2 block over its end')
    const byte = front[symbol - 1]!
    front.copyWithin(1, 0, symbol - 1)
    front[0] = byte
    block[length++] = byte
  }
}

function alphabet(bits: Bits): number[] {
  const groups = bits.take(16)
  const used: number[] = []
  for (let high = 0; high < 16; high++) {
    if (!(groups & (0x8000 >> high))) continue
    const low = bits.take(16)
    for (let k = 0; k < 16; k++) if (low & (0x8000 >> k)) used.push(high * 16 + k)
  }
  if (used.length === 0) throw damaged('a bzip2 block without symbols')
  return used
}

function selectorsOf(bits: Bits, tables: number): Uint8Array {
  const count = bits.take(15)
  if (tables < 2 || tables > 6 || count === 0) throw damaged('a bzip2 block without codes')
  const front = Uint8Array.from({ length: tables }, (_, k) => k)
  const selectors = new Uint8Array(count)
  for (let k = 0; k < count; k++) {
    let at = 0
    while (bits.take(1)) if (++at >= tables) throw damaged('a bzip2 block that names a code it does not have')
    const table = front[at]!
    front.copyWithin(1, 0, at)
    front[0] = table
    selectors[k] = table
  }
  return selectors
}

/** Code lengths in bzip2 are at most this long. */
const longest = 20
/** Codes of at most this length are looked up at once. */
const lookBits = 10

/** A canonical Huffman code: by the next bits the symbol and its length; for longer ones limits by length. */
interface Code {
  /** Length of the code in the low 5 bits, symbol above; 0 for longer codes. */
  readonly look: Uint16Array
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function codeOf(bits: Bits, size: number): Code {
  const lengths = new Uint8Array(size)
  let length = bits.take(5)
  for (let k = 0; k < size; k++) {
    for (;;) {
      if (length < 1 || length > longest) throw damaged('a bzip2 code of an impossible length')
      if (!bits.take(1)) break
      length += bits.take(1) ? -1 : 1
    }
    lengths[k] = length
  }
  const counts = new Uint16Array(longest + 1)
  for (const each of lengths) counts[each]!++
  const symbols: number[] = []
  for (let bit = 1; bit <= longest; bit++)
    lengths.forEach((each, symbol) => void (each === bit && symbols.push(symbol)))
  return { look: lookOf(counts, symbols), counts, symbols: Uint16Array.from(symbols) }
}

function lookOf(counts: Uint16Array, symbols: readonly number[]): Uint16Array {
  const look = new Uint16Array(1 << lookBits)
  let [code, index] = [0, 0]
  for (let length = 1; length <= lookBits; length++, code <<= 1) {
    const span = 1 << (lookBits - length)
    for (let k = 0; k < counts[length]!; k++, code++, index++)
      look.fill((symbols[index]! << 5) | length, code * span, (code + 1) * span)
  }
  return look
}

function next(bits: Bits, { look, counts, symbols: ordered }: Code): number {
  const known = look[bits.peek(lookBits)]!
  if (known !== 0) {
    bits.drop(known & 31)
    return known >> 5
  }
  let [code, first, index] = [0, 0, 0]
  for (let length = 1; length <= longest; length++) {
    code |= bits.take(1)
    const count = counts[length]!
    if (code - first < count) return ordered[index + code - first]!
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw damaged('a bzip2 symbol that is in no code')
}

/** Undoes the Burrows-Wheeler transform. */
function untangle(block: Uint32Array, length: number, origin: number, runs: Runs): void {
  const starts = new Uint32Array(257)
  for (let k = 0; k < length; k++) starts[(block[k]! & 255) + 1]!++
  for (let k = 0; k < 256; k++) starts[k + 1]! += starts[k]!
  for (let k = 0; k < length; k++) block[starts[block[k]! & 255]!++]! |= k << 8
  let at = block[origin]! >>> 8
  for (let k = 0; k < length; k++) {
    const entry = block[at]!
    runs.put(entry & 255)
    at = entry >>> 8
  }
  runs.reset()
}

/** Undoes the run lengths that bzip2 writes before all else: four equal bytes, then how many more. */
class Runs {
  private readonly out = new Uint8Array(outBytes)
  private size = 0
  private last = -1
  private equal = 0
  private readonly sink: Pick<Sink, 'write'>
  constructor(sink: Pick<Sink, 'write'>) {
    this.sink = sink
  }

  put(byte: number): void {
    if (this.equal === 4) {
      for (let k = 0; k < byte; k++) this.emit(this.last)
      this.equal = 0
      this.last = -1
      return
    }
    this.equal = byte === this.last ? this.equal + 1 : 1
    this.last = byte
    this.emit(byte)
  }

  reset(): void {
    this.equal = 0
    this.last = -1
  }

  flush(): void {
    this.sink.write(this.out.subarray(0, this.size))
    this.size = 0
  }

  private emit(byte: number): void {
    if (this.size === outBytes) this.flush()
    this.out[this.size++] = byte
  }
}
