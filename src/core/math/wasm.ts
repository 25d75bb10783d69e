/** A number as the binary format of WebAssembly writes it (LEB128, unsigned). */
export const leb = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)])
/** The same for a number that could be below zero but is not: its last byte must not look like a minus. */
const signed = (value: number): number[] => (value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)])
const vector = (items: readonly (readonly number[])[]): number[] => [...leb(items.length), ...items.flat()]
const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  const body = vector(items)
  return [id, ...leb(body.length), ...body]
}
const text = (name: string): number[] => [...leb(name.length), ...Buffer.from(name, 'latin1')]

const [i32, v128] = [0x7f, 0x7b]

/** Instructions that our kernels are put together of, in bytes. */
export const op = {
  get: (local: number) => [0x20, ...leb(local)],
  set: (local: number) => [0x21, ...leb(local)],
  constant: (value: number) => [0x41, ...signed(value)],
  add: [0x6a],
  multiply: [0x6c],
  /** Sixteen bytes from the address on the stack, and so many further. */
  load: (offset = 0) => [0xfd, 0x00, 4, ...leb(offset)],
  store: (offset = 0) => [0xfd, 0x0b, 4, ...leb(offset)],
  storeWord: (offset = 0) => [0x36, 2, ...leb(offset)],
  zeroLanes: [0xfd, 0x0c, ...Array<number>(16).fill(0)],
  lane: (at: number) => [0xfd, 0x1b, at],
  loop: (body: readonly number[]) => [0x03, 0x40, ...body, 0x0b],
  againWhileBelow: [0x49, 0x0d, 0],
} as const

/** What of WebAssembly is used here; the type library has no name for it without a browser's. */
interface Engine {
  validate(bytes: Uint8Array): boolean
  readonly Module: new (bytes: Uint8Array) => object
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly run: Kernel } }
}
const engine = (globalThis as { readonly WebAssembly?: Engine }).WebAssembly

/** A function of whole numbers: addresses and sizes. */
export type Kernel = (...args: number[]) => void

/** A kernel that is not yet bound to a memory. */
export interface Routine {
  readonly parameters: number
  /** Its own locals after the parameters: numbers, then lanes. */
  readonly numbers: number
  readonly lanes: number
  readonly body: readonly number[]
}

/** The routine as a module of WebAssembly with SIMD: it imports its memory and exports `run`. */
export function moduleOf({ parameters, numbers, lanes, body }: Routine): Uint8Array {
  const locals = vector([
    [...leb(numbers), i32],
    [...leb(lanes), v128],
  ])
  const code = [...locals, ...body, 0x0b]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...vector(Array<number[]>(parameters).fill([i32])), 0]]),
    ...section(2, [[...text('host'), ...text('memory'), 0x02, 0x00, 1]]),
    ...section(3, [[0]]),
    ...section(7, [[...text('run'), 0, 0]]),
    ...section(10, [[...leb(code.length), ...code]]),
  ])
}

const pageBytes = 65_536
const compiled = new WeakMap<Routine, object | null>()

/** A memory of at least so many bytes, and the kernel bound to it; null where the engine has no SIMD. */
export function bound(routine: Routine, bytes: number): { readonly memory: ArrayBuffer; readonly run: Kernel | null } {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes))
  let module = compiled.get(routine)
  if (module === undefined) {
    const code = moduleOf(routine)
    module = engine?.validate(code) ? new engine.Module(code) : null
    compiled.set(routine, module)
  }
  if (!module || !engine) return { memory: new ArrayBuffer(pages * pageBytes), run: null }
  const memory = new engine.Memory({ initial: pages })
  return { memory: memory.buffer, run: new engine.Instance(module, { host: { memory } }).exports.run }
}
