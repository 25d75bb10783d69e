import { readFileSync } from 'node:fs'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { type Evidence, Fault, type Figure, frameworkIds, report as reportShape } from '../core/index.ts'
import { type ReportFormat, readReport, render, reportFormats } from './index.ts'
import { sampleDecision, sampleReport } from './sample.ts'
import { widthOf } from './screen.ts'

const report = sampleReport()
const decision = sampleDecision(report)
const endings = { terminal: 'txt', json: 'json', sarif: 'sarif', html: 'html', junit: 'xml', markdown: 'md' } as const
const written = (format: ReportFormat) => render(report, decision, format)

describe('the sample', () => {
  it('is a valid report with every kind of evidence, figure and outcome', () => {
    reportShape.parse(report)
    const evidence = new Set(report.outcomes.flatMap(o => o.findings.map(f => f.evidence.kind)))
    const kinds: Evidence['kind'][] = [
      'trigger',
      'rows',
      'cluster',
      'group',
      'characters',
      'matrix',
      'shift',
      'location',
    ]
    expect([...evidence].sort()).toEqual(kinds.sort())
    const figures: Figure['kind'][] = ['volcano', 'heat', 'bars', 'line']
    expect([...new Set(report.outcomes.flatMap(o => o.figures.map(f => f.kind)))].sort()).toEqual(figures.sort())
    expect(new Set(report.outcomes.map(o => o.status))).toEqual(new Set(['found', 'clean', 'skipped', 'failed']))
  })
})

describe.each(reportFormats)('%s', format => {
  it('is what the golden file holds', async () => {
    await expect(written(format)).toMatchFileSnapshot(`golden/sample.${endings[format]}`)
  })

  it('gives the same bytes for an equal report', () => {
    const again = structuredClone(report)
    expect(render(again, sampleDecision(again), format)).toBe(written(format))
  })

  it('names the verdict, each open finding and the detector that failed', () => {
    const text = written(format)
    expect(text.toLowerCase()).toContain('block')
    for (const { finding } of decision.reasons) if (finding) expect(text).toContain(finding)
    expect(text).toContain('rater-lockstep')
  })

  it('writes an empty report without complaint', () => {
    const empty = { ...report, outcomes: [], coverage: { ...report.coverage, rows: 0, notLookedAt: [], columns: [] } }
    const text = render(
      empty,
      { verdict: 'hold', reasons: [{ text: 'No detector could judge this artifact.' }], waived: [] },
      format,
    )
    expect(text).toContain('No detector could judge this artifact.')
  })
})

describe('terminal', () => {
  it.each([40, 60, 80, 100])('keeps every line within %i columns', width => {
    const lines = render(report, decision, 'terminal', { width }).split('\n')
    expect(lines.filter(line => widthOf(line) > width)).toEqual([])
  })

  it('is coloured only when told so, and says the same', () => {
    const coloured = render(report, decision, 'terminal', { colour: true })
    expect(written('terminal')).not.toContain('\u001b')
    expect(coloured).toContain('\u001b[')
    expect(coloured.replace(/\u001b\[\d+m|\u00a0/g, '')).toBe(written('terminal'))
  })

  it('says the verdict first, then findings by severity, then what was not looked at, then what to do', () => {
    const text = written('terminal')
    const order = ['BLOCK', 'Do not train', '■ BLOCK', '■ HOLD', '■ INFO', '■ WAIVED', 'Not looked at', 'Next'].map(w =>
      text.indexOf(w),
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
  })
})

describe('columns that were joined', () => {
  const { coverage } = report
  const columns = [...coverage.columns, { name: 'observed', role: 'observed', because: 'joined' }]
  const joined = { ...report, coverage: { ...coverage, columns } }
  it('are said to be, and the rows they accuse are cleaned by a report', () => {
    expect(render(joined, decision, 'html')).toContain('joined from what was looked up')
    expect(render(joined, decision, 'terminal').replace(/\s+/g, ' ')).toMatch(/bezoar clean \S+ --report report\.json/)
    expect(render(report, decision, 'terminal')).not.toContain('--report report.json')
  })
})

describe('json', () => {
  it('holds to the committed schema', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../../docs/schema/report-1.0.json', import.meta.url), 'utf8'),
    ) as object
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    validate(JSON.parse(written('json')))
    expect(validate.errors).toBeNull()
    validate({ ...JSON.parse(written('json')), seed: 'one' })
    expect(validate.errors).not.toBeNull()
  })

  it('is read back as the same report', () => {
    expect(readReport(written('json'), 'report.json')).toEqual(report)
  })

  it('has sorted keys, whatever the order of the report', () => {
    const turned = Object.fromEntries(Object.entries(report).reverse()) as typeof report
    expect(render(turned, decision, 'json')).toBe(written('json'))
  })

  it.each(['', '{', '[]', '{"version":"9.0"}'])('refuses %j as a report, naming the file', text => {
    expect(() => readReport(text, 'old.json')).toThrow(Fault)
    expect(() => readReport(text, 'old.json')).toThrow('old.json')
  })
})

