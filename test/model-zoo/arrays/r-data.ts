import { join, number, zeros } from './bytes.ts'

const int = (value: number) => number(value, 4, false)
const header = join('X\n', int(3), int(0x40302), int(0x30500), int(5), 'UTF-8')
const nothing = int(254)
const unbound = int(252)
const globalEnvironment = int(253)
const chars = (text: string) => join(int(0x40009), int(Buffer.byteLength(text)), text)

/** Objects of R as `saveRDS` writes them, without R. */
export const r = {
  /** A file of one object. */
  file: (object: Uint8Array, tail = zeros(0)): Uint8Array => join(header, object, tail),
  /** A file of named objects, as `save` writes it. */
  image: (objects: Readonly<Record<string, Uint8Array>>): Uint8Array => join('RDX3\n', header, r.pairs(objects)),
  symbol: (name: string): Uint8Array => join(int(1), chars(name)),
  text: (value: string): Uint8Array => join(int(16), int(1), chars(value)),
  numbers: (...values: number[]): Uint8Array => join(int(14), int(values.length), ...values.map(real)),
  raw: (data: Uint8Array): Uint8Array => join(int(24), int(data.length), data),
  list: (...items: Uint8Array[]): Uint8Array => join(int(19), int(items.length), ...items),
  pairs: (items: Readonly<Record<string, Uint8Array>>): Uint8Array =>
    join(...Object.entries(items).map(([name, value]) => join(int(0x402), r.symbol(name), value)), nothing),
  call: (name: string, ...args: Uint8Array[]): Uint8Array =>
    join(int(6), r.symbol(name), ...args.map(arg => join(int(2), arg)), nothing),
  /** A promise; without a value its code waits. */
  promise: (code: Uint8Array, value: Uint8Array = unbound): Uint8Array =>
    join(int(0x405), globalEnvironment, value, code),
  closure: (body: Uint8Array): Uint8Array => join(int(0x403), globalEnvironment, nothing, body),
  environment: (frame: Readonly<Record<string, Uint8Array>>): Uint8Array =>
    join(int(4), int(0), globalEnvironment, r.pairs(frame), nothing, nothing),
  /** An object with an attribute. */
  with: (object: Uint8Array, attributes: Readonly<Record<string, Uint8Array>>): Uint8Array => {
    const flags = new DataView(object.buffer, object.byteOffset).getInt32(0) | 0x200
    return join(int(flags), object.subarray(4), r.pairs(attributes))
  },
}

function real(value: number): Uint8Array {
  const out = new Uint8Array(8)
  new DataView(out.buffer).setFloat64(0, value)
  return out
}
