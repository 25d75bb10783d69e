/** Bytes of a pickle, piece by piece. Nothing here is ever loaded. */
export type Piece = Uint8Array | readonly number[]

const letters = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Pieces one after another. */
export const joined = (...pieces: readonly Piece[]): Uint8Array => Uint8Array.from(pieces.flatMap(piece => [...piece]))

const little = (value: number, size: number): number[] =>
  Array.from({ length: size }, (_, k) => Math.floor(value / 2 ** (8 * k)) % 256)
const code = (opcode: string): number[] => [...letters(opcode)]

/** Opcodes by what they do. */
export const op = {
  proto: (version: number): Piece => [0x80, version],
  frame: (size: number): Piece => [0x95, ...little(size, 8)],
  global: (module: string, name: string): Piece => letters(`c${module}\n${name}\n`),
  inst: (module: string, name: string): Piece => letters(`i${module}\n${name}\n`),
  text: (value: string): Piece => [0x58, ...little(letters(value).length, 4), ...letters(value)],
  shortText: (value: string): Piece => [0x8c, letters(value).length, ...letters(value)],
  line: (opcode: string, value: string): Piece => letters(`${opcode}${value}\n`),
  bytes: (value: Uint8Array): Piece => [0x42, ...little(value.length, 4), ...value],
  int: (value: number): Piece => {
    if (value >= 0 && value < 256) return [0x4b, value]
    return value < 2 ** 31 ? [0x4a, ...little(value >>> 0, 4)] : [0x8a, 8, ...little(value, 8)]
  },
  float: (value: number): Piece => {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, value)
    return [0x47, ...new Uint8Array(view.buffer)]
  },
  none: code('N'),
  yes: [0x88],
  no: [0x89],
  mark: code('('),
  tuple: code('t'),
  tuple0: code(')'),
  tuple1: [0x85],
  tuple2: [0x86],
  tuple3: [0x87],
  list: code(']'),
  append: code('a'),
  appends: code('e'),
  dict: code('}'),
  item: code('s'),
  items: code('u'),
  stackGlobal: [0x93],
  reduce: code('R'),
  build: code('b'),
  newobj: [0x81],
  newobjEx: [0x92],
  obj: code('o'),
  pop: code('0'),
  popMark: code('1'),
  dup: code('2'),
  put: (place: number): Piece => [0x71, place],
  get: (place: number): Piece => [0x68, place],
  memoize: [0x94],
  ext1: (number: number): Piece => [0x82, number],
  ext2: (number: number): Piece => [0x83, ...little(number, 2)],
  ext4: (number: number): Piece => [0x84, ...little(number, 4)],
  persid: (id: string): Piece => letters(`P${id}\n`),
  binpersid: code('Q'),
  stop: code('.'),
} as const

type Plain = null | boolean | number | string | Uint8Array | readonly Thing[]

/** What a writer of pickles can be given. */
export type Thing =
  | Plain
  | { readonly tuple: readonly Thing[] }
  | { readonly dict: Readonly<Record<string, Thing>> | readonly (readonly [Thing, Thing])[] }
  | { readonly global: string }
  | Made
  | { readonly persistent: Thing }

/** An object: what makes it, and what is done to it then. */
export interface Made {
  readonly call: Thing
  readonly args?: readonly Thing[]
  /** NEWOBJ instead of REDUCE. */
  readonly new?: boolean
  readonly state?: Thing
  readonly items?: readonly Thing[]
  readonly entries?: readonly (readonly [Thing, Thing])[]
}

/** A global by its full name; the last part is the name. */
export const named = (path: string): Thing => ({ global: path })
/** An object of a class as protocol 2 and later write it. */
export const object = (path: string, state?: Thing, args: readonly Thing[] = []): Made =>
  state === undefined ? { call: named(path), args, new: true } : { call: named(path), args, new: true, state }
/** What a call gives. */
export const called = (path: string, ...args: readonly Thing[]): Made => ({ call: named(path), args })

