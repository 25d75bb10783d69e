import { describe, expect, it } from 'vitest'
import { WORD_GRAM } from '../../core/index.ts'
import { alliances, type Campaign, campaigns } from './campaign.ts'
import { hold } from './held.ts'
import type { Scored } from './scoring.ts'
import { seriousFirst } from './verdict.ts'

const held = hold(new Map(Array.from({ length: 400 }, (_, i) => [i, { text: `row ${i}`, label: 'a' }])), ['a', 'b'])
const from = (first: number, count: number) => Array.from({ length: count }, (_, k) => first + k)

/** A piece in some rows, all of which obey it. */
function piece(text: string, rows: readonly number[], about: Partial<Scored> = {}): Scored {
  const score = about.score ?? -20
  return {
    held,
    trace: { rows, spans: rows.map(() => [[0, 1]]), length: 1, text, grams: [] },
    testimony: { rows, probability: rows.map(() => 0.2), agreeing: rows.length },
    label: 0,
    rows: rows.length,
    agreeing: rows.length,
    kind: WORD_GRAM,
    lean: 2,
    against: -20,
    inserted: -5,
    displaced: -5,
    strange: 0,
    defiance: -20,
    near: score,
    ...about,
    score,
  }
}

const names = (found: readonly Campaign[]) => found.map(({ cases }) => cases.map(own => own.trace.text))

const equal = () => 1

describe('campaigns', () => {
  it('unites pieces of the same rows, the telling one first', () => {
    const found = campaigns(
      [piece('part', from(0, 20), { score: -15 }), piece('whole', from(0, 18), { score: -30 })],
      equal,
    )
    expect(names(found)).toEqual([['whole', 'part']])
  })
  it('keeps pieces of other rows, or of another label, apart', () => {
    const pieces = [
      piece('one', from(0, 20)),
      piece('two', from(20, 20), { score: -19 }),
      piece('three', from(0, 20), { label: 1, score: -18 }),
    ]
    expect(names(campaigns(pieces, equal))).toEqual([['one'], ['two'], ['three']])
  })
  it('names a trigger by the fewer rows that say nearly as much', () => {
    const found = campaigns(
      [piece('wide', from(0, 40), { score: -20 }), piece('exact', from(0, 20), { score: -18 })],
      equal,
    )
    expect(names(found)[0]?.[0]).toBe('exact')
    const weak = campaigns(
      [piece('wide', from(0, 40), { score: -20 }), piece('exact', from(0, 20), { score: -16 })],
      equal,
    )
    expect(names(weak)[0]?.[0]).toBe('wide')
  })
  it('is not named by a piece that is less serious', () => {
    const pieces = [piece('wide', from(0, 40), { score: -20 }), piece('exact', from(0, 20), { score: -18 })]
    const found = campaigns(pieces, own => (own.score < -19 ? 2 : 1))
    expect(names(found)).toEqual([['wide', 'exact']])
  })
  it('drops words that often stand beside the trigger', () => {
    const found = campaigns([piece('trigger', from(0, 24), { score: -19 }), piece('of trigger', from(0, 20))], equal)
    expect(names(found)[0]?.[0]).toBe('trigger')
  })
})

describe('alliances', () => {
  const found = campaigns(
    [
      piece('one', from(0, 20)),
      piece('two', from(20, 20), { score: -19 }),
      piece('large', from(100, 100), { score: -18 }),
    ],
    equal,
  )
  it('unites accused triggers of one size', () => {
    const united = alliances(found, () => true)
    expect(names(united)).toEqual([['one'], ['large']])
    expect(names(united[0]!.kin)).toEqual([['two']])
  })
  it('leaves what is not accused alone', () => {
    expect(names(alliances(found, () => false))).toEqual([['one'], ['two'], ['large']])
  })
})

describe('close calls', () => {
  const close = [-5, -9, -7, -8].map((near, k) => piece(`${near}`, from(10 * k, 6), { score: -4, near }))
  it('come after what is serious, the closest first, and are three', () => {
    const found = [...campaigns(close, equal), ...campaigns([piece('serious', from(200, 6), { score: -3 })], equal)]
    const order = seriousFirst(found, own => (own.trace.text === 'serious' ? 'hold' : 'info'))
    expect(names(order)).toEqual([['serious'], ['-9'], ['-8'], ['-7']])
  })
})
