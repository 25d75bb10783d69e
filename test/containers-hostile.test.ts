import { describe, expect, it } from 'vitest'
import { cutEverywhere, mutateOften } from './model-zoo/arrays/hostile.ts'
import { honestSamples } from './model-zoo/containers/honest.ts'
import { written } from './model-zoo/containers/written.ts'

const patienceMs = 120_000
const slowestMs = 2000

const files: readonly (readonly [string, Uint8Array])[] = [
  ...honestSamples.flatMap(sample => Object.entries(sample.files)),
  ...(['lzma2.7z', 'lzma.7z', 'bzip2.7z'] as const).map(name => [name, written(name)] as const),
]

/** Lengths at which a file is whole again: arrays or streams one after another. */
const wholeAt: Readonly<Record<string, readonly number[]>> = { 'two.npy': [156] }

/** A tar ends with zeros, of which one byte is enough. */
const endOf = (name: string, data: Uint8Array): number =>
  /^(model\.tar|version-0\.1\.pt)$/.test(name) ? data.findLastIndex(byte => byte !== 0) : data.length

describe('containers that are cut off', () => {
  it.each(files)('%s is never taken for whole', { timeout: patienceMs }, async (name, data) => {
    const { clean, slowest } = await cutEverywhere(name, data, {
      from: 10,
      to: endOf(name, data),
      step: data.length > 4000 ? 29 : 1,
    })
    expect(JSON.stringify(clean.filter(length => !wholeAt[name]?.includes(length)))).toBe('[]')
    expect(slowest).toBeLessThan(slowestMs)
  })
})

describe('containers with changed bytes', () => {
  it.each(files)('%s never breaks its reader', { timeout: patienceMs }, async (name, data) => {
    const { threw, slowest } = await mutateOften(name, data, 150)
    expect(threw).toEqual([])
    expect(slowest).toBeLessThan(slowestMs)
  })
})
