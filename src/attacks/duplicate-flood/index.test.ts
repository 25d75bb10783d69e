import { expect, test } from 'vitest'
import { isRaster, type Row } from '../../core/index.ts'
import { acceptAttack, corpusOf } from '../../kit/index.ts'
import { poisonRows } from '../../lab/index.ts'
import duplicateFlood from './index.ts'

acceptAttack(duplicateFlood, {
  matters: { edits: 0, senders: 4, hours: 100, target: 'positive' },
  on: ['reviews', 'languages', 'things'],
})

test('a picture is copied exactly, or changed a little and each time anew', () => {
  const rows = corpusOf('things').rows().slice(0, 300)
  const copies = (edits: number) => {
    const dose = { rows: 20 }
    const poisoned = poisonRows(rows, { attack: duplicateFlood, dose, seed: 3, options: { edits, target: 'boat' } })
    return poisoned.rows.slice(rows.length)
  }
  const pixels = (row: Row) => (isRaster(row.image) ? row.image.pixels.join() : '')
  expect(new Set(copies(0).map(row => pixels(row))).size).toBe(1)
  expect(new Set(copies(2).map(row => pixels(row))).size).toBeGreaterThan(15)
  expect(copies(2).every(row => row.label === 'boat')).toBe(true)
})
