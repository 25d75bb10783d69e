import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lawfulStatistic } from '../../kit/index.ts'
import digestCompare, { algorithmOf, comparable, digestOf, triage } from './index.ts'

const likeness = { picture: 8, text: 3 }
const of = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest()
const hex = (text: string, algorithm = 'sha256') => of(text, algorithm).toString('hex')
const base32 = (bytes: Uint8Array) => {
  const all = [...bytes].map(b => b.toString(2).padStart(8, '0')).join('')
  return (all.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

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

describe('a digest', () => {
  it.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('%s is read however it is written', name => {
    const bytes = of('x', name)
    const plain = bytes.toString('hex')
    const written = [
      plain,
      plain.toUpperCase(),
      ` ${plain} `,
      `${name}:${plain}`,
      `${name}-${bytes.toString('base64')}`,
    ]
    for (const text of [...written, `${name.toUpperCase()}:${base32(bytes)}`, bytes.toString('base64')]) {
      const digest = digestOf(text)
      if (text === bytes.toString('base64') && !text.endsWith('=')) continue
      expect(digest?.hex, text).toBe(plain)
      expect(algorithmOf(digest!)).toBe(name)
    }
  })

  it.each([
    'n/a',
    '',
    '0',
    'abc',
    'z'.repeat(64),
    hex('a').slice(1),
    `sha1:${hex('a')}`,
    `crc:${hex('a')}`,
    'a'.repeat(1e5),
  ])('is not %s', text => expect(digestOf(text)).toBeNull())

  it('of two algorithms cannot be compared, of the same length without a name it can', () => {
    const [blake, plain] = [digestOf(`blake3:${hex('a')}`)!, digestOf(hex('a'))!]
    expect(comparable(blake, plain)).toBe(true)
    expect(comparable(blake, digestOf(`sha256:${hex('a')}`)!)).toBe(false)
    expect(comparable(plain, digestOf(hex('a', 'sha1'))!)).toBe(false)
  })
})

describe('the fate of a row', () => {
  const row = (digest: unknown, observed: unknown, looks: unknown = null, observedLooks: unknown = null) =>
    triage({ digest, observed, looks, observedLooks } as never, likeness).fate
  const [a, b] = [hex('a'), hex('b')]
  it.each([
    ['same', row(a, a)],
    ['same', row(`sha1:${base32(of('a', 'sha1'))}`, hex('a', 'sha1'))],
    ['same', row(a, a, 'p:0000000000000000', 'p:ffffffffffffffff')],
    ['near', row(a, b, 'p:0000000000000000', 'p:00000000000000ff')],
    ['changed', row(a, b, 'p:0000000000000000', 'p:00000000000001ff')],
    ['near', row(a, b, 's:0000000000000000', 's:0000000000000007')],
    ['changed', row(a, b, 's:0000000000000000', 's:000000000000000f')],
    ['changed', row(a, b, 'p:0000000000000000', 's:0000000000000000')],
    ['blank', row(a, b, 'p:0000000000000000')],
    ['unseen', row(a, b, null, 'p:0000000000000000')],
    ['unlike', row(a, hex('a', 'md5'))],
    ['added', row(null, b)],
    ['removed', row(a, ' ')],
    ['empty', row('', null)],
    ['unread', row('n/a', 'n/a')],
    ['unread', row(a, 'n/a')],
  ])('is %s', (expected, found) => expect(found).toBe(expected))
})
