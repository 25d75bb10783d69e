import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blockTypes } from './ggml-blocks.ts'

/** Two random blocks of each type, and their numbers as the `gguf` package for Python (0.19.0) reads them. */
const golden: Record<string, { blocks: string; values: string }> = JSON.parse(
  readFileSync(new URL('ggml-golden.json', import.meta.url), 'utf8'),
)

describe('blockTypes', () => {
  it.each(Object.keys(golden))('reads %s as the reference does', name => {
    const { elements, bytes, decode } = blockTypes[name]!
    const data = new Uint8Array(Buffer.from(golden[name]!.blocks, 'base64'))
    const wanted = new Float32Array(new Uint8Array(Buffer.from(golden[name]!.values, 'base64')).buffer)
    expect([data.length, wanted.length]).toEqual([bytes * 2, elements * 2])
    const into = new Float64Array(elements * 2)
    for (const block of [0, 1]) decode(data, block * bytes, into, block * elements)
    const largest = Math.max(...wanted.map(Math.abs))
    for (let k = 0; k < into.length; k++)
      expect(Math.abs(into[k]! - wanted[k]!), `number ${k}`).toBeLessThan(largest * 1e-5)
  })

  it('reads Q8_K, which the reference does not', () => {
    const data = new Uint8Array(292)
    new DataView(data.buffer).setFloat32(0, 0.5, true)
    data.set([1, 255, 127], 4)
    const into = new Float64Array(256)
    blockTypes.Q8_K!.decode(data, 0, into, 0)
    expect([...into.subarray(0, 4)]).toEqual([0.5, -0.5, 63.5, 0])
  })
})
