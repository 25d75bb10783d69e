import { expect, test } from 'vitest'
import { seeded } from '../random.ts'
import { eachDot } from './dots.ts'

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
