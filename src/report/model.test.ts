import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { report as reportShape } from '../core/index.ts'
import { type ReportFormat, render, reportFormats } from './index.ts'
import { sampleModelDecision, sampleModelReport } from './sample-model.ts'
import { widthOf } from './screen.ts'

const report = sampleModelReport()
const decision = sampleModelDecision(report)
const endings = { terminal: 'txt', json: 'json', sarif: 'sarif', html: 'html', junit: 'xml', markdown: 'md' } as const
const written = (format: ReportFormat) => render(report, decision, format)
const count = (text: string, part: string | RegExp) => text.split(part).length - 1

describe('the sample of a model', () => {
  it('is a valid report with every kind of evidence and figure of models', () => {
    reportShape.parse(report)
    const evidence = new Set(report.outcomes.flatMap(o => o.findings.map(f => f.evidence.kind)))
    expect([...evidence].sort()).toEqual(['act', 'place', 'template', 'tensor'])
    const figures = new Set(report.outcomes.flatMap(o => o.figures.map(f => f.kind)))
    expect([...figures].sort()).toEqual(['listing', 'names'])
  })
})

describe.each(reportFormats)('%s of a model', format => {
  it('is what the golden file holds', async () => {
    await expect(written(format)).toMatchFileSnapshot(`golden/model.${endings[format]}`)
  })

  it('names the verdict, what was left out, and the offending call', () => {
    const text = written(format)
    expect(text.toLowerCase()).toContain('block')
    expect(text).toContain('away.bin')
    expect(text).toContain('posix.system')
  })
})

describe('one finding in 200 files', () => {
  it('is one entry at the terminal, within 80 columns', () => {
    const text = written('terminal')
    expect(count(text, '■ ')).toBe(5)
    expect(text).toMatch(/The same in 199 further places, 199 files: shards\/part-001\.pkl/)
    expect(text.split('\n').filter(line => widthOf(line) > 80)).toEqual([])
    expect(text.split('\n').length).toBeLessThan(140)
  })

  it('is one card on the page, and each place has an address', () => {
    const text = written('html')
    expect(count(text, '<article')).toBe(5)
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(match => match[1]!)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(match => match[1]!)
    expect(links.filter(link => !ids.includes(link))).toEqual([])
    for (const { findings } of report.outcomes) for (const { id } of findings) expect(ids).toContain(`f-${id}`)
  })

  it('is one heading in Markdown', () => {
    expect(count(written('markdown'), '\n### ')).toBe(4)
    expect(written('markdown').length).toBeLessThan(60_000)
  })

  it('is a case for each file in JUnit, and the counts are right', () => {
    const text = written('junit')
    expect(count(text, 'classname="bezoar.file"')).toBe(204)
    expect(text).toContain(`tests="${count(text, '<testcase ')}" failures="${count(text, '<failure ')}"`)
  })
})

describe('sarif of a model', () => {
  const log = JSON.parse(written('sarif')) as Sarif
  const run = log.runs[0]!

  it('is valid SARIF 2.1.0', () => {
    const { $schema: _, id: __, ...schema } = sarifSchema
    const ajv = new Ajv({ strict: false, unicodeRegExp: false })
    addFormats.default(ajv)
    const validate = ajv.compile(schema)
    validate(log)
    expect(validate.errors).toBeNull()
  })

  it('points to bytes of the member, inside of the file that holds it', () => {
    const { physicalLocation } = run.results[0]!.locations[0]!
    expect(physicalLocation.region).toEqual({ byteOffset: 41, byteLength: 1 })
    expect(physicalLocation.artifactLocation.uri).toBe('pytorch_model.bin/archive/data.pkl')
    const member = run.artifacts[physicalLocation.artifactLocation.index]!
    expect(member.location.uri).toBe(physicalLocation.artifactLocation.uri)
    expect(run.artifacts[member.parentIndex!]!.location.uri).toBe('pytorch_model.bin')
  })
})

interface Sarif {
  readonly runs: readonly {
    readonly artifacts: readonly { readonly location: { readonly uri: string }; readonly parentIndex?: number }[]
    readonly results: readonly {
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly index: number }
          readonly region?: object
        }
      }[]
    }[]
  }[]
}
