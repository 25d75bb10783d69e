import { describe, expect, it } from 'vitest'
import { encode } from '../../test/model-zoo/graphs/proto.ts'
import type { ProtoSchema } from './protobuf.ts'
import { outerNames, toBinary } from './textproto.ts'

const schema: ProtoSchema = {
  Root: { '1': 'name text', '2': 'inner Root', '3': 'sizes int', '4': 'data bytes', '5': 'value float', '6': 'on int' },
}
const binary = (text: string, lenient = false) => Buffer.from(toBinary(text, schema, 'Root', lenient)).toString('hex')
const written = (message: Parameters<typeof encode>[2]) => Buffer.from(encode(schema, 'Root', message)).toString('hex')

describe('toBinary', () => {
  it.each([
    ['name: "a"', { name: 'a' }],
    ["name: 'a' \"b\" # remark\n 'c'", { name: 'abc' }],
    ['inner { sizes: 1 sizes: -2 }', { inner: { sizes: [1, -2] } }],
    ['inner < name: "x" >, inner: { on: true };', { inner: [{ name: 'x' }, { on: 1 }] }],
    ['sizes: [1, 2, 0x10]', { sizes: [1, 2, 16] }],
    ['value: 1.5f', { value: 1.5 }],
    ['data: "\\001\\x41\\n\\""', { data: Uint8Array.of(1, 0x41, 10, 0x22) }],
    ['sizes: SOME_NAME', { sizes: 0 }],
  ])('writes %s', (text, message) => {
    expect(binary(text)).toBe(written(message))
  })

  it.each([
    'name',
    'name:',
    'name: "a',
    'inner {',
    '}',
    'other: 1',
    'name: "a" !',
    ': 1',
    '"a"',
    'sizes: [1',
    'inner [{}]',
  ])('refuses %s', text => {
    expect(() => binary(text)).toThrow()
  })

  it('leaves out what a lenient reader need not know', () => {
    expect(binary('other { name: "x" inner { y: 1 } } name: "a"', true)).toBe(written({ name: 'a' }))
  })

  it('takes long texts and remarks in one pass', () => {
    const long = '\\001'.repeat(300_000)
    expect(binary(`data: "${long}"`)).toHaveLength(2 * (300_000 + 4))
    expect(() => binary(`name: "a" ${'#'.repeat(300_000)}\n!`)).toThrow()
  })
})

it('names the outermost fields, of a text that is cut off too', () => {
  expect(outerNames('node { name: "a" }\nversions { producer: 1 }\nlibr')).toEqual(['node', 'versions', 'libr'])
  expect(outerNames('} node {')).toEqual([])
})
