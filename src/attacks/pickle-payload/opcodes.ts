/** A call with an inert text, as a pickle machine would be told to make it. */
export interface Call {
  readonly module: string
  readonly name: string
  readonly argument: string
}

const letters = (text: string): Uint8Array => new TextEncoder().encode(text)
const bytes = (...parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? letters(part) : part)]))
const little = (value: number): number[] => [0, 8, 16, 24].map(shift => (value >>> shift) & 255)
const text = (value: string): Uint8Array => bytes([0x58], little(letters(value).length), value)

const global = ({ module, name }: Call): Uint8Array => bytes(`c${module}\n${name}\n`)
const tuple1 = [0x85]
const stop = 0x2e

/** Ways to make a call, each leaving one value on the stack. The memo places are beyond those of small hosts. */
export const shapes = {
  reduce: (call: Call) => bytes(global(call), text(call.argument), tuple1, 'R'),
  'stack-global': (call: Call) => bytes(text(call.module), text(call.name), [0x93], text(call.argument), tuple1, 'R'),
  inst: ({ module, name, argument }: Call) => bytes('(', text(argument), `i${module}\n${name}\n`),
  obj: (call: Call) => bytes('(', global(call), text(call.argument), 'o'),
  newobj: (call: Call) => bytes(global(call), text(call.argument), tuple1, [0x81]),
  'newobj-ex': (call: Call) => bytes(global(call), text(call.argument), tuple1, '}', [0x92]),
  memo: ({ module, name, argument }: Call) =>
    bytes(
      text(module),
      'q',
      [250],
      '0',
      text(name),
      'q',
      [251],
      '0',
      'h',
      [250],
      'h',
      [251],
      [0x93],
      text(argument),
      tuple1,
      'R',
    ),
  decoy: (call: Call) =>
    bytes(
      text('collections'),
      text('OrderedDict'),
      '00',
      text(call.module),
      text('torch'),
      '0',
      text(call.name),
      [0x93],
      text(call.argument),
      tuple1,
      'R',
    ),
  getattr: ({ module, name, argument }: Call) =>
    bytes(
      `cbuiltins\ngetattr\n`,
      `cimportlib\nimport_module\n`,
      text(module),
      tuple1,
      'R',
      text(name),
      [0x86],
      'R',
      text(argument),
      tuple1,
      'R',
    ),
  'newobj-function': ({ module, name, argument }: Call) =>
    bytes(`ccopyreg\n__newobj__\n`, global({ module, name, argument }), text(argument), [0x86], 'R'),
  build: (call: Call) => bytes(global(call), '}', text(call.argument), 'N', 's', 'b'),
  nested: (call: Call) => {
    const inner = bytes([0x80, 2], global(call), text(call.argument), tuple1, 'R', [stop])
    return bytes(`cpickle\nloads\n`, 'B', little(inner.length), inner, tuple1, 'R')
  },
} as const

export type Shape = keyof typeof shapes
export const shapeNames = Object.keys(shapes) as [Shape, ...Shape[]]

/** Whether bytes are a pickle with a header, which a payload can be put behind. */
export const isPickle = (data: Uint8Array): boolean =>
  data.length > 3 && data[0] === 0x80 && data[1]! >= 2 && data[1]! <= 5 && data.at(-1) === stop

/** The host with the call in front of its first value, which loads as before when the result is thrown away. */
export const inFront = (host: Uint8Array, payload: Uint8Array, discard: boolean): Uint8Array =>
  bytes(host.subarray(0, 2), payload, discard ? '0' : [], host.subarray(2))

/** The host, and the call as a stream of its own behind it. */
export const behind = (host: Uint8Array, payload: Uint8Array): Uint8Array => bytes(host, [0x80, 4], payload, [stop])

/** The call, and then what breaks every reader. */
export const broken = (host: Uint8Array, payload: Uint8Array): Uint8Array =>
  bytes(host.subarray(0, 2), payload, [0xff], host.subarray(2))
