/** The place of each of some 64-bit keys in their list, for fast look-up of keys that are mostly not in it. */
export interface KeyIndex {
  /** Interleaved high half, low half and place plus one; place zero marks an empty slot. */
  readonly slots: Int32Array
}

const slotOf = (high: number, low: number, mask: number): number =>
  (Math.imul(high ^ (low >>> 9), 0x9e3779b1) >>> 4) & mask

/** Indexes keys given as two lists of halves; of equal keys the first counts. */
export function keyIndex(high: ArrayLike<number>, low: ArrayLike<number>): KeyIndex {
  let capacity = 16
  while (capacity < 4 * high.length) capacity *= 2
  const slots = new Int32Array(3 * capacity)
  const index = { slots }
  for (let k = 0; k < high.length; k++) {
    if (placeOf(index, high[k]!, low[k]!) >= 0) continue
    let slot = slotOf(high[k]!, low[k]!, capacity - 1)
    while (slots[3 * slot + 2] !== 0) slot = (slot + 1) & (capacity - 1)
    slots[3 * slot] = high[k]!
    slots[3 * slot + 1] = low[k]!
    slots[3 * slot + 2] = k + 1
  }
  return index
}

/** Place of a key in the list, -1 when it is not there. */
export function placeOf({ slots }: KeyIndex, high: number, low: number): number {
  const mask = slots.length / 3 - 1
  for (let slot = slotOf(high, low, mask); ; slot = (slot + 1) & mask) {
    const place = slots[3 * slot + 2]!
    if (place === 0) return -1
    if (slots[3 * slot] === high && slots[3 * slot + 1] === low) return place - 1
  }
}
