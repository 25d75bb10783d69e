/** A digest that takes bytes as they come. */
export interface Hasher {
  update(bytes: Uint8Array): void
  /** Lower-case hex; the hasher is done. */
  hex(): string
}

/** BLAKE3 of 32 bytes, by whatever this machine has. */
export interface Blake3 {
  /** True when native code hashes: six times as fast. */
  readonly native: boolean
  whole(bytes: Uint8Array): string
  start(): Hasher
}

/** Loads the native hash when it is installed for this platform, else WebAssembly. */
export async function loadBlake3(tryNative = true): Promise<Blake3> {
  const native = tryNative ? await import('@napi-rs/blake-hash').catch(() => null) : null
  return native ? nativeBlake3(native) : wasmBlake3()
}

function nativeBlake3({ blake3, Blake3Hasher }: typeof import('@napi-rs/blake-hash')): Blake3 {
  return {
    native: true,
    whole: bytes => blake3(bytes).toString('hex'),
    start() {
      const hash = new Blake3Hasher()
      return { update: bytes => void hash.update(bytes), hex: () => hash.digest('hex') }
    },
  }
}

async function wasmBlake3(): Promise<Blake3> {
  const { createBLAKE3 } = await import('hash-wasm')
  const [once, shared] = await Promise.all([createBLAKE3(), createBLAKE3()])
  return {
    native: false,
    whole: bytes => once.init().update(bytes).digest('hex'),
    // A thread hashes one range at a time, so that all of them may share the instance.
    start() {
      shared.init()
      return { update: bytes => void shared.update(bytes), hex: () => shared.digest('hex') }
    },
  }
}
