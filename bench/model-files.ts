import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { number, join as together } from '../test/model-zoo/arrays/bytes.ts'
import { stateDict, tensor } from '../test/model-zoo/containers/torch-file.ts'
import { called, named, pickled, type Thing } from '../test/model-zoo/pickle/assembler.ts'

const mebi = 1 << 20

/** Numbers that look like weights: a line of a file is not like the next one. */
function weights(bytes: number): Uint8Array {
  const numbers = new Float32Array(bytes / 4)
  let state = 1
  for (let i = 0; i < numbers.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    numbers[i] = state / 2 ** 33
  }
  return new Uint8Array(numbers.buffer)
}

/** 6.9 million opcodes in 53 MB: a dictionary of names and numbers, as vocabularies are. */
export function writeBigPickle(path: string): void {
  const entries = 2_300_000
  const perChunk = 1000
  // SHORT_BINUNICODE of 11 characters, MEMOIZE, BINFLOAT.
  const entry = 2 + 11 + 1 + 9
  const chunk = Buffer.alloc(perChunk * entry + 2)
  const file = openSync(path, 'w')
  writeSync(file, Uint8Array.of(0x80, 4, 0x7d, 0x94))
  for (let first = 0; first < entries; first += perChunk) {
    let at = chunk.writeUInt8(0x28, 0)
    for (let i = first; i < first + perChunk; i++) {
      at = chunk.writeUInt8(0x8c, at)
      at = chunk.writeUInt8(11, at)
      at += chunk.write(`w${i}`.padEnd(11, 'x'), at, 'latin1')
      at = chunk.writeUInt8(0x94, at)
      at = chunk.writeUInt8(0x47, at)
      at = chunk.writeDoubleBE(i / 7, at)
    }
    chunk.writeUInt8(0x75, at)
    writeSync(file, chunk)
  }
  writeSync(file, Uint8Array.of(0x2e))
  closeSync(file)
}

interface Member {
  readonly name: string
  readonly size: number
  readonly crc: number
  readonly at: number
}

/** Writes members one after another, stored; large ones as holes of zeros. */
class ZipWriter {
  readonly #file: number
  readonly #members: Member[] = []
  #at = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  #put(bytes: Uint8Array): void {
    writeSync(this.#file, bytes, 0, bytes.length, this.#at)
    this.#at += bytes.length
  }

