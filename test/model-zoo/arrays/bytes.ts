/** Numbers, texts and bytes one after another. */
export const join = (...parts: readonly (Uint8Array | string | readonly number[])[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part)))),
  )

/** A whole number of some bytes. */
export function number(value: number | bigint, width: number, little = true): Uint8Array {
  const out = new Uint8Array(width)
  let left = BigInt.asUintN(width * 8, BigInt(value))
  for (let k = 0; k < width; k++, left >>= 8n) out[little ? k : width - 1 - k] = Number(left & 0xffn)
  return out
}

export const zeros = (count: number): Uint8Array => new Uint8Array(count)

/** Float32 numbers 0, 1, 2 and so on. */
export const floats = (count: number, from = 0): Uint8Array =>
  new Uint8Array(Float32Array.from({ length: count }, (_, k) => from + k).buffer)

/** A pickle that would run `os.system("true")`; inert here: nothing unpickles it. */
export const payload: Uint8Array = join([0x80, 2], 'cos\nsystem\n', [0x58], number(4, 4), 'true', [0x85, 0x52, 0x2e])