/** Writes a pickle as CPython does: protocol 2 with GLOBAL, protocol 4 with STACK_GLOBAL and a memo. */
export function pickled(thing: Thing, protocol: 2 | 4 = 4): Uint8Array {
  const out: Piece[] = [op.proto(protocol)]
  write(out, thing, protocol)
  out.push(op.stop)
  return joined(...out)
}

function write(out: Piece[], thing: Thing, protocol: 2 | 4): void {
  const plain = plainOf(thing, protocol)
  if (plain) out.push(plain)
  else if (thing instanceof Uint8Array) writeBytes(out, thing, protocol)
  else if (isList(thing)) writeMany(out, op.list, thing, op.appends, protocol)
  else if (typeof thing === 'object' && thing !== null) writeNamed(out, thing, protocol)
}

function plainOf(thing: Thing, protocol: 2 | 4): Piece | null {
  if (thing === null) return op.none
  if (typeof thing === 'boolean') return thing ? op.yes : op.no
  if (typeof thing === 'number') return Number.isInteger(thing) ? op.int(thing) : op.float(thing)
  if (typeof thing === 'string') return protocol === 4 && thing.length < 50 ? op.shortText(thing) : op.text(thing)
  return null
}

function writeNamed(out: Piece[], thing: Exclude<Thing, Plain>, protocol: 2 | 4): void {
  if ('tuple' in thing) writeTuple(out, thing.tuple, protocol)
  else if ('dict' in thing) writeMany(out, op.dict, pairs(thing.dict).flat(), op.items, protocol)
  else if ('global' in thing) writeGlobal(out, thing.global, protocol)
  else if ('persistent' in thing) {
    write(out, thing.persistent, protocol)
    out.push(op.binpersid)
  } else writeMade(out, thing, protocol)
}

const isList = (thing: Thing): thing is readonly Thing[] => Array.isArray(thing)
const pairs = (dict: Readonly<Record<string, Thing>> | readonly (readonly [Thing, Thing])[]) =>
  Array.isArray(dict) ? (dict as readonly (readonly [Thing, Thing])[]) : Object.entries(dict as Record<string, Thing>)

/** Protocol 2 has no bytes: Python 3 writes them as a call. */
function writeBytes(out: Piece[], value: Uint8Array, protocol: 2 | 4): void {
  if (protocol === 4) out.push(op.bytes(value))
  else write(out, called('_codecs.encode', String.fromCharCode(...value), 'latin1'), protocol)
}

function writeMany(out: Piece[], empty: Piece, things: readonly Thing[], end: Piece, protocol: 2 | 4): void {
  out.push(empty)
  if (things.length > 0) fill(out, things, end, protocol)
}

function fill(out: Piece[], things: readonly Thing[], end: Piece, protocol: 2 | 4): void {
  out.push(op.mark)
  for (const each of things) write(out, each, protocol)
  out.push(end)
}

function writeTuple(out: Piece[], things: readonly Thing[], protocol: 2 | 4): void {
  if (things.length > 3) out.push(op.mark)
  for (const each of things) write(out, each, protocol)
  out.push([op.tuple0, op.tuple1, op.tuple2, op.tuple3][things.length] ?? op.tuple)
}

function writeGlobal(out: Piece[], path: string, protocol: 2 | 4): void {
  const [, module, name] = /^(.*)\.([^.]+)$/s.exec(path)!
  if (protocol === 2) return void out.push(op.global(module!, name!))
  out.push(op.shortText(module!), op.memoize, op.shortText(name!), op.memoize, op.stackGlobal, op.memoize)
}

function writeMade(out: Piece[], made: Made, protocol: 2 | 4): void {
  write(out, made.call, protocol)
  write(out, { tuple: made.args ?? [] }, protocol)
  out.push(made.new ? op.newobj : op.reduce)
  if (protocol === 4) out.push(op.memoize)
  if (made.items) fill(out, made.items, op.appends, protocol)
  if (made.entries) fill(out, made.entries.flat(), op.items, protocol)
  if (made.state === undefined) return
  write(out, made.state, protocol)
  out.push(op.build)
}
