import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Fault } from '../core/index.ts'
import { fileBytes } from './bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-bytes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const write = (name: string, data: Uint8Array): string => {
  writeFileSync(join(folder, name), data)
  return join(folder, name)
}
const noise = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) >> 3)

it('reads anywhere, in any order, and nothing beyond the end', () => {
  const bytes = fileBytes(write('noise', noise))
  for (const [start, end] of [
    [0, 10],
    [699_990, 800_000],
    [262_100, 262_200],
    [5, 600_000],
    [0, 1],
  ] as const)
    expect(Buffer.from(bytes.read(start, end)).equals(noise.subarray(start, end))).toBe(true)
  expect(bytes.read(700_000, 700_001)).toHaveLength(0)
  expect(bytes.read(10, 5)).toHaveLength(0)
  bytes.close()
})

it('reads more files than may be open at once', () => {
  const all = Array.from({ length: 80 }, (_, i) => fileBytes(write(`f${i}`, Uint8Array.of(i, i + 1))))
  for (let turn = 0; turn < 3; turn++)
    for (const [i, bytes] of all.entries()) expect([...bytes.read(0, 2)]).toEqual([i, i + 1])
  for (const bytes of all) bytes.close()
})

it('refuses a file that changed between two looks', () => {
  const path = write('swapped', noise)
  const bytes = fileBytes(path)
  bytes.read(0, 1)
  bytes.close()
  appendFileSync(path, 'more')
  expect(() => bytes.read(0, 1)).toThrow('changed')
})

it('names a file that is not there', () => {
  expect(() => fileBytes(join(folder, 'absent'))).toThrow(Fault)
})
