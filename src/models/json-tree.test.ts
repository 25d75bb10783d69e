import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Malformed } from './cursor.ts'
import { asUtf8, doubledKeys, isList, isObject, type Json, readJson } from './json-tree.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readJson(utf8(text)).root
/** The tree as `JSON.parse` would give it. */
const plain = (json: Json): unknown => {
  if (isList(json)) return json.items.map(plain)
  if (!isObject(json)) return typeof json === 'bigint' ? Number(json) : json
  const out: Record<string, unknown> = {}
  json.keys.forEach((key, k) => {
    Object.defineProperty(out, key, {
      value: plain(json.values[k]!),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  })
  return out
}

describe('readJson', () => {
  it('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(plain(read(text))).toEqual(JSON.parse(text))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('keeps doubled keys, long integers and places', () => {
    const root = read(' {"a": 1, "\\u0061": 12345678901234567890, "b": {}} ')
    if (!isObject(root)) throw new Error('no object')
    expect([root.keys, root.values[1], doubledKeys(root)]).toEqual([['a', 'a', 'b'], 12345678901234567890n, ['a']])
    expect(root.values[2]).toMatchObject({ start: 47, end: 49 })
  })

  it('takes what Python takes, and refuses the rest', () => {
    expect(read('[NaN, -Infinity, "\n"]')).toMatchObject({ items: [Number.NaN, Number.NEGATIVE_INFINITY, '\n'] })
    for (const text of ['', '{', '[1', '{"a"}', '{"a":}', '[1 2]', '"', '01', '{a: 1}', '[,]', '-', 'nul'])
      expect(() => read(text), text).toThrow(Malformed)
  })

  it('knows UTF-16 and byte order marks', () => {
    expect(Buffer.from(asUtf8(new Uint8Array(Buffer.from('{"a":1}', 'utf16le')))).toString()).toBe('{"a":1}')
    expect(Buffer.from(asUtf8(new Uint8Array(Buffer.from('{"a":1}', 'utf16le').swap16()))).toString()).toBe('{"a":1}')
    expect(Buffer.from(asUtf8(utf8('\ufeff{}'))).toString()).toBe('{}')
    expect(asUtf8(utf8('{}'))).toEqual(utf8('{}'))
  })
})
