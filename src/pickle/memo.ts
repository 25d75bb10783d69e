/** Entries kept: 128 MiB of them, more than any honest file has. */
const mostDense = 1 << 24
const mostSparse = 1 << 18

/**
 * The memo of a pickle: handles by index. Indexes that follow one another are kept in a row, lone ones in a map, so that
 * an index of a milliard costs nothing.
 */
export class Memo {
  /** Entries set so far: where MEMOIZE writes next, in each of CPython's readers. */
  count = 0
  /** Whether entries had to be left out. */
  full = false
  private row = new Float64Array(0)
  private readonly lone = new Map<number | bigint, number>()

  get(index: number | bigint): number | undefined {
    if (typeof index === 'number' && index < this.row.length) {
      const stored = this.row[index]!
      if (stored !== 0) return stored > 0 ? stored - 1 : stored
    }
    return this.lone.size > 0 ? this.lone.get(index) : undefined
  }

  /** @param handle a place (0 and above) or an object (below 0); kept one higher so that 0 says nothing is there */
  put(index: number | bigint, handle: number): void {
    if (typeof index === 'bigint' || index >= 2 * this.count + 4096 || index >= mostDense || this.isLone(index))
      this.putLone(index, handle)
    else this.putDense(index, handle)
  }

  private putDense(index: number, handle: number): void {
    if (index >= this.row.length) this.widen(index)
    if (this.row[index] === 0) this.count++
    this.row[index] = handle >= 0 ? handle + 1 : handle
  }

  private isLone(index: number): boolean {
    return this.lone.size > 0 && this.lone.has(index)
  }

  private putLone(index: number | bigint, handle: number): void {
    const known = this.get(index) !== undefined
    if (!known) this.count++
    if (known && !this.lone.has(index)) this.row[Number(index)] = handle >= 0 ? handle + 1 : handle
    else if (known || this.lone.size < mostSparse) this.lone.set(index, handle)
    else this.full = true
  }

  private widen(index: number): void {
    const wider = new Float64Array(Math.min(mostDense, Math.max(64, this.row.length * 2, index + 1)))
    wider.set(this.row)
    this.row = wider
  }
}
