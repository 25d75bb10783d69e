import { mix32, type WordKeys } from '../../core/index.ts'

/** 1 for each row with the words and the label of an earlier row; row i has the words [offsets[i], offsets[i + 1]). */
export function repeatedRows(offsets: Float64Array, { high, stem }: WordKeys, label: Int32Array): Uint8Array {
  const repeated = new Uint8Array(label.length)
  const seen = new Set<string>()
  label.forEach((y, i) => {
    let [a, b] = [y, ~y]
    for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
      a = mix32(a ^ high[k]!)
      b = Math.imul(b ^ stem[k]!, 0x9e3779b1) ^ (b >>> 15)
    }
    const key = `${a} ${b} ${offsets[i + 1]! - offsets[i]!}`
    if (seen.has(key)) repeated[i] = 1
    seen.add(key)
  })
  return repeated
}
