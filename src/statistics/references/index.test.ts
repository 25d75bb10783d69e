import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Row, tableOfRows } from '../../core/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import references, { type References, uses } from './index.ts'

lawfulStatistic(references, {
  options: [{ places: 3 }, { places: 100 }],
  rows: fc.record({
    url: fc.oneof(fc.webUrl(), fc.constantFrom('owner/name', '', ' ', null)),
    item: fc.oneof(fc.constantFrom('config.json:3', ''), fc.constant(null)),
    label: fc.constantFrom(...uses, 'pos', null),
    digest: fc.constantFrom('a'.repeat(40), `sha256:${'b'.repeat(64)}`, 'main', 'c'.repeat(32), '', null),
  }),
  flood: i => ({ url: `https://example.org/${i} `.repeat(30), item: `f:${i}`, label: uses[i % 5]!, digest: null }),
  floodRows: 8000,
})

async function seen(rows: readonly Row[]): Promise<References> {
  const options = { places: 10 }
  let state = references.init(options, undefined)
  for await (const batch of tableOfRows('t', rows).batches()) state = references.add(state, batch, options)
  return references.finish(state, options)
}

describe('a pin', () => {
  const of = (digest: string | null): Row => ({ item: 'f:1', url: 'owner/name', label: 'runs', digest })
  it.each([['a'.repeat(40)], ['A'.repeat(64)], [`sha256:${'a'.repeat(64)}`]])('is %s', async digest => {
    expect((await seen([of(digest)])).runs).toMatchObject({ all: 1, unpinned: 0 })
  })
  it.each([['main'], ['v1.0'], ['a'.repeat(7)], ['a'.repeat(32)], [''], [null]])('is not %s', async digest => {
    expect((await seen([of(digest)])).runs).toMatchObject({ all: 1, unpinned: 1 })
  })
  it('is any digest in a list of addresses, and a label there says nothing', async () => {
    const rows = [{ url: 'https://a.example', digest: 'a'.repeat(32), label: 'runs' }, { url: 'https://b.example' }]
    expect((await seen(rows)).row).toMatchObject({ all: 2, unpinned: 1, first: [{ url: 'https://b.example' }] })
  })
})
