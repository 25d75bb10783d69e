/** Share of the slots in use beyond which the map grows. */
const fullest = 0.7

/**
 * Numbers by hash, 16 bytes a slot: ten million take 400 MB at most. Only the first 64 bits of a hash are kept, so
 * what is found must be compared with what was looked for: hashes that share them are easy to make.
 */
export class PlaceMap {
  size = 0
  private keys = new Uint32Array(2 << 10)
  /** The number plus one; 0 is an empty slot. */
  private places = new Float64Array(1 << 10)

  /** @param hash hexadecimal, 16 digits or more. */
  set(hash: string, place: number): void {
    if (this.size >= this.places.length * fullest) this.grow()
    const slot = this.slotOf(high(hash), low(hash))
    if (this.places[slot] === 0) this.size++
    this.keys[2 * slot] = high(hash)
    this.keys[2 * slot + 1] = low(hash)
    this.places[slot] = place + 1
  }

  get(hash: string): number | undefined {
    const place = this.places[this.slotOf(high(hash), low(hash))]!
    return place === 0 ? undefined : place - 1
  }

  /** Where the key lies, or the empty slot where it would. */
  private slotOf(high: number, low: number): number {
    const mask = this.places.length - 1
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask
    while (this.places[slot] !== 0 && (this.keys[2 * slot] !== high || this.keys[2 * slot + 1] !== low))
      slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { keys, places } = this
    this.keys = new Uint32Array(2 * keys.length)
    this.places = new Float64Array(2 * places.length)
    for (let old = 0; old < places.length; old++) {
      if (places[old] === 0) continue
      const slot = this.slotOf(keys[2 * old]!, keys[2 * old + 1]!)
      this.keys.set([keys[2 * old]!, keys[2 * old + 1]!], 2 * slot)
      this.places[slot] = places[old]!
    }
  }
}

const high = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16)
const low = (hash: string): number => Number.parseInt(hash.slice(8, 16), 16)
