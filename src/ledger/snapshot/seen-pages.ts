import { highKey, lowKey } from '../../core/index.ts'

/** A set of names by 64-bit hash, eight bytes each: an encyclopaedia's pages fit where its titles would not. */
export interface SeenPages {
  /** Adds the name; true when it was there. */
  has(page: string): boolean
  readonly size: number
}

export function seenPages(): SeenPages {
  let slots = new Int32Array(2 * 4096)
  let size = 0
  const place = (into: Int32Array, high: number, low: number): number => {
    const mask = into.length / 2 - 1
    let slot = (high ^ (low >>> 7)) & mask
    while (into[2 * slot] !== 0 || into[2 * slot + 1] !== 0) {
      if (into[2 * slot] === high && into[2 * slot + 1] === low) break
      slot = (slot + 1) & mask
    }
    return 2 * slot
  }
  const grow = () => {
    const next = new Int32Array(2 * slots.length)
    for (let k = 0; k < slots.length; k += 2) {
      if (slots[k] === 0 && slots[k + 1] === 0) continue
      const at = place(next, slots[k]!, slots[k + 1]!)
      next[at] = slots[k]!
      next[at + 1] = slots[k + 1]!
    }
    slots = next
  }
  return {
    get size() {
      return size
    },
    has(page) {
      const high = highKey(page)
      const low = lowKey(page)
      const at = place(slots, high, low)
      if (slots[at + 1] !== 0) return true
      slots[at] = high
      slots[at + 1] = low
      if (++size * 3 > slots.length) grow()
      return false
    },
  }
}
