/** A fixed set of 64-bit keys for fast look-up, built from their ascending list. */
export interface KeySet {
  /** Interleaved high and low halves; both zero marks an empty slot. */
  readonly slots: Int32Array
}

const slotOf = (high: number, low: number, mask: number): number =>
  (Math.imul(high ^ (low >>> 9), 0x9e3779b1) >>> 4) & mask

/** Builds the set; the key 0 cannot be a member. */
export function keySet(keys: BigUint64Array): KeySet {
  let capacity = 16
  while (capacity < 2 * keys.length) capacity *= 2
  const slots = new Int32Array(2 * capacity)
  const halves = new Int32Array(keys.buffer, keys.byteOffset, 2 * keys.length)
  for (let k = 0; k < halves.length; k += 2) {
    const low = halves[k]!
    const high = halves[k + 1]!
    let slot = slotOf(high, low, capacity - 1)
    while (slots[2 * slot] !== 0 || slots[2 * slot + 1] !== 0) slot = (slot + 1) & (capacity - 1)
    slots[2 * slot] = high
    slots[2 * slot + 1] = low
  }
  return { slots }
}

/** Whether the key with these halves is in the set. */
export function hasKey({ slots }: KeySet, high: number, low: number): boolean {
  const mask = slots.length / 2 - 1
  for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
    const h = slots[2 * slot]!
    const l = slots[2 * slot + 1]!
    if (h === high && l === low) return true
    if (h === 0 && l === 0) return false
  }
}
