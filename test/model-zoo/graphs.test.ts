import { describe, expect, it } from 'vitest'
import { samples } from './graphs.ts'
import { atLeast, judged, told } from './zoos.ts'

/** A look at any of them takes less than this. */
const patienceMs = 10_000

describe('the zoo of graphs', () => {
  it('has samples with names of their own', () => {
    expect(new Set(samples.map(sample => sample.name)).size).toBe(samples.length)
  })

  it.each(samples.map(sample => [sample.name, sample] as const))('%s', { timeout: patienceMs }, async (_, sample) => {
    const judgement = await judged(sample.files)
    const said = told(judgement)
    if (sample.verdict === 'pass') return expect(said.split('\n')[0], said).toBe('pass')
    expect(atLeast(judgement.decision.verdict, sample.verdict), said).toBe(true)
    if (sample.names) expect(said).toContain(sample.names)
  })
})
