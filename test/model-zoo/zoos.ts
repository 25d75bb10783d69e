import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compareSeverity, type Decision, type Finding, type ModelBytes, type Report } from '../../src/core/index.ts'
import { modelOf } from '../../src/kit/models.ts'
import { decide, defaultPolicy } from '../../src/policy/index.ts'
import { scanModel } from '../../src/scan/index.ts'
import type { Sample } from './sample.ts'

export { modelOf }

/** The samples of one area. */
export interface Zoo {
  readonly area: string
  readonly samples: readonly Sample[]
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const apart = new Set(['sample.ts', 'zoos.ts'])

/** Every zoo that stands beside this file. */
export async function zoos(): Promise<Zoo[]> {
  const files = readdirSync(folder).filter(name => name.endsWith('.ts') && !name.includes('.test.') && !apart.has(name))
  const all: Zoo[] = []
  for (const file of files.sort()) {
    const module = (await import(`./${file}`)) as Record<string, unknown>
    const samples = Object.values(module).flatMap(value => (Array.isArray(value) ? value.filter(isSample) : []))
    all.push({ area: file.replace(/\.ts$/, ''), samples })
  }
  return all
}

const isSample = (value: unknown): value is Sample =>
  typeof value === 'object' && value !== null && 'files' in value && 'verdict' in value && 'class' in value

/** What all detectors of models and the default policy make of files in memory. */
export async function judged(files: ModelBytes): Promise<{ readonly report: Report; readonly decision: Decision }> {
  const report = await scanModel(await modelOf(files), {})
  return { report, decision: decide(report, defaultPolicy, new Date(0)) }
}

const order = ['pass', 'hold', 'block']

/** True when a verdict is at least as grave as another. */
export const atLeast = (verdict: Decision['verdict'], least: Decision['verdict']): boolean =>
  order.indexOf(verdict) >= order.indexOf(least)

/** Everything that is found, the gravest first. */
export const findingsOf = ({ outcomes }: Report): Finding[] =>
  outcomes.flatMap(o => o.findings).sort((a, b) => compareSeverity(b.severity, a.severity))

/** True when a finding says a word, in its text or as what it shows. */
export function says(finding: Finding, word: string): boolean {
  const json = JSON.stringify(finding)
  return finding.text.includes(word) || json.includes(word) || json.includes(JSON.stringify(word).slice(1, -1))
}

/** Findings in a few lines, for messages of tests. */
export const told = ({ report, decision }: { report: Report; decision: Decision }): string =>
  [
    decision.verdict,
    ...findingsOf(report)
      .slice(0, 6)
      .map(f => `  ${f.severity} ${f.detector}/${f.message}: ${f.text}`),
    ...(report.coverage.unjudged ?? []).slice(0, 4).map(text => `  unjudged: ${text}`),
    ...report.outcomes.filter(o => o.status === 'failed').map(o => `  ${o.detector} failed: ${o.reason}`),
  ].join('\n')