  #head(member: Member, central: boolean): Uint8Array {
    const { name, size, crc, at } = member
    const large = size > 0xffff_fff0
    const far = at > 0xffff_fff0
    const short = large ? 0xffff_ffff : size
    const sizes = large ? together(number(size, 8), number(size, 8)) : together()
    const fields = central && far ? together(sizes, number(at, 8)) : sizes
    const extra = fields.length > 0 ? together(number(1, 2), number(fields.length, 2), fields) : together()
    const common = together(
      number(0, 2),
      number(0, 2),
      number(0, 4),
      number(crc, 4),
      number(short, 4),
      number(short, 4),
    )
    const lengths = together(number(name.length, 2), number(extra.length, 2))
    if (!central) return together('PK\x03\x04', number(45, 2), common, lengths, name, extra)
    const rest = together(number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(far ? 0xffff_ffff : at, 4))
    return together('PK\x01\x02', number(45, 2), number(45, 2), common, lengths, rest, name, extra)
  }

  add(name: string, data: Uint8Array): void {
    const member = { name, size: data.length, crc: crc32(data), at: this.#at }
    this.#members.push(member)
    this.#put(this.#head(member, false))
    this.#put(data)
  }

  /** Zeros that take no room on the disk. */
  hole(name: string, size: number): void {
    const zeros = new Uint8Array(64 * mebi)
    let crc = 0
    for (let left = size; left > 0; left -= zeros.length)
      crc = crc32(zeros.subarray(0, Math.min(left, zeros.length)), crc)
    const member = { name, size, crc, at: this.#at }
    this.#members.push(member)
    this.#put(this.#head(member, false))
    this.#at += size
    ftruncateSync(this.#file, this.#at)
  }

  close(): void {
    const start = this.#at
    for (const member of this.#members) this.#put(this.#head(member, true))
    const end = this.#at
    const count = this.#members.length
    const [versions, sums] = [together(number(45, 2), number(45, 2)), together(number(count, 8), number(count, 8))]
    this.#put(
      together('PK\x06\x06', number(44, 8), versions, number(0, 8), sums, number(end - start, 8), number(start, 8)),
    )
    this.#put(together('PK\x06\x07', number(0, 4), number(end, 8), number(1, 4)))
    const few = Math.min(count, 0xffff)
    const far = start > 0xffff_fff0 ? 0xffff_ffff : start
    this.#put(
      together('PK\x05\x06', number(0, 4), number(few, 2), number(few, 2), number(end - start, 4), number(far, 4)),
    )
    this.#put(number(0, 2))
    closeSync(this.#file)
  }
}

/** A state dict of many tensors: put together tensor by tensor. */
function stateOf(tensors: number, count: number, type = 'FloatStorage'): Uint8Array {
  const bare = stateDict({ none: 0 })
  const inner = (thing: Thing) => pickled(thing, 2).slice(2, -1)
  // Behind the empty OrderedDict stand MARK, the entries, SETITEMS and STOP.
  const head = bare.subarray(0, bare.length - inner('none').length - inner(0).length - 3)
  const entries = Array.from({ length: tensors }, (_, i) => [
    inner(`layer.${i}.weight`),
    inner(tensor({ key: String(i), count, type }, { shape: [count], strides: [1] })),
  ])
  return together(head, Uint8Array.of(0x28), ...entries.flat(), Uint8Array.of(0x75, 0x2e))
}

function around(zip: ZipWriter, pickle: Uint8Array, storages: () => void): void {
  zip.add('archive/data.pkl', pickle)
  zip.add('archive/byteorder', together('little'))
  storages()
  zip.add('archive/version', together('3\n'))
  zip.close()
}

/** A checkpoint of so many tensors of equal size. */
export function writeTorchZip(path: string, tensors: number, bytesEach: number): void {
  const zip = new ZipWriter(path)
  const data = weights(bytesEach)
  around(zip, stateOf(tensors, bytesEach / 4), () => {
    for (let i = 0; i < tensors; i++) zip.add(`archive/data/${i}`, data)
  })
}

/** A checkpoint of one tensor of 8 GB, which takes no room on the disk. */
export function writeSparseZip(path: string): void {
  const zip = new ZipWriter(path)
  const size = 2 ** 33
  around(zip, stateOf(1, size / 8, 'DoubleStorage'), () => zip.hole('archive/data/0', size))
}

/** A thousand pickles of a few hundred bytes each. */
export function writeSmallPickles(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (let i = 0; i < 1000; i++) {
    const dict = Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`name ${k}`, i * k]))
    writeFileSync(join(folder, `${String(i).padStart(4, '0')}.pkl`), pickled({ dict }))
  }
}

/** Arrays as joblib writes them: wrappers in the pickle, each with its numbers behind it. */
export function writeJoblib(path: string, arrays: number, bytesEach: number): void {
  const data = weights(bytesEach)
  const file = openSync(path, 'w')
  const wrapper: Thing = {
    ...called('joblib.numpy_pickle.NumpyArrayWrapper'),
    call: named('joblib.numpy_pickle.NumpyArrayWrapper'),
    new: true,
    state: {
      dict: {
        subclass: named('numpy.ndarray'),
        shape: { tuple: [bytesEach / 4] },
        order: 'C',
        dtype: {
          ...called('numpy.dtype', 'f4', false, true),
          state: { tuple: [3, '<', null, null, null, -1, -1, 0] },
        },
        allow_mmap: false,
      },
    },
  }
  const inner = pickled(wrapper, 2).slice(2, -1)
  writeSync(file, Uint8Array.of(0x80, 2, 0x5d, 0x28))
  for (let i = 0; i < arrays; i++) {
    writeSync(file, inner)
    writeSync(file, data)
  }
  writeSync(file, Uint8Array.of(0x65, 0x2e))
  closeSync(file)
}
