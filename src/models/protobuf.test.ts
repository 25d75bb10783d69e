import { describe, expect, it } from 'vitest'
import { floats, join } from '../../test/model-zoo/arrays/bytes.ts'
import { encode, field, varint } from '../../test/model-zoo/graphs/proto.ts'
import { memoryBytes } from '../core/index.ts'
import { type ProtoSchema, readProto } from './protobuf.ts'
import { allMessages, messagesIn, ProtoValues } from './protobuf-values.ts'

const schema: ProtoSchema = {
  Root: {
    '1': 'name text',
    '2': 'inner Root',
    '3': 'sizes int',
    '4': 'data bytes',
    '5': 'values float',
    '6': 'shift sint',
    '7': 'big double',
  },
}
function read(data: Uint8Array) {
  const bytes = memoryBytes(data)
  const claims: [number, number][] = []
  const unknown: [number, number, number][] = []
  const { root, trouble } = readProto(bytes, {
    schema,
    type: 'Root',
    claim: (start, end) => void claims.push([start, end]),
    unknown: (start, end, _, number) => void unknown.push([start, end, number]),
  })
  return { root, trouble, values: new ProtoValues(bytes), claims, unknown }
}

describe('readProto', () => {
  it('reads fields of every kind, and claims each byte once', () => {
    const data = encode(schema, 'Root', {
      name: 'a',
      inner: [{ name: 'b', sizes: [1, 300, -1] }, { inner: { shift: 5 } }],
      data: floats(4),
      values: [1.5],
      big: 2.5,
    })
    const { root, trouble, values, claims, unknown } = read(data)
    expect([trouble, unknown]).toEqual([undefined, []])
    const [first, second] = messagesIn(root, 'inner')
    expect(values.text(first!, 'name')).toBe('b')
    expect(values.numbers(first!, 'sizes')).toEqual([1, 300, -1])
    expect(values.number(messagesIn(second!, 'inner')[0]!, 'shift')).toBe(-3)
    expect([values.number(root, 'values'), values.number(root, 'big')]).toEqual([1.5, 2.5])
    expect(claims.map(([start]) => start)).toEqual([0, ...claims.slice(0, -1).map(([, end]) => end)])
    expect(claims.at(-1)![1]).toBe(data.length)
    expect([...allMessages(root)]).toHaveLength(4)
  })

  it('reads numbers packed and one by one, and keeps neighbours as one run', () => {
    const packed = read(field(3, join(varint(1), varint(2), varint(3))))
    expect(packed.values.numbers(packed.root, 'sizes')).toEqual([1, 2, 3])
    const single = read(encode(schema, 'Root', { sizes: Array.from({ length: 1000 }, (_, k) => k) }))
    expect(single.root.fields).toHaveLength(1)
    expect(single.values.numbers(single.root, 'sizes', 1000).at(-1)).toBe(999)
    expect(single.values.number(single.root, 'sizes')).toBe(999)
  })

  it('keeps doubled fields, and takes the last as readers do', () => {
    const { root, values } = read(encode(schema, 'Root', { name: ['first', 'last'] }))
    expect(values.text(root, 'name')).toBe('last')
    expect(values.texts(root, 'name')).toEqual(['first', 'last'])
  })

  it('says unknown fields, groups, and values written in another way', () => {
    const group = join(varint(9 * 8 + 3), varint(1 * 8), varint(7), varint(9 * 8 + 4))
    const wrong = join(varint(1 * 8), varint(5))
    const { unknown, trouble, claims } = read(join(field(99, join('hidden')), group, wrong))
    expect(unknown.map(([, , number]) => number)).toEqual([99, 9, 1])
    expect([trouble, claims]).toEqual([undefined, []])
  })

  it.each([
    ['a number without an end', [0x18, 0xff]],
    ['a number of eleven bytes', [0x18, ...new Array(10).fill(0xff), 1]],
    ['a length beyond the end', [0x0a, 0x7f, 0x41]],
    ['a length that no file has', [0x0a, ...new Array(9).fill(0xff), 0x01]],
    ['the field number 0', [0x02, 0x00]],
    ['an unknown way of writing', [0x0f]],
    ['a group that ends and did not begin', [0x4c]],
    ['a group without an end', [0x4b, 0x08]],
  ])('names %s', (_, data) => {
    expect(read(Uint8Array.from(data)).trouble).toBeDefined()
  })

  it('reads what is there of a message that is cut off', () => {
    const { root, trouble, values } = read(field(2, encode(schema, 'Root', { name: 'x', data: floats(8) })).slice(0, 6))
    expect(trouble).toBeDefined()
    expect(values.text(messagesIn(root, 'inner')[0]!, 'name')).toBe('x')
  })

  it('is bounded in depth and in fields', () => {
    const deep = new Uint8Array(Buffer.from('1200'.repeat(3), 'hex'))
    expect(read(deep).trouble).toBeUndefined()
    let nested: Uint8Array = new Uint8Array(0)
    for (let k = 0; k < 200; k++) nested = field(2, nested)
    expect([...allMessages(read(nested).root)]).toHaveLength(201)
    const many = new Uint8Array(Buffer.from('1200'.repeat(600_000), 'hex'))
    expect(read(many).trouble?.message).toContain('more fields')
  })
})
