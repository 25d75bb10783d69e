import { expect, test } from 'vitest'
import { seeded } from '../random.ts'
import { dotScorer, eachDot } from './dots.ts'

const random = seeded(5)

test('the kernel and the plain loops give the same dot products, each pair at least once', () => {
  for (const [rows, columns] of [
    [1, 8],
    [5, 96],
    [97, 50],
    [130, 1536],
  ] as const) {
    const cells = Int8Array.from({ length: rows * columns }, () => Math.floor(random() * 255) - 127)
    const chosen = Int32Array.from({ length: rows }, (_, k) => rows - 1 - k)
    const seen = [false, true].map(plain => {
      const table = new Map<string, number>()
      eachDot(
        { columns, cells },
        chosen,
        (one, first, dots) => {
          dots.forEach((dot, k) => void table.set(`${one},${first + k}`, dot))
        },
        plain,
      )
      return table
    })
    expect(seen[0]).toEqual(seen[1])
    for (let a = 0; a < rows; a++)
      for (let b = a; b < rows; b++) {
        let sum = 0
        for (let k = 0; k < columns; k++) sum += cells[chosen[a]! * columns + k]! * cells[chosen[b]! * columns + k]!
        if (seen[0]!.get(`${a},${b}`) !== sum) expect.fail(`${a}, ${b} of ${rows} by ${columns}`)
      }
  }
})

test('weights are rounded once, and the rest is exact, in the kernel and in plain loops', () => {
  for (const [rows, columns] of [
    [1, 8],
    [6, 50],
    [97, 1536],
  ] as const) {
    const cells = Int8Array.from({ length: rows * columns }, () => Math.floor(random() * 255) - 127)
    const chosen = Int32Array.from({ length: rows }, (_, k) => rows - 1 - k)
    const whole = Float64Array.from({ length: columns }, (_, k) =>
      k === 0 ? 2047 : Math.floor(random() * 4095) - 2047,
    )
    for (const plain of [false, true]) {
      const scores = dotScorer({ columns, cells }, chosen, plain)(whole.map(w => w / 64))
      chosen.forEach((row, k) => {
        let sum = 0
        for (let c = 0; c < columns; c++) sum += cells[row * columns + c]! * whole[c]!
        expect(scores[k]).toBeCloseTo(sum / 64, 4)
      })
    }
  }
})
