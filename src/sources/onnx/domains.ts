/** Domains of operators that the runtime has: those of the standard, and the runtime's own. */
const known = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft', 'com.microsoft.nchwc'])
const operatorSets = 8
const domainField = 1
/** Bytes of values of fixed size, by how they are written; a whole number is read on its own. */
const sizes: Readonly<Record<number, number>> = { 0: 0, 1: 8, 5: 4 }
const decoder = new TextDecoder()

/** Domains that an ONNX file imports and nobody knows: what such operators do stands in code beside the model. */
export function foreignDomains(bytes: Uint8Array): string[] {
  const foreign: string[] = []
  for (const set of fieldsOf(bytes, operatorSets)) {
    const [domain] = fieldsOf(set, domainField)
    const name = domain ? decoder.decode(domain.subarray(0, 200)) : ''
    if (!known.has(name) && !foreign.includes(name)) foreign.push(name)
  }
  return foreign
}

/** Fields of one number in a protocol buffer that hold bytes. Stops at the first that leads out of it. */
function fieldsOf(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = []
  let at = 0
  const number = (): number => {
    let [value, scale] = [0, 1]
    for (let k = 0; k < 10 && at < bytes.length; k++, scale *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    return Number.NaN
  }
  while (at < bytes.length) {
    const key = number()
    const wire = key % 8
    if (wire === 0) number()
    const length = wire === 2 ? number() : (sizes[wire] ?? Number.NaN)
    if (!(at + length <= bytes.length)) throw new RangeError('it is no ONNX file, or damaged')
    if (wire === 2 && Math.floor(key / 8) === wanted) found.push(bytes.subarray(at, at + length))
    at += length
  }
  return found
}
