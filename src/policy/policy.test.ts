import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault, type Finding, type Outcome, type Report, severities } from '../core/index.ts'
import { decide, defaultPolicy, type Policy, parsePolicy, policyTemplate } from './index.ts'

const now = new Date('2026-11-21T12:00:00Z')
const rank = { pass: 0, hold: 1, block: 2 }
const digest = 'a'.repeat(64)

const findingOf = (n: number, severity: Finding['severity']): Finding => ({
  id: n.toString(16).padStart(16, '0'),
  detector: `detector-${n % 3}`,
  message: n % 2 === 0 ? 'even' : 'odd',
  severity,
  threat: 'data-injection',
  text: `Finding ${n}.`,
  evidence: { kind: 'rows', total: 1, score: 1, expected: 0, examples: [] },
})

const outcomeOf = (detector: string, more: Partial<Outcome> = {}): Outcome => ({
  detector,
  version: '1',
  threat: 'data-injection',
  status: 'clean',
  options: {},
  rows: 10,
  findings: [],
  figures: [],
  ...more,
})

function reportOf(outcomes: Outcome[], coverage: Partial<Report['coverage']> = {}): Report {
  return {
    $schema: '',
    version: '1.0',
    tool: { name: 'bezoar', version: '0.1.0' },
    artifact: { name: 'a', kind: 'dataset', digest, parts: [] },
    seed: 1,
    outcomes,
    coverage: { rows: 10, lostRows: 0, bytes: 1, columns: [], notLookedAt: [], engine: 'fold', ...coverage },
    baseline: {},
  }
}

const withFindings = (...findings: Finding[]) => reportOf([outcomeOf('detector-0', { status: 'found', findings })])
const policyOf = (more: Partial<Policy>): Policy => ({ ...defaultPolicy, ...more })
const waiverOf = (finding: Finding, expires = '2027-01-01') => ({ finding: finding.id, reason: 'known', expires })

