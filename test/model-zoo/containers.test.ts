import { describe, expect, it } from 'vitest'
import { compareSeverity, type Finding, type Model } from '../../src/core/index.ts'
import fileStructure from '../../src/detectors/file-structure/index.ts'
import graphOperator from '../../src/detectors/graph-operator/index.ts'
import pickleProgram from '../../src/detectors/pickle-program/index.ts'
import unreadBytes from '../../src/detectors/unread-bytes/index.ts'
import { modelOf, outcomeOf } from '../../src/kit/models.ts'
import { samples } from './containers.ts'

/** A look at any of them takes less than this, also at bombs. */
const patienceMs = 10_000

async function findingsOf(model: Model): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const detector of [pickleProgram, graphOperator, fileStructure, unreadBytes]) {
    const outcome = await outcomeOf(detector, model)
    expect(outcome.status).not.toBe('failed')
    found.push(...outcome.findings)
  }
  return found.filter(finding => finding.severity !== 'info')
}

describe('the zoo of containers', () => {
  it('has samples with names of their own', () => {
    expect(new Set(samples.map(sample => sample.name)).size).toBe(samples.length)
  })

  it.each(samples.map(sample => [sample.name, sample] as const))('%s', { timeout: patienceMs }, async (_, sample) => {
    const found = await findingsOf(await modelOf(sample.files))
    const said = found.map(each => `${each.severity} ${each.text}`).join('\n')
    if (sample.verdict === 'pass') return expect(said).toBe('')
    const worst = [...found].sort((a, b) => compareSeverity(b.severity, a.severity))[0]
    expect(worst && compareSeverity(worst.severity, sample.verdict), said).toBeGreaterThanOrEqual(0)
    if (sample.names) expect(said).toContain(sample.names)
  })
})
