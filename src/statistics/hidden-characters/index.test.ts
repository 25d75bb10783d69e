import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lawfulStatistic } from '../../kit/index.ts'
import { bitsSpelled, isSpacer } from './bits.ts'
import hiddenCharacters from './index.ts'
import { invisible } from './invisible.ts'
import { lookalikes } from './lookalike.ts'

const odd = [
  '\u200b',
  '\u200c',
  '\u{e0041}',
  '\ufe0f',
  '\u{e0101}',
  '\u202e',
  'a',
  'а',
  'b',
  ' ',
  '\x1b[0m',
  '\ue000',
  'ں',
]
const text = fc.array(fc.constantFrom(...odd), { maxLength: 30 }).map(parts => parts.join(''))

lawfulStatistic(hiddenCharacters, {
  options: [
    { roles: ['text'], limit: 100 },
    { roles: ['text', 'prompt'], limit: 5 },
  ],
  rows: fc.record({ text, prompt: text, label: fc.constantFrom('x', 'y', null, 'z') }),
  flood: i => ({ text: `row ${i} \u202e \u{e0041}\u{e0042} paypаl`, label: `label ${i}` }),
  floodRows: 5000,
})

describe('invisible', () => {
  test('any string is read without an error, and spans lie within it in order', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), value => {
        for (const { start, end } of [...invisible(value), ...lookalikes(value)]) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(value.length)
        }
      }),
    )
  })

  test('a long run takes linear time', () => {
    const from = performance.now()
    for (const c of ['\u200b', '\u{e0041}', '\ufe00\ufe01', '\x1b[', '\x1b]', 'aа', '\xad'])
      invisible(c.repeat(200_000)).concat(lookalikes(c.repeat(200_000)))
    expect(performance.now() - from).toBeLessThan(5000)
  })
})

describe('bits', () => {
  const zeros = (bits: string) => bits.replace(/0/g, '\u200b').replace(/1/g, '\u200c')
  const coded = (spelled: string, size: number) =>
    [...spelled].map(c => c.charCodeAt(0).toString(2).padStart(size, '0')).join('')

  test('are read in either sense and in groups of eight or seven', () => {
    expect(bitsSpelled(zeros(coded('obey', 8)))).toBe('obey')
    expect(bitsSpelled(zeros(coded('obey!', 7)))).toBe('obey!')
    expect(bitsSpelled(zeros(coded('obey', 8).replace(/./g, b => (b === '0' ? '1' : '0'))))).toBe('obey')
  })

  test('a repeated pattern is layout', () => {
    expect(isSpacer('\u034f\u200c\u034f\u200c\u034f\u200c')).toBe(true)
    expect(isSpacer(zeros(coded('ok', 8)))).toBe(false)
  })
})

describe('look-alikes', () => {
  test.each([['pаypаl'], ['bitсoin'], ['Gооgle'], ['vіdео'], ['аmazon here']])('%s is disguised', word => {
    expect(lookalikes(`my ${word} account is fine`).map(s => s.kind)).toEqual(['lookalike'])
  })
  test.each([
    ['купил SMSки'],
    ['TNFα and IFNγ'],
    ['iPhone-ом'],
    ['обычный текст с Wi-Fi'],
    ['Пpивет'],
    ['ＡＢＣ text'],
  ])('%s is how people write', said => expect(lookalikes(said).filter(s => s.kind === 'lookalike')).toEqual([]))
})