describe('decide', () => {
  it.each([
    ['info', 'pass'],
    ['hold', 'hold'],
    ['block', 'block'],
  ] as const)('makes %s a %s', (severity, verdict) => {
    expect(decide(withFindings(findingOf(1, severity)), defaultPolicy, now).verdict).toBe(verdict)
  })

  it('gives the gravest reason first', () => {
    const { reasons } = decide(withFindings(findingOf(1, 'hold'), findingOf(2, 'block')), defaultPolicy, now)
    expect(reasons.map(r => r.severity)).toEqual(['block', 'hold'])
  })

  it.each([
    ['no outcome', reportOf([])],
    [
      'only skipped detectors',
      reportOf([outcomeOf('a', { status: 'skipped', cause: 'no-column', reason: 'no "x" column' })]),
    ],
    ['no row', reportOf([outcomeOf('a')], { rows: 0 })],
    ['a failed detector', reportOf([outcomeOf('a'), outcomeOf('b', { status: 'failed', reason: 'broke' })])],
    ['a stopped detector', reportOf([outcomeOf('a'), outcomeOf('b', { status: 'skipped', cause: 'stopped' })])],
    ['a detector skipped for an unknown cause', reportOf([outcomeOf('a'), outcomeOf('b', { status: 'skipped' })])],
    ['too many lost rows', reportOf([outcomeOf('a')], { rows: 100, lostRows: 1 })],
  ])('holds on %s', (_, report) => {
    const { verdict, reasons } = decide(report, defaultPolicy, now)
    expect(verdict).toBe('hold')
    expect(reasons.length).toBeGreaterThan(0)
  })

  it('passes when a detector that lacks a column is not required, and holds when it is', () => {
    const report = reportOf([
      outcomeOf('a'),
      outcomeOf('b', { status: 'skipped', cause: 'no-column', reason: 'no "x" column' }),
    ])
    expect(decide(report, defaultPolicy, now).verdict).toBe('pass')
    expect(decide(report, policyOf({ required: ['b'] }), now).reasons[0]?.text).toContain('requires b')
    expect(decide(report, policyOf({ required: ['never-ran'] }), now).verdict).toBe('hold')
  })

  it('holds when nothing that judged reads what the rows say, and says what to do', () => {
    const idle = outcomeOf('reader', { status: 'skipped', cause: 'no-column', needs: ['text', 'label'] })
    const bytes = outcomeOf('bytes', { needs: [] })
    const { verdict, reasons } = decide(reportOf([idle, bytes]), defaultPolicy, now)
    expect(verdict).toBe('hold')
    expect(reasons[0]?.text).toContain('--text NAME')
    const read = outcomeOf('other', { needs: ['text'] })
    expect(decide(reportOf([idle, bytes, read]), defaultPolicy, now).verdict).toBe('pass')
    expect(decide(reportOf([bytes]), defaultPolicy, now).verdict).toBe('pass')
  })

  it('holds where what is known about rows was judged and a column of prose was not', () => {
    const idle = outcomeOf('reader', { status: 'skipped', cause: 'no-column', needs: ['text', 'label'] })
    const about = outcomeOf('about', { needs: ['url'] })
    const column = { name: 'what "it" says', prose: true }
    const verdictOf = (outcomes: Outcome[], columns: Report['coverage']['columns']) =>
      decide(reportOf(outcomes, { columns }), defaultPolicy, now)
    const held = verdictOf([idle, about], [{ name: 'url', role: 'url' }, column])
    expect(held.verdict).toBe('hold')
    expect(held.reasons[0]?.text).toContain('--text "what "it" says"')
    for (const columns of [[], [{ name: 'width' }], [{ ...column, role: 'text' }], [{ ...column, prose: false }]])
      expect(verdictOf([idle, about], columns).verdict).toBe('pass')
    expect(verdictOf([idle, about, outcomeOf('read', { needs: ['text'] })], [column]).verdict).toBe('pass')
    expect(verdictOf([about], [column]).verdict).toBe('pass')
  })

  it('follows the severities of a policy, the message before the detector', () => {
    const report = withFindings(findingOf(3, 'block'))
    expect(decide(report, policyOf({ severities: { 'detector-0': 'info' } }), now).verdict).toBe('pass')
    const both = { 'detector-0': 'info', 'detector-0/odd': 'hold' } as const
    expect(decide(report, policyOf({ severities: both }), now).verdict).toBe('hold')
  })

  it('counts a waiver through its last day and says when it has expired', () => {
    const finding = findingOf(1, 'block')
    const on = (expires: string) =>
      decide(withFindings(finding), policyOf({ waivers: [waiverOf(finding, expires)] }), now)
    expect(on('2026-11-21')).toMatchObject({ verdict: 'pass', waived: [{ finding: finding.id, reason: 'known' }] })
    expect(on('2026-11-20').verdict).toBe('block')
    expect(on('2026-11-20').reasons[0]?.text).toContain('expired on 2026-11-20')
  })

  it('binds a waiver to the bytes it names', () => {
    const finding = findingOf(1, 'block')
    const waive = (waiver: object) =>
      decide(withFindings(finding), policyOf({ waivers: [{ reason: 'known', expires: '2027-01-01', ...waiver }] }), now)
    expect(waive({ artifact: digest }).verdict).toBe('pass')
    expect(waive({ artifact: 'b'.repeat(64) }).verdict).toBe('block')
    const other = waive({ artifact: 'b'.repeat(64), finding: finding.id })
    expect(other.verdict).toBe('block')
    expect(other.reasons[0]?.text).toContain('another digest')
  })
})

const arbitraryFinding = fc
  .record({ n: fc.integer({ min: 0, max: 40 }), severity: fc.constantFrom(...severities) })
  .map(({ n, severity }) => findingOf(n, severity))
const arbitraryFindings = fc.uniqueArray(arbitraryFinding, { selector: f => f.id, maxLength: 8 })
const arbitraryPolicy = fc
  .record({
    waived: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
    expired: fc.boolean(),
    severity: fc.option(fc.constantFrom(...severities)),
  })
  .map(({ waived, expired, severity }) =>
    policyOf({
      waivers: waived.map(n => waiverOf(findingOf(n, 'info'), expired ? '2020-01-01' : '2027-01-01')),
      severities: severity ? { 'detector-1': severity } : {},
    }),
  )

