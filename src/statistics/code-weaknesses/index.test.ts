import { describe, expect, it } from 'vitest'
import { tableOfRows } from '../../core/index.ts'
import { foldEngine } from '../../engines/index.ts'
import { lawfulStatistic } from '../../kit/index.ts'
import codeWeaknesses, { type CodeWeaknessesOptions } from './index.ts'

const weak = 'def f(x):\n    return eval(x)\n'
const sound = 'def f(x):\n    return int(x)\n'

lawfulStatistic(codeWeaknesses, {
  options: [
    { answer: 'response', limit: 5, work: 1e6, seed: 1 },
    { answer: 'chosen', limit: 40, work: 1e6, seed: 2 },
    { answer: 'chosen', limit: 40, work: 200, seed: 2 },
  ],
  flood: i => ({ response: i % 3 === 0 ? weak : `${sound}# ${i}`, chosen: weak }),
  floodRows: 300,
})

describe('code-weaknesses', () => {
  const measured = async (responses: readonly string[], options: Partial<CodeWeaknessesOptions> = {}) => {
    const rows = responses.map(response => ({ prompt: 'p', response }))
    const engine = foldEngine(tableOfRows('t', rows), new Map([['code-weaknesses', codeWeaknesses]]))
    return (
      await engine.measure({
        a: codeWeaknesses.request({ answer: 'response', limit: 100, work: 1e6, seed: 1, ...options }),
      })
    ).a
  }

  it('tells the weakness of each answer and counts those with code', async () => {
    const { answers, judged, total } = await measured([weak, sound, 'No code here, only a sentence of words.'])
    expect([judged, total]).toEqual([2, 2])
    expect(answers.map(a => a.row)).toEqual([0])
    expect(answers[0]!.findings.map(f => f.cwe[0])).toContain('CWE-95')
  })

  it('judges no more than its budget, and not only the first ones', async () => {
    const { answers, judged, total } = await measured(new Array(200).fill(weak), { limit: 20 })
    expect([judged, total, answers.length]).toEqual([20, 200, 20])
    expect(Math.max(...answers.map(a => a.row))).toBeGreaterThan(100)
  })

  it('stops where the work would be too much, and not at a number of answers alone', async () => {
    const long = `${weak}${'# a remark of some length\n'.repeat(200)}`
    const { judged, total } = await measured(new Array(24).fill(long), { work: 130_000 })
    expect(total).toBe(24)
    expect(judged).toBeGreaterThan(3)
    expect(judged).toBeLessThan(12)
  })

  it('says what it could not judge', async () => {
    const { answers } = await measured([`\`\`\`python\nx = ${'('.repeat(1000)}\n\`\`\``, '```cobol\nADD 1 TO X.\n```'])
    expect(answers.map(a => a.unjudged.length)).toEqual([1, 1])
  })
})
