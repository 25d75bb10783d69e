import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { triage } from './triage.ts'

const likeness = { picture: 8, text: 3 }
const of = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest()
const hex = (text: string, algorithm = 'sha256') => of(text, algorithm).toString('hex')
const base32 = (bytes: Uint8Array) => {
  const all = [...bytes].map(b => b.toString(2).padStart(8, '0')).join('')
  return (all.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

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
