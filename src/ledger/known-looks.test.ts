import { expect, it } from 'vitest'
import { KnownLooks, packed, unpacked } from './known-looks.ts'
import type { TreeFile } from './tree.ts'

const file = (name: string, time: bigint): TreeFile => ({
  name,
  path: `/x/${name}`,
  sizeBytes: 7,
  mtimeNs: time,
  ctimeNs: time,
  inode: 3n,
  device: 4n,
})

it('takes files after it was kept without one, and keeps them', () => {
  const empty = unpacked(packed(new KnownLooks()))!
  for (let i = 0; i < 200; i++) expect(empty.set(file(`f${i}`, 5n), ['sha256'], [`digest ${i}`])).toBe(true)
  const again = unpacked(packed(empty))!
  for (let i = 199; i >= 0; i--) expect(again.get(file(`f${i}`, 5n), ['sha256'])).toEqual([`digest ${i}`])
  expect(again.get(file('f3', 6n), ['sha256'])).toBeUndefined()
  expect(again.get(file('f3', 5n), ['blake3'])).toBeUndefined()
})

it('forgets what is too young to be trusted, also when that is all', () => {
  const known = new KnownLooks()
  known.set(file('old', 5n), ['sha256'], ['a'])
  known.set(file('young', 50n), ['sha256'], ['b'])
  const kept = known.before(10n)
  expect(kept.get(file('old', 5n), ['sha256'])).toEqual(['a'])
  expect(kept.get(file('young', 50n), ['sha256'])).toBeUndefined()
  const none = unpacked(packed(known.before(1n)))!
  expect(none.set(file('young', 50n), ['sha256'], ['b'])).toBe(true)
})
