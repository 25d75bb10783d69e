/** Final mix of MurmurHash3: every input bit reaches every output bit. */
export function mix32(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** 32-bit hash of a string's UTF-16 units under `seed`. Not for adversarial integrity: use SHA-256 there. */
export function hashString(text: string, seed = 0): number {
  let h = seed ^ 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix32(h ^ text.length)
}

/** 32-bit hash of a row id, used to sample rows without a random number. */
export function hashRow(row: number, seed = 0): number {
  const low = row >>> 0
  const high = Math.floor(row / 4294967296)
  return mix32(mix32(low ^ seed) + Math.imul(high, 0x9e3779b1))
}
