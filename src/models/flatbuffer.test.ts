import { describe, expect, it } from 'vitest'
import { flat } from '../../test/model-zoo/graphs/flat.ts'
import { gapsIn, memoryBytes } from '../core/index.ts'
import { type FlatSchema, FlatValues, readFlat, tablesIn } from './flatbuffer.ts'

const schema: FlatSchema = {
  tables: {
    Root: [
      'name string',
      'items [Item]',
      'kind_type u8',
      'kind union Kind',
      'sizes [i32]',
      'big u64',
      'data [u8]',
      'names [string]',
    ],
    Item: ['number i32', 'root Root'],
    Left: ['x i32'],
    Right: ['y string'],
  },
  unions: { Kind: ['', 'Left', 'Right'] },
}
const made = flat(
  schema,
  'Root',
  {
    name: 'zoo',
    items: [{ number: 7 }, { number: -8 }],
    kind: { kind: 'Right', table: { y: 'right' } },
    sizes: [1, 2, 3],
    big: 5_000_000_000,
    data: Uint8Array.of(1, 2, 3),
    names: ['a', 'b'],
  },
  'ZOO1',
)
const read = (data: Uint8Array) => ({
  ...readFlat(memoryBytes(data), schema, 'Root'),
  values: new FlatValues(memoryBytes(data)),
})

describe('readFlat', () => {
  it('reads tables, lists, unions and numbers', () => {
    const { root, values, trouble } = read(made)
    expect(trouble).toBeUndefined()
    expect([values.text(root, 'name'), values.number(root, 'big')]).toEqual(['zoo', 5_000_000_000])
    expect(tablesIn(root, 'items').map(each => values.number(each, 'number'))).toEqual([7, -8])
    expect(tablesIn(root, 'kind').map(each => values.text(each, 'y'))).toEqual(['right'])
    expect(values.numbers(root, 'sizes')).toEqual([1, 2, 3])
    expect(root.fields.get('names')!.texts!.map(each => values.textAt(each))).toEqual(['a', 'b'])
  })

  it('covers every byte but padding', () => {
    const { ranges } = read(made)
    for (const { start, end } of gapsIn([...ranges, { start: 0, end: 8 }], made.length)) {
      expect(end - start).toBeLessThan(16)
      expect([...made.subarray(start, end)].every(byte => byte === 0)).toBe(true)
    }
  })

  it('reads a table once that is in a circle', () => {
    // The list of items leads back to the root: a reader that follows each reference never ends.
    const looped = made.slice()
    const view = new DataView(looped.buffer)
    const { root } = read(made)
    const list = root.fields.get('items')!
    view.setUint32(list.start, 0x1_0000_0000 - (list.start - root.at), true)
    expect(read(looped).trouble).toBeDefined()
  })

  it('says what leads outside, and reads what stands beside it', () => {
    const { root } = read(made)
    const broken = made.slice()
    const items = tablesIn(root, 'items')
    new DataView(broken.buffer).setInt32(items[0]!.at, 0x7fffffff, true)
    const again = read(broken)
    expect(again.trouble?.message).toContain('outside')
    expect(tablesIn(again.root, 'items').map(each => again.values.number(each, 'number'))).toEqual([0, -8])
  })

  it('ends at once on lists that lie', () => {
    for (let at = 8; at + 4 <= made.length; at += 4) {
      const lying = made.slice()
      new DataView(lying.buffer).setUint32(at, 0x7ffffff0, true)
      expect(() => read(lying)).not.toThrow()
    }
  })
})
