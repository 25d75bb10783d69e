import { expect, it } from 'vitest'
import type { PickleValue } from '../../pickle/index.ts'
import { isBomb } from './growth.ts'

const list = (...items: PickleValue[]): PickleValue => ({ kind: 'list', items })
const nested = (levels: number, times: number): PickleValue => {
  let value: PickleValue = list(1)
  for (let k = 0; k < levels; k++) value = list(...Array<PickleValue>(times).fill(value))
  return value
}

it('tells values that hold each other again and again', () => {
  expect(isBomb(nested(32, 2))).toBe(true)
  expect(isBomb({ kind: 'dict', entries: [['a', nested(10, 10)]] })).toBe(true)
  expect(isBomb({ kind: 'call', callee: null, args: [], state: nested(10, 10) })).toBe(true)
})

it('leaves honest sharing, depth and cycles alone', () => {
  expect(isBomb(nested(5, 10))).toBe(false)
  expect(isBomb(nested(100_000, 1))).toBe(false)
  expect(isBomb(list(...Array<PickleValue>(100_000).fill(list(1))))).toBe(false)
  const items: PickleValue[] = []
  const self: PickleValue = { kind: 'list', items }
  for (let k = 0; k < 100; k++) items.push(self)
  expect(isBomb(self)).toBe(false)
  expect(isBomb(null)).toBe(false)
})
