import { Dictionary } from './dictionary.ts'
import { type Stage, unfiltered } from './filters.ts'
import { damaged, type Input } from './input.ts'
import { Lzma } from './lzma.ts'
import type { Sink } from './shelf.ts'

/** Bytes of the check behind each block, by its id (XZ file format 1.2.1, 2.1.1.2). */
const checkBytes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

/** Expands a `.lzma` stream: properties, dictionary size, length or all ones, data. */
export function unlzma(input: Input, sink: Sink): void {
  const properties = input.byte()
  const dictionary = new Dictionary(sink, input.number(4))
  const low = input.number(4)
  const high = input.number(4)
  const open = low === 0xffffffff && high === 0xffffffff
  const coder = new Lzma(input, dictionary)
  coder.properties(properties)
  coder.start()
  try {
    const ended = coder.run(open ? Infinity : high * 2 ** 32 + low)
    if (ended) coder.settle()
    else coder.finish()
    if (open && !ended) throw damaged('an LZMA stream without an end')
  } finally {
    dictionary.flush()
  }
}

/** Expands LZMA2 behind one byte that says the size of the dictionary. */
export function unlzma2(input: Input, sink: Sink): void {
  for (const _ of lzma2Steps(input, sink, input.byte()));
}

/**
 * Expands LZMA2, chunk after chunk.
 * @param dictionary the byte that says the size of the dictionary
 */
export const lzma2Steps = (input: Input, sink: Pick<Sink, 'write'>, dictionary: number): Generator<void> =>
  chunks(input, sink, dictionaryOf(dictionary))

/** Bytes that one step of LZMA gives: packed data of any kind is not eight times as long. */
const stepBytes = 256 << 10

/** Expands bare LZMA of a known length, some bytes at a time. */
export function* lzmaSteps(
  input: Input,
  sink: Pick<Sink, 'write'>,
  { properties, dictionary: size, length }: { properties: number; dictionary: number; length: number },
): Generator<void> {
  const dictionary = new Dictionary(sink, size)
  const coder = new Lzma(input, dictionary)
  coder.properties(properties)
  coder.start()
  try {
    for (let left = length; left > 0; left -= stepBytes) {
      if (coder.run(Math.min(left, stepBytes))) return
      dictionary.flush()
      yield
    }
  } finally {
    dictionary.flush()
  }
}

/** Size of an LZMA2 dictionary (XZ file format, 5.3.1). */
function dictionaryOf(byte: number): number {
  if (byte > 40) throw damaged('an impossible LZMA2 dictionary')
  return byte === 40 ? 0xffffffff : (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11)
}

function* chunks(input: Input, sink: Pick<Sink, 'write'>, dictionarySize: number): Generator<void> {
  const dictionary = new Dictionary(sink, dictionarySize)
  const coder = new Lzma(input, dictionary)
  try {
    for (let control = input.byte(); control !== 0; control = input.byte()) {
      chunk(control, input, dictionary, coder)
      dictionary.flush()
      yield
    }
  } finally {
    dictionary.flush()
  }
}

function chunk(control: number, input: Input, dictionary: Dictionary, coder: Lzma): void {
  const high = input.byte()
  if (control < 0x80) {
    if (control > 2) throw damaged('an unknown LZMA2 chunk')
    if (control === 1) dictionary.reset()
    for (let left = ((high << 8) | input.byte()) + 1; left > 0; left--) dictionary.put(input.byte())
    return
  }
  const size = ((control & 31) << 16) + (high << 8) + input.byte() + 1
  const packed = (input.byte() << 8) + input.byte() + 1
  if (control >= 0xe0) dictionary.reset()
  if (control >= 0xc0) coder.properties(smallProperties(input.byte()))
  else if (control >= 0xa0) coder.forget()
  const end = input.at + packed
  coder.start()
  if (coder.run(size)) throw damaged('an end mark inside of LZMA2')
  coder.settle()
  if (input.at !== end) throw damaged('an LZMA2 chunk of another length than announced')
}

/** LZMA2 allows few literal contexts, so that no chunk makes a large model. */
function smallProperties(byte: number): number {
  if ((byte % 9) + (Math.floor(byte / 9) % 5) > 4) throw damaged('LZMA2 with too many literal contexts')
  return byte
}

/** Expands one xz stream. Checks are not compared: the bytes are examined as they are. */
export function unxz(input: Input, sink: Sink): void {
  for (const _ of xzSteps(input, sink));
}

/** Expands one xz stream, chunk after chunk. */
export function* xzSteps(input: Input, sink: Pick<Sink, 'write'>): Generator<void> {
  const start = input.at
  if (input.number(6) !== 0x005a587a37fd || input.byte() !== 0) throw damaged('no xz stream')
  const check = checkBytes[input.byte()]
  if (check === undefined) throw damaged('an unknown xz check')
  input.skip(4)
  for (let size = input.byte(); size !== 0; size = input.byte()) {
    yield* block(input, sink, size * 4 + 3)
    while ((input.at - start) % 4) if (input.byte() !== 0) throw damaged('xz padding that is not zero')
    input.skip(check)
  }
  const records = variable(input)
  for (let k = 0; k < records * 2; k++) variable(input)
  while ((input.at - start) % 4) if (input.byte() !== 0) throw damaged('xz padding that is not zero')
  input.skip(4 + 4 + 4 + 2)
  if (input.number(2) !== 0x5a59) throw damaged('an xz stream without a foot')
}

/** @param rest bytes of the block's head behind its first one */
function* block(input: Input, sink: Pick<Sink, 'write'>, rest: number): Generator<void> {
  const end = input.at + rest
  const flags = input.byte()
  if (flags & 0x40) variable(input)
  if (flags & 0x80) variable(input)
  const filters: { id: number; properties: Uint8Array }[] = []
  for (let k = 0; k <= (flags & 3); k++) {
    const id = variable(input)
    filters.push({ id, properties: input.take(variable(input)) })
  }
  if (input.at + 4 > end) throw damaged('the head of an xz block over its end')
  input.skip(end - input.at)
  const last = filters.pop()!
  if (last.id !== 0x21 || last.properties.length !== 1) throw damaged('an xz block that is no LZMA2')
  const outer = filters.reduce<Stage>((into, { id, properties }) => unfiltered(id, properties, into), {
    write: (piece: Uint8Array) => sink.write(piece),
    end: () => {},
  })
  yield* chunks(input, outer, dictionaryOf(last.properties[0]!))
  outer.end()
}

/** A number of 7 bits a byte, the lowest first (XZ file format, 1.2). */
function variable(input: Input): number {
  let value = 0
  for (let k = 0, scale = 1; k < 9; k++, scale *= 128) {
    const byte = input.byte()
    value += (byte & 127) * scale
    if (byte < 128) return value
  }
  throw damaged('a number without an end')
}
