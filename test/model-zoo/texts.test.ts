import { describe, expect, it } from 'vitest'
import { membersOf } from '../../src/core/index.ts'
import { detectors } from '../../src/detectors/index.ts'
import { modelOf, outcomeOf } from '../../src/kit/models.ts'
import type { Sample } from './sample.ts'
import { texts } from './texts.ts'

const judges = detectors.filter(
  d => 'model' in d.input && !['weight-diff', 'embedding-outlier', 'layer-outlier'].includes(d.id),
)

/** The verdict of all detectors that judge files, and everything that they say. */
async function judged({ files }: Sample): Promise<{ verdict: string; said: string }> {
  const model = await modelOf(files)
  const outcomes = []
  for (const detector of judges) if ('model' in detector.input) outcomes.push(await outcomeOf(detector as never, model))
  const findings = outcomes.flatMap(o => o.findings)
  const failed = outcomes.filter(o => o.status === 'failed').map(o => `${o.detector} failed: ${o.reason}`)
  const notes = model.files.flatMap(f => [...membersOf(f.root)].flatMap(m => m.notes.map(n => n.rule)))
  const has = (severity: string) => findings.some(f => f.severity === severity)
  const verdict = failed.length > 0 ? 'failed' : has('block') ? 'block' : has('hold') ? 'hold' : 'pass'
  return { verdict, said: [...findings.map(f => `${f.detector} ${f.text}`), ...notes, ...failed].join('\n') }
}

describe('the zoo of texts', () => {
  it('has a name for each sample', () => {
    expect(new Set(texts.map(t => t.name)).size).toBe(texts.length)
  })
  it.each(texts.map(t => [t.name, t] as const))('%s', async (_, sample) => {
    const { verdict, said } = await judged(sample)
    expect({ verdict, said }, said).toEqual({
      verdict: sample.verdict,
      said: expect.stringContaining(sample.names ?? ''),
    })
  })
})
