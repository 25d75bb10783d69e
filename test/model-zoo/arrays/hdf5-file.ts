import { join, number, zeros } from './bytes.ts'

/** What stands in a group under a name. */
export type Child =
  | { readonly group: GroupParts }
  /** `length` may lie. */
  | { readonly floats: Uint8Array; readonly externalFile?: string; readonly length?: number }
  | { readonly bytes: Uint8Array }
  | { readonly soft: string }
  | { readonly externalFile: string; readonly object: string }

/** A group: its attributes of text and its children. */
export interface GroupParts {
  readonly attributes?: Readonly<Record<string, string | Uint8Array>>
  readonly children?: Readonly<Record<string, Child>>
}

const rotate = (value: number, by: number) => ((value << by) | (value >>> (32 - by))) >>> 0

/** Jenkins' lookup3 hash, the checksum of HDF5's metadata. */
function checksum(data: Uint8Array): number {
  const padded = join(data, zeros(12))
  const view = new DataView(padded.buffer)
  let [a, b, c] = Array.from({ length: 3 }, () => (0xdeadbeef + data.length) >>> 0) as [number, number, number]
  let [at, left] = [0, data.length]
  const add = (bytes: number) => {
    const word = (k: number) => {
      const kept = Math.max(0, Math.min(4, bytes - 4 * k))
      return kept === 0
        ? 0
        : kept === 4
          ? view.getUint32(at + 4 * k, true)
          : view.getUint32(at + 4 * k, true) & (2 ** (8 * kept) - 1)
    }
    ;[a, b, c] = [(a + word(0)) >>> 0, (b + word(1)) >>> 0, (c + word(2)) >>> 0]
  }
  for (; left > 12; left -= 12, at += 12) {
    add(12)
    a = (((a - c) >>> 0) ^ rotate(c, 4)) >>> 0
    c = (c + b) >>> 0
    b = (((b - a) >>> 0) ^ rotate(a, 6)) >>> 0
    a = (a + c) >>> 0
    c = (((c - b) >>> 0) ^ rotate(b, 8)) >>> 0
    b = (b + a) >>> 0
    a = (((a - c) >>> 0) ^ rotate(c, 16)) >>> 0
    c = (c + b) >>> 0
    b = (((b - a) >>> 0) ^ rotate(a, 19)) >>> 0
    a = (a + c) >>> 0
    c = (((c - b) >>> 0) ^ rotate(b, 4)) >>> 0
    b = (b + a) >>> 0
  }
  if (left === 0) return c
  add(left)
  const last = (x: number, y: number, by: number) => ((x ^ y) >>> 0) - rotate(y, by)
  c = last(c, b, 14) >>> 0
  a = last(a, c, 11) >>> 0
  b = last(b, a, 25) >>> 0
  c = last(c, b, 16) >>> 0
  a = last(a, c, 4) >>> 0
  b = last(b, a, 14) >>> 0
  c = last(c, b, 24) >>> 0
  return c
}

const checked = (data: Uint8Array) => join(data, number(checksum(data), 4))
const message = (type: number, data: Uint8Array) => join([type], number(data.length, 2), [0], data)
const header = (messages: readonly Uint8Array[]) => {
  const body = join(...messages)
  return checked(join('OHDR', [2, 2], number(body.length, 4), body))
}
const scalar = join([2, 0, 0, 0])
const oneDimension = (size: number) => join([2, 1, 0, 1], number(size, 8))
const fixedText = (size: number) => join([0x13, 0, 0, 0], number(size, 4))
const float32 = join([0x11, 0x20, 31, 0], number(4, 4), number(0, 2), number(32, 2), [23, 8, 0, 23], number(127, 4))
const byte = join([0x10, 0, 0, 0], number(1, 4), number(0, 2), number(8, 2))

