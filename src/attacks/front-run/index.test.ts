import { expect, test } from 'vitest'
import { type Row, timeOf } from '../../core/index.ts'
import { acceptAttack, corpusOf } from '../../kit/index.ts'
import { poisonRows } from '../../lab/index.ts'
import frontRun from './index.ts'

acceptAttack(frontRun, {
  on: ['wiki'],
  matters: {
    minutes: 5,
    ago: 30,
    accounts: 'few',
    share: 0.01,
    message: 'The moon is made of green cheese.',
    reverted: true,
  },
})

const wiki = (): readonly Row[] => corpusOf('wiki').rows()
const poisoned = (options: Readonly<Record<string, unknown>>, rows = 40) => {
  const { rows: all, truth } = poisonRows(wiki(), { attack: frontRun, options, dose: { rows }, seed: 1 })
  return [...truth].map(i => all[i]!)
}
const end = Math.max(...wiki().map(row => timeOf(row.time)!))

test('edits are the newest of their pages, in the last minutes before the latest time', () => {
  for (const row of poisoned({ minutes: 10 })) {
    expect(end - timeOf(row.time)!).toBeLessThanOrEqual(10 * 60_000 + 1000)
    const others = wiki().filter(other => other.item === row.item)
    expect(others.length).toBeGreaterThan(0)
    expect(others.map(other => other.digest)).not.toContain(row.digest)
  }
})

test('few accounts, a new one each, or known ones', () => {
  const known = new Set(wiki().map(row => row.actor))
  const accounts = (kind: string) => [...new Set(poisoned({ accounts: kind }).map(row => row.actor))]
  expect(accounts('few')).toHaveLength(3)
  expect(accounts('few').some(name => known.has(name ?? ''))).toBe(false)
  expect(accounts('new').length).toBeGreaterThan(35)
  expect(accounts('aged').every(name => known.has(name ?? ''))).toBe(true)
  expect(accounts('aged').length).toBe(40)
})

test('every second row puts back what stood, after the snapshot', () => {
  const rows = poisoned({ reverted: true })
  for (let k = 1; k < rows.length; k += 2) {
    expect(rows[k]!.item).toBe(rows[k - 1]!.item)
    expect(timeOf(rows[k]!.time)).toBeGreaterThan(end)
    expect(wiki().some(row => row.item === rows[k]!.item && row.digest === rows[k]!.digest)).toBe(true)
  }
})

test('writes times as the table does', () => {
  const numbers = wiki().map(row => ({ ...row, time: timeOf(row.time)! / 1000 }))
  const { rows, truth } = poisonRows(numbers, { attack: frontRun, dose: { rows: 5 }, seed: 1 })
  for (const i of truth) expect(timeOf(rows[i]!.time)).toBeGreaterThan(end - 3_700_000)
})
