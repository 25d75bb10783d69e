import { describe, expect, it } from 'vitest'
import { seeded, tableOfRows } from '../../core/index.ts'
import { accept, corpusOf } from '../../kit/index.ts'
import { judgeTable } from '../../lab/index.ts'
import outlierText from './index.ts'

const random = seeded(5)
const noise = () => Array.from({ length: 60 }, () => String.fromCharCode(33 + Math.floor(random() * 90))).join('')
const reviews = corpusOf('reviews').rows()
const strange = [
  ...reviews.slice(0, 400),
  ...Array.from({ length: 5 }, () => ({ text: noise(), label: String(reviews[0]!.label) })),
]

accept(outlierText, {
  clean: ['reviews', 'languages', 'sms', 'comments', 'emails', 'rotten-tomatoes', 'yelp'],
  caught: [],
  missed: [
    {
      attack: 'syntactic-style',
      dose: { rate: 0.1 },
      because: 'templates are more usual than honest sentences, not less',
    },
    { attack: 'word-trigger', dose: { rows: 25 }, because: 'one strange word does not make a strange row' },
  ],
  matters: { surprise: 1, isolation: 1000 },
  examples: [{ name: 'reviews with five rows of random characters', rows: strange, finds: ['unlike'] }],
})

describe('outlier-text', () => {
  it('puts the strange rows first', async () => {
    const { accusations } = await judgeTable(tableOfRows('strange', strange), [outlierText])
    expect(accusations[0]!.claim.rows!.slice(0, 5).sort()).toEqual([400, 401, 402, 403, 404])
  })
})
