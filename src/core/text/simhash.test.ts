import { describe, expect, it } from 'vitest'
import { looksApart } from '../looks.ts'
import { simhash } from './simhash.ts'

const page = Array.from({ length: 300 }, (_, i) => `word${(i * 7919) % 211}`).join(' ')
const apart = (a: string, b: string) =>
  looksApart({ of: 'text', bits: simhash(a)! }, { of: 'text', bits: simhash(b)! })!

describe('simhash', () => {
  it('is a fixed name: what a lock recorded must be found again by later versions', () => {
    expect(simhash('the quick brown fox jumps over the lazy dog and runs away')!.toString(16)).toMatchInlineSnapshot(
      `"4ce3d9b6bc362f28"`,
    )
  })
  it('does not see case, spaces and punctuation', () => {
    expect(apart(page, page.toUpperCase().replaceAll(' ', '\n\n'))).toBe(0)
    expect(apart(page, page.replaceAll('word7 ', 'word7, '))).toBe(0)
  })
  it('moves a little when a page is edited a little', () => {
    expect(apart(page, `Updated 21 November at 08:15. ${page}`)).toBeLessThanOrEqual(8)
  })
  it('moves far when half of a page is replaced', () => {
    const other = Array.from({ length: 150 }, (_, i) => `casino${(i * 31) % 97}`).join(' ')
    expect(apart(page, `${page.slice(0, page.length / 2)} ${other}`)).toBeGreaterThan(12)
  })
  it('says nothing of what has hardly a word', () => {
    expect(simhash('')).toBeNull()
    expect(simhash('one two three four five six seven')).toBeNull()
    expect(simhash('!!! ... ### --- /// ::: *** ??? +++ === %%%')).toBeNull()
  })
  it('reads scripts without spaces', () => {
    expect(simhash('東京は日本の首都であり世界最大の都市のひとつです')).not.toBeNull()
  })
})
