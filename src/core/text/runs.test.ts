import { describe, expect, it } from 'vitest'
import { folded } from './characters.ts'
import { eachRun } from './runs.ts'

describe('eachRun', () => {
  it.each([/\p{L}+/gu, /[\s\p{Z}\p{Cc}]+/gu, /\p{sc=Han}+/gu, /[\u00c0-\u024f]+/gu])(
    'finds what %s matches',
    pattern => {
      const found = new Uint8Array(65536)
      eachRun(pattern, (first, end) => found.fill(1, first, end))
      const one = new RegExp(`^${pattern.source}$`, 'u')
      const wrong = Array.from(found.keys()).filter(unit => {
        const surrogate = unit >= 0xd800 && unit < 0xe000
        return (found[unit] === 1) !== (!surrogate && one.test(String.fromCharCode(unit)))
      })
      expect(wrong).toEqual([])
      expect(found).toContain(1)
    },
  )
})

describe('folded', () => {
  it('is the lower case of every unit whose lower case is one unit', () => {
    const wrong = Array.from(folded.keys()).filter(unit => {
      const lower = String.fromCharCode(unit).toLowerCase()
      return folded[unit] !== (lower.length === 1 ? lower.charCodeAt(0) : unit)
    })
    expect(wrong).toEqual([])
  })
})
