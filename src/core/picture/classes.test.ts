import { describe, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { appearanceSize, appearancesOf } from './appearance.ts'
import { pictureClasses } from './classes.ts'

/** Squares with an upright or a lying bar somewhere, on noise of any colour. */
function bars(count: number, seed: number) {
  const random = seeded(seed)
  const pixels = new Uint8Array(count * 32 * 32 * 3)
  const label = Int32Array.from({ length: count }, (_, i) => i % 2)
  label.forEach((lying, i) => {
    const at = 8 + Math.floor(random() * 14)
    const colour = [random() * 120, random() * 120, random() * 120]
    for (let p = 0; p < 32 * 32; p++) {
      const across = lying ? Math.floor(p / 32) : p % 32
      const lit = across >= at && across < at + 4 ? 110 : 0
      for (let c = 0; c < 3; c++) pixels[(i * 32 * 32 + p) * 3 + c] = colour[c]! + lit + random() * 25
    }
  })
  return { side: 32, pixels, labels: ['upright', 'lying'], label }
}

describe('what class pictures look like', () => {
  it('is told by pictures of other folds', () => {
    expect(pictureClasses(bars(200, 1)).accuracy).toBeGreaterThan(0.95)
  })
  it('contradicts labels that are wrong', () => {
    const squares = bars(200, 2)
    const wrong = [10, 31, 77]
    for (const i of wrong) squares.label[i] = 1 - squares.label[i]!
    const { probability } = pictureClasses(squares)
    const own = Array.from(squares.label, (c, i) => ({ i, p: probability[i * 2 + c]! })).sort((a, b) => a.p - b.p)
    expect(
      own
        .slice(0, 3)
        .map(({ i }) => i)
        .sort((a, b) => a - b),
    ).toEqual(wrong)
  })
  it('is not vouched for by copies', () => {
    const squares = bars(120, 3)
    // Twelve copies of one picture, all with the wrong label.
    for (let k = 1; k <= 12; k++) {
      squares.pixels.copyWithin(k * 2 * 3072, 0, 3072)
      squares.label[k * 2] = 1
    }
    squares.label[0] = 1
    const { probability, group } = pictureClasses(squares)
    expect(group[24]).toBe(0)
    for (let k = 0; k <= 12; k++) expect(probability[k * 4]).toBeGreaterThan(0.5)
  })
  it('is nothing where labels say nothing, or there are none', () => {
    const squares = bars(60, 4)
    expect(pictureClasses({ ...squares, label: new Int32Array(60).fill(-1) }).classes).toBe(0)
  })
  it('gives numbers with mean 0 and deviation 1, whatever the light', () => {
    const values = appearancesOf(bars(50, 5).pixels)
    expect(values.length).toBe(50 * appearanceSize)
    for (let k = 0; k < appearanceSize; k += 41) {
      const column = Array.from({ length: 50 }, (_, i) => values[i * appearanceSize + k]!)
      expect(column.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 2)
    }
    expect(appearancesOf(new Uint8Array(2 * 3072)).every(x => x === 0)).toBe(true)
  })
})
