import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Behaviour, type Exchange, exchangeOf, mostValues } from '../core/index.ts'
import { ownFolder } from './accept.ts'

/** An answer, what it answers, and values that it must or must not show. */
export interface Shown {
  readonly response: string
  readonly prompt?: string
  readonly system?: string
  /** Values it shows, among others. */
  readonly shows?: readonly string[]
  /** Values it does not show. */
  readonly lacks?: readonly string[]
}

const exchange = ({ system, prompt, response }: Shown): Exchange => exchangeOf(system ?? null, prompt ?? null, response)

const hostile = ['', ' ', '\u0000', '\ud800', '\u202e', 'x'.repeat(200_000), ' a.'.repeat(60_000), '```\n'.repeat(9000)]

/**
 * The law for behaviours: they show what they promise, the same each time, in few and short values that can be said in
 * words, on any text and quickly, and there is a page.
 */
export function acceptBehaviour(behaviour: Behaviour, examples: readonly Shown[]): void {
  const { id, of, phrase } = behaviour
  describe(id, () => {
    it.each(examples)('is told right of $response', example => {
      const values = of(exchange(example))
      expect(values).toEqual(expect.arrayContaining([...(example.shows ?? [])]))
      for (const value of example.lacks ?? []) expect(values).not.toContain(value)
    })
    it('has examples of what it sees and of what it leaves alone', () => {
      expect(examples.some(({ shows = [] }) => shows.length > 0)).toBe(true)
      expect(examples.some(({ lacks = [] }) => lacks.length > 0)).toBe(true)
    })
    it('is bounded, repeatable and has words for every value', () => {
      for (const own of [...hostile.map(response => ({ response })), ...examples]) {
        const values = of(exchange(own))
        expect(of(exchange(own))).toEqual(values)
        expect(values.length).toBeLessThanOrEqual(mostValues)
        expect(new Set(values).size).toBe(values.length)
        for (const value of values) {
          expect(value.length).toBeLessThanOrEqual(80)
          expect(phrase(value)).toMatch(/\w+ \w|\w "/)
        }
      }
    })
    it('takes no longer than 50 ms for an answer, however long', () => {
      for (const response of hostile) of(exchange({ response }))
      const begun = performance.now()
      for (const response of hostile) of(exchange({ response }))
      expect((performance.now() - begun) / hostile.length).toBeLessThan(50)
    })
    it('has a page', () => {
      const path = join(ownFolder(), 'page.md')
      expect(existsSync(path), path).toBe(true)
      expect(readFileSync(path, 'utf8')).toMatch(/^## What it tells[\s\S]*^## Limits/m)
    })
  })
}