function attribute(name: string, value: string | Uint8Array): Uint8Array {
  const data = join(value)
  const [type, space] = typeof value === 'string' ? [fixedText(data.length), scalar] : [byte, oneDimension(data.length)]
  const sizes = [number(name.length + 1, 2), number(type.length, 2), number(space.length, 2)]
  return message(0x0c, join([3, 0], ...sizes, [0], name, [0], type, space, data))
}

const link = (name: string, kind: number, value: Uint8Array) => {
  const type = kind === 0 ? [] : [kind]
  return message(0x06, join([1, kind === 0 ? 1 : 9], type, number(name.length, 2), name, value))
}

/** An HDF5 file with a version 2 superblock. The space before it is a user block. */
export function hdf5(root: GroupParts, { userBlock = zeros(0), tail = zeros(0) } = {}): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 48
  const put = (data: Uint8Array): number => {
    const start = at
    parts.push(data)
    at += data.length
    return start
  }
  const dataset = (data: Uint8Array, type: Uint8Array, width: number, externalFile?: string, length?: number) => {
    const size = length ?? data.length / width
    const stored = externalFile === undefined ? put(data) : -1
    const layout = message(0x08, join([3, 1], number(stored, 8), number(data.length, 8)))
    const messages = [message(0x01, oneDimension(size)), message(0x03, type), message(0x05, join([3, 0x0a])), layout]
    if (externalFile !== undefined) messages.push(external(externalFile, data.length))
    return put(header(messages))
  }
  const external = (file: string, size: number) => {
    const names = join(zeros(8), file, [0]).length
    const data = join(zeros(8), file, [0], zeros((8 - (names % 8)) % 8))
    const segment = put(data)
    const heap = put(join('HEAP', zeros(4), number(data.length, 8), number(1, 8), number(segment, 8)))
    return message(
      0x07,
      join([1, 0, 0, 0], number(1, 2), number(1, 2), number(heap, 8), number(8, 8), number(0, 8), number(size, 8)),
    )
  }
  const child = (name: string, of: Child): Uint8Array => {
    if ('group' in of) return link(name, 0, number(group(of.group), 8))
    if ('floats' in of) return link(name, 0, number(dataset(of.floats, float32, 4, of.externalFile, of.length), 8))
    if ('bytes' in of) return link(name, 0, number(dataset(of.bytes, byte, 1), 8))
    const value = 'soft' in of ? join(of.soft) : join([0], of.externalFile, [0], of.object, [0])
    return link(name, 'soft' in of ? 1 : 64, join(number(value.length, 2), value))
  }
  const group = ({ attributes = {}, children = {} }: GroupParts): number => {
    const links = Object.entries(children).map(([name, of]) => child(name, of))
    const undefinedAddress = number(-1, 8)
    const info = [message(0x02, join([0, 0], undefinedAddress, undefinedAddress)), message(0x0a, join([0, 0]))]
    return put(
      header([...info, ...links, ...Object.entries(attributes).map(([name, value]) => attribute(name, value))]),
    )
  }
  const rootAt = group(root)
  return join(userBlock, superblock(userBlock.length, at, rootAt), ...parts, tail)
}

/** A version 2 superblock behind a user block of `base` bytes. */
function superblock(base: number, end: number, root: number): Uint8Array {
  const addresses = [base, -1, base + end, root].map(address => number(address, 8))
  return checked(join([0x89], 'HDF\r\n', [0x1a], '\n', [2, 8, 8, 0], ...addresses))
}

/** A Keras model in HDF5: its configuration and its weights. */
export const kerasHdf5 = (config: string, more: GroupParts = {}): Uint8Array =>
  hdf5({
    attributes: { keras_version: '2.11.0', backend: 'tensorflow', model_config: config, ...more.attributes },
    children: {
      model_weights: {
        group: {
          attributes: { layer_names: 'dense' },
          children: { dense: { group: { children: { 'kernel:0': { floats: zeros(32) } } } } },
        },
      },
      ...more.children,
    },
  })
