import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { accept } from '../../kit/index.ts'
import { judgeTable, published, publishedSets, score } from '../../lab/index.ts'
import styleCampaign from './index.ts'

accept(styleCampaign, {
  clean: ['reviews', 'languages', 'sms', 'comments', 'sst2', 'olid', 'emails', 'rotten-tomatoes', 'yelp'],
  caught: [
    { attack: 'syntactic-style', dose: { rate: 0.1 }, on: 'sst2', precision: 0.8 },
    { attack: 'syntactic-style', dose: { rate: 0.05 }, on: 'olid', precision: 0.8 },
  ],
  missed: [
    {
      attack: 'syntactic-style',
      dose: { rows: 25 },
      on: 'sst2',
      because: 'six templates leave too few rows to each opening',
    },
  ],
  matters: { fewest: 300, risk: 1e-30 },
})

describe('published poisoned sets', () => {
  for (const id of publishedSets) {
    const set = published(id)
    it.skipIf(!set)(`puts the poisoned rows of ${id} first`, async () => {
      const judged = await judgeTable(tableOfRows(id, set!.rows), [styleCampaign])
      const found = score(judged, set!)
      expect(found.precision).toBeGreaterThan(0.9)
      expect(found.auroc).toBeGreaterThan(0.9)
    })
  }
})
