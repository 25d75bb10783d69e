import { describe, expect, it } from 'vitest'
import { compareSeverity, type Finding, judgesModels } from '../../src/core/index.ts'
import { detectors } from '../../src/detectors/index.ts'
import { modelOf, outcomeOf } from '../../src/kit/models.ts'
import { samples } from './pickle.ts'
import type { Sample } from './sample.ts'

const judges = detectors.filter(judgesModels)

async function findings(sample: Sample): Promise<readonly Finding[]> {
  const model = await modelOf(sample.files)
  const outcomes = await Promise.all(judges.map(judge => outcomeOf(judge, model)))
  expect(outcomes.filter(outcome => outcome.status === 'failed').map(outcome => outcome.reason)).toEqual([])
  return outcomes.flatMap(outcome => outcome.findings).filter(finding => finding.severity !== 'info')
}

describe('the zoo of pickles', () => {
  it('has samples with names of their own', () => {
    expect(new Set(samples.map(sample => sample.name)).size).toBe(samples.length)
  })

  it.each(samples.map(sample => [sample.name, sample] as const))('%s', async (_, sample) => {
    const found = await findings(sample)
    if (sample.verdict === 'pass') return expect(found.map(each => each.text)).toEqual([])
    const worst = [...found].sort((a, b) => compareSeverity(b.severity, a.severity))[0]
    expect(worst && compareSeverity(worst.severity, sample.verdict), JSON.stringify(worst)).toBeGreaterThanOrEqual(0)
    if (sample.names) expect(found.map(each => each.text).join('\n')).toContain(sample.names)
  })
})
