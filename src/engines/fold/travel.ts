/** Smaller arrays are copied: moving them costs more than it saves. */
const worthMoving = 1 << 16
/** A longer list holds rows, not large arrays: looking into each would cost more than copying what is missed. */
const longList = 1000

/** Visits the typed arrays in plain data, maps and sets. */
function eachArray(value: unknown, found: (array: ArrayBufferView) => void, seen = new Set<object>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  if (ArrayBuffer.isView(value)) found(value)
  else eachInside(value, found, seen.add(value))
}

function eachInside(value: object, found: (array: ArrayBufferView) => void, seen: Set<object>): void {
  if (Array.isArray(value) ? value.length > longList : sizeOf(value) > longList) return
  if (value instanceof Map) {
    for (const [key, inner] of value) {
      eachArray(key, found, seen)
      eachArray(inner, found, seen)
    }
  } else if (Array.isArray(value) || value instanceof Set) for (const inner of value) eachArray(inner, found, seen)
  else for (const inner of Object.values(value)) eachArray(inner, found, seen)
}

const sizeOf = (value: object): number => (value instanceof Map || value instanceof Set ? value.size : 0)

/** The large buffers of a state, to be moved to another thread instead of copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  eachArray(value, ({ buffer }) => {
    if (buffer instanceof ArrayBuffer && buffer.byteLength >= worthMoving) buffers.add(buffer)
  })
  return [...buffers]
}

type Typed = ArrayBufferView & { readonly length: number }
type TypedConstructor = new (buffer: SharedArrayBuffer, offset: number, length: number) => Typed

/**
 * Copies of values in which large typed arrays stand in shared memory: every thread reads the same bytes. Keeps what
 * it has copied, so that an answer used by several questions is copied once.
 */
export function sharer(): (value: unknown) => unknown {
  const copies = new WeakMap<object, unknown>()
  const buffers = new WeakMap<ArrayBufferLike, SharedArrayBuffer>()

  function sharedBuffer(buffer: ArrayBufferLike): SharedArrayBuffer {
    let shared = buffers.get(buffer)
    if (!shared) {
      shared = new SharedArrayBuffer(buffer.byteLength)
      new Uint8Array(shared).set(new Uint8Array(buffer))
      buffers.set(buffer, shared)
    }
    return shared
  }

  function sharedArray(array: Typed): unknown {
    if (array.buffer.byteLength < worthMoving || array.buffer instanceof SharedArrayBuffer) return array
    const Kind = array.constructor as TypedConstructor
    return new Kind(sharedBuffer(array.buffer), array.byteOffset, array.length)
  }

  function copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : sharedArray(value as Typed)
    const known = copies.get(value)
    if (known) return known
    if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, copy(inner)]))
    if (value instanceof Set || value instanceof Date) return value
    const made = Array.isArray(value) ? value.map(copy) : mapped(value, copy)
    copies.set(value, made)
    return made
  }
  return copy
}

const mapped = (value: object, copy: (inner: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
