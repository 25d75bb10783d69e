import { describe, expect, it } from 'vitest'
import { judgeCode } from './judge.ts'
import { rules } from './rules/index.ts'

describe('rules', () => {
  for (const { id, languages, cwe, vulnerable, fixed } of rules)
    describe(id, () => {
      for (const language of languages.slice(0, 1)) {
        it.each(vulnerable)('finds %j', code => {
          expect(judgeCode(code, language).findings.map(f => f.rule)).toContain(id)
        })
        it.each(fixed)('passes %j', code => {
          expect(judgeCode(code, language).findings.map(f => f.rule)).not.toContain(id)
        })
      }
      it('names weaknesses and has examples of both', () => {
        for (const name of cwe) expect(name).toMatch(/^CWE-\d+$/)
        expect(vulnerable.length).toBeGreaterThan(0)
        expect(fixed.length).toBeGreaterThan(0)
      })
    })
})