describe('sarif', () => {
  const log = JSON.parse(written('sarif')) as SarifLog
  const [run] = log.runs

  it('is valid SARIF 2.1.0', () => {
    const { $schema: _, id: __, ...schema } = sarifSchema
    const ajv = new Ajv({ strict: false, unicodeRegExp: false })
    addFormats.default(ajv)
    const validate = ajv.compile(schema)
    validate(log)
    expect(validate.errors).toBeNull()
    validate({ ...log, version: '1.0' })
    expect(validate.errors).not.toBeNull()
  })

  it('maps severities to levels and finding ids to fingerprints', () => {
    const levels = run!.results.map(r => r.level)
    expect(new Set(levels)).toEqual(new Set(['error', 'warning', 'note']))
    expect(run!.results[0]!.partialFingerprints['bezoarFinding/v1']).toBe(decision.reasons[0]!.finding)
    expect(run!.results.filter(r => r.suppressions)).toHaveLength(decision.waived.length)
  })

  it('has one taxonomy for each framework edition, and taxa that resolve', () => {
    const { taxonomies } = run!
    expect(taxonomies.map(t => `${t.name} ${t.version}`)).toContain('OWASP Top 10 for LLM Applications 2026 2026')
    for (const result of run!.results)
      for (const { id, index, toolComponent } of result.taxa)
        expect(taxonomies[toolComponent.index]!.taxa[index]!.id).toBe(id)
    const wanted = frameworkIds('backdoor-trigger').map(f => f.id)
    expect(run!.results[0]!.taxa.map(t => t.id).sort()).toEqual(wanted.sort())
  })

  it('gives lines where they are known and records everywhere', () => {
    const locations = run!.results.flatMap(r => r.locations)
    expect(locations.some(l => l.physicalLocation.region?.startLine === 89)).toBe(true)
    expect(locations.some(l => l.logicalLocations?.[0]?.name === 'record 1042')).toBe(true)
  })
})

interface SarifLog {
  readonly runs: readonly {
    readonly taxonomies: readonly {
      readonly name: string
      readonly version: string
      readonly taxa: readonly { id: string }[]
    }[]
    readonly results: readonly {
      readonly level: string
      readonly partialFingerprints: Readonly<Record<string, string>>
      readonly suppressions?: unknown
      readonly taxa: readonly { id: string; index: number; toolComponent: { index: number } }[]
      readonly locations: readonly {
        readonly physicalLocation: { readonly region?: { readonly startLine: number } }
        readonly logicalLocations?: readonly { readonly name: string }[]
      }[]
    }[]
  }[]
}

describe('junit', () => {
  it('counts what its cases say', () => {
    const text = written('junit')
    const count = (tag: string) => text.split(`<${tag}`).length - 1
    expect(text).toContain(
      `tests="${count('testcase ')}" failures="${count('failure')}" errors="${count('error ')}" skipped="${count('skipped ')}"`,
    )
    expect(count('failure')).toBe(3)
  })

  it('fails on what kept the verdict from passing, be it no finding', () => {
    const reasons = [{ text: 'Too many records could not be judged.' }]
    expect(render({ ...report, outcomes: [] }, { verdict: 'hold', reasons, waived: [] }, 'junit')).toContain(
      'failures="1"',
    )
  })
})
