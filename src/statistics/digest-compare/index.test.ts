import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { lawfulStatistic } from '../../kit/index.ts'
import digestCompare from './index.ts'

const likeness = { picture: 8, text: 3 }
const hex = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest('hex')

const anyDigest = fc.oneof(
  fc.constantFrom(hex('a'), hex('b'), hex('a').toUpperCase(), `sha256:${hex('a')}`, hex('a', 'md5'), '', null, 'n/a'),
  fc.string({ unit: 'binary', maxLength: 70 }),
)
const anyLooks = fc.constantFrom(
  'p:00000000000000ff',
  'p:00000000000000f0',
  'p:ffffffffffffffff',
  's:0000000000000001',
  null,
  'x',
)

lawfulStatistic(digestCompare, {
  options: [{ likeness }],
  rows: fc.record({ digest: anyDigest, observed: anyDigest, looks: anyLooks, observedLooks: anyLooks }),
  flood: i => ({ digest: hex(`${i % 1000}`), observed: hex('b'), looks: null, observedLooks: 'p:00000000000000ff' }),
  floodRows: 210_000,
  runs: 30,
})
