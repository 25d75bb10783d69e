import fc from 'fast-check'
import { lawfulStatistic } from '../../kit/index.ts'
import sealCounts, { seals } from './index.ts'

lawfulStatistic(sealCounts, {
  options: [{ places: 3 }, { places: 100 }],
  rows: fc.record({
    item: fc.oneof(fc.string({ maxLength: 12 }), fc.constant(null)),
    seal: fc.constantFrom(...seals, 'odd', '', null, 7),
    signer: fc.oneof(fc.string({ maxLength: 12 }), fc.constant(null)),
  }),
  flood: i => ({ item: `file ${i} `.repeat(80), seal: i % 7 === 0 ? `seal ${i}` : seals[i % 5]!, signer: `key ${i}` }),
  floodRows: 8000,
})