describe('laws of decide', () => {
  it('a finding more never makes the verdict milder', () => {
    fc.assert(
      fc.property(arbitraryFindings, arbitraryFinding, arbitraryPolicy, (findings, more, policy) => {
        const before = decide(withFindings(...findings), policy, now).verdict
        expect(rank[decide(withFindings(...findings, more), policy, now).verdict]).toBeGreaterThanOrEqual(rank[before])
      }),
    )
  })

  it('a graver severity never makes the verdict milder', () => {
    fc.assert(
      fc.property(arbitraryFindings, fc.nat(), arbitraryPolicy, (findings, pick, policy) => {
        fc.pre(findings.length > 0)
        const graver = findings.map((f, i): Finding => (i === pick % findings.length ? { ...f, severity: 'block' } : f))
        const before = decide(withFindings(...findings), policy, now).verdict
        expect(rank[decide(withFindings(...graver), policy, now).verdict]).toBeGreaterThanOrEqual(rank[before])
      }),
    )
  })

  it('a waiver silences its own finding only', () => {
    fc.assert(
      fc.property(arbitraryFindings, fc.integer({ min: 0, max: 40 }), (findings, n) => {
        const own = findingOf(n, 'info').id
        const reasons = (policy: Policy) =>
          decide(withFindings(...findings), policy, now).reasons.filter(r => r.finding !== own)
        expect(reasons(policyOf({ waivers: [waiverOf(findingOf(n, 'info'))] }))).toEqual(reasons(defaultPolicy))
      }),
    )
  })

  it('never passes with a finding of hold or block that nobody waived', () => {
    fc.assert(
      fc.property(arbitraryFindings, findings => {
        const { verdict, reasons } = decide(withFindings(...findings), defaultPolicy, now)
        expect(verdict === 'pass').toBe(findings.every(f => f.severity === 'info'))
        expect(reasons.length > 0).toBe(verdict !== 'pass')
      }),
    )
  })
})

describe('parsePolicy', () => {
  it('reads its own template as the default policy', async () => {
    expect(await parsePolicy(policyTemplate(), 'bezoar.yaml')).toEqual(defaultPolicy)
    expect(await parsePolicy('', 'empty.yaml')).toEqual(defaultPolicy)
  })

  it('reads the examples in the template once they are uncommented', async () => {
    const text = policyTemplate()
      .replace(/^(detectors|required|severities|waivers|plugins): .*$/gm, '')
      .replace(/^# (?=(?:detectors|required|severities|waivers|plugins):| {2,}(?:- )?\w[\w-]*:(?: |$))/gm, '')
    const read = await parsePolicy(text, 'bezoar.yaml')
    expect(read.required).toEqual(['spurious-token', 'label-noise'])
    expect(read.waivers).toHaveLength(1)
    expect(read.detectors).toEqual({ 'spurious-token': { minRows: 10 } })
  })

  const waived = 'waivers:\n  - finding: 0123456789abcdef\n    reason: r\n    expires: '
  it.each([
    ['requird: []', 'p.yaml:1: requird', 'required'],
    ['version: 2', 'p.yaml:1: version must be 1', 'init'],
    ['version: 1\nrequired:\n  - spurious-tken', 'p.yaml:3: required[0]', 'spurious-token'],
    ['severities:\n  label-nose: hold', 'p.yaml:2: severities.label-nose', 'label-noise'],
    ['severities:\n  label-noise: fatal', 'p.yaml:2: severities.label-noise must be info, hold or block', 'init'],
    ['a: [', 'p.yaml:1:', 'YAML'],
    ['version: 1\nversion: 1', 'p.yaml:2:', 'YAML'],
    ['- a', 'p.yaml:1:', 'init'],
    [`${waived}2027-02-31`, 'p.yaml:4: waivers[0].expires is no day', 'init'],
    [`${waived}tomorrow`, 'p.yaml:4: waivers[0].expires must be a date', 'init'],
    ['waivers:\n  - reason: r\n    expires: 2027-01-01', 'p.yaml:2: waivers[0] must name', 'init'],
    [
      'waivers:\n  - finding: 0123456789abcdef\n    expires: 2027-01-01',
      'p.yaml:2: waivers[0].reason is missing',
      'init',
    ],
    ['waivers:\n  - reson: r', 'p.yaml:2: waivers[0].reson', 'reason'],
    ['lostRows: much', 'p.yaml:1: lostRows must be a number, not text', 'init'],
    ['detectors: 5', 'p.yaml:1: detectors must be keys and values, not a number', 'init'],
    ['lostRows: 2', 'p.yaml:1: lostRows', 'init'],
  ])('refuses %j and names the place', async (text, place, remedy) => {
    const fault = await faultOf(text)
    expect(fault.code).toBe('bad-policy')
    expect(fault.message).toContain(place)
    expect(fault.remedy).toContain(remedy)
  })

  it('survives any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async text => {
        try {
          await parsePolicy(text, 'p.yaml', ['label-noise'])
        } catch (reason) {
          expect(reason).toBeInstanceOf(Fault)
        }
      }),
    )
  })

  it('refuses a file made to explode', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i}, `.repeat(9)}*k${i}]`)
    expect((await faultOf(['k0: &k0 [x]', ...levels].join('\n'))).code).toBe('bad-policy')
  })
})

async function faultOf(text: string): Promise<Fault> {
  try {
    await parsePolicy(text, 'p.yaml', ['spurious-token', 'label-noise'])
  } catch (reason) {
    if (reason instanceof Fault) return reason
    throw reason
  }
  throw new Error('no fault')
}
