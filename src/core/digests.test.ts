import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { algorithmOf, comparable, readDigest } from './digests.ts'

const of = (text: string, algorithm = 'sha256') => createHash(algorithm).update(text).digest()
const hex = (text: string, algorithm = 'sha256') => of(text, algorithm).toString('hex')
const base32 = (bytes: Uint8Array) => {
  const all = [...bytes].map(b => b.toString(2).padStart(8, '0')).join('')
  return (all.match(/.{1,5}/g) ?? [])
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

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
      const digest = readDigest(text)
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
  ])('is not %s', text => expect(readDigest(text)).toBeNull())

  it('of two algorithms cannot be compared, of the same length without a name it can', () => {
    const [blake, plain] = [readDigest(`blake3:${hex('a')}`)!, readDigest(hex('a'))!]
    expect(comparable(blake, plain)).toBe(true)
    expect(comparable(blake, readDigest(`sha256:${hex('a')}`)!)).toBe(false)
    expect(comparable(plain, readDigest(hex('a', 'sha1'))!)).toBe(false)
  })
})
