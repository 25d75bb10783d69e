import { describe, expect, it } from 'vitest'
import { traceOf, WORD_GRAM } from '../../core/index.ts'
import { type Held, hold } from './held.ts'
import { learnSpelling, surpriseAt } from './spelling.ts'
import { learnStrangeness, strangenessOf } from './strangeness.ts'

const onsets = ['b', 'br', 'd', 'l', 'm', 'n', 'p', 'r', 's', 't']
const unseen = 'rado'
const natural = onsets.flatMap(a => onsets.map(b => `${a}a${b}o`)).filter(word => word !== unseen)

/** Each natural word in ten rows, and whatever else is put into the first rows. */
function table(...put: string[]): Held {
  const rows = natural.flatMap((word, k) =>
    Array.from({ length: 10 }, (_, n) => `the ${word} ${natural[(7 * k + n) % natural.length]}`),
  )
  const texts = rows.map((text, i) => (i < 6 * put.length ? `${text} ${put[i % put.length]}` : text))
  return hold(new Map(texts.map((text, i) => [i, { text, label: 'a' }])), ['a', 'b'])
}

/** Log chance of the last word of the first row. */
function strangeness(held: Held, row = 0): number {
  const last = held.tokens.offsets[row + 1]! - 1
  const gram = { high: held.tokens.high[last]!, low: held.tokens.low[last]!, kind: WORD_GRAM }
  return strangenessOf(held, traceOf(held, held.ids, gram, true), learnStrangeness(held))
}

describe('spelling', () => {
  const spelling = learnSpelling([...natural, 'zq7'])
  it('is surprised by words unlike the others', () => {
    expect(surpriseAt('zq7', spelling) / 4).toBeGreaterThan(2 * (surpriseAt('brado', spelling) / 6))
  })
  it('judges a word as if it had not been learnt', () => {
    const once = learnSpelling([...natural, 'zq7'])
    const never = learnSpelling(natural)
    expect(surpriseAt('zq7', once)).toBeGreaterThan(0.8 * surpriseAt('zq7', never))
  })
})

describe('strangeness', () => {
  it('tells a word of other units from the words of the table', () => {
    expect(strangeness(table('zq7'))).toBeLessThan(Math.log(0.02))
  })
  it('does not hold a natural spelling against a rare word', () => {
    expect(strangeness(table(unseen))).toBeGreaterThan(Math.log(0.2))
  })
  it('leaves out the words that stand in many other rows', () => {
    const held = table()
    const first = { high: held.tokens.high[0]!, low: held.tokens.low[0]!, kind: WORD_GRAM }
    const few = traceOf(held, held.ids.subarray(0, 5), first, false)
    expect(strangenessOf(held, few, learnStrangeness(held))).toBe(0)
  })
  it('says nothing where there are few words to compare with', () => {
    const texts = ['one two zq7', 'one two zq7', 'one two zq7', 'one two zq7', 'one two zq7', 'three']
    const held = hold(new Map(texts.map((text, i) => [i, { text, label: 'a' }])), ['a', 'b'])
    expect(strangeness(held)).toBe(0)
  })
})
