/** Numbers in a row that grows: 8 bytes each, and no object of its own for the garbage collector. */
export class Doubles {
  data = new Float64Array(32)
  length = 0

  push(value: number): void {
    if (this.length === this.data.length) this.grow(this.length + 1)
    this.data[this.length++] = value
  }

  /** Makes room for so many numbers. */
  grow(to: number): void {
    if (to <= this.data.length) return
    const wider = new Float64Array(Math.max(to, this.data.length * 2))
    wider.set(this.data)
    this.data = wider
  }
}
