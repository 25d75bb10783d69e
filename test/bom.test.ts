import { createHash } from 'node:crypto'
import { symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { croissantErrors, cyclonedxErrors } from './bill-schemas.ts'
import { called } from './command.ts'
import { at, lock, lockedProject, text, write } from './locked-project.ts'
import { finding } from './statements.ts'

lockedProject()

describe('bezoar bom', () => {
  const bom = (...more: string[]) => called('bom', lock(), '--quiet', ...more)

  it('writes a bill that is valid, the same on any day, and says what was found', async () => {
    await called('attest', lock(), '--type', 'scan', '--report', at('report.json'), '-o', at('s.json'))
    const flags = ['--report', at('report.json'), '--attestation', at('s.json'), '--license', 'mit', '--creator', 'Us']
    const [first, second] = [await bom(...flags), await bom(...flags)]
    expect(first.code).toBe(0)
    expect(first.out).toBe(second.out)
    const bill: unknown = JSON.parse(first.out)
    expect(cyclonedxErrors()(bill)).toEqual([])
    expect(bill).toMatchObject({
      metadata: { timestamp: '2026-11-21T12:00:00.000Z' },
      externalReferences: [{ type: 'attestation', url: 's.json' }],
    })
  })

  it('lists one artifact, with what is said of it', async () => {
    const { out } = await bom(
      '--artifact',
      'reviews',
      '--license',
      'https://l.example/x',
      '--data-version',
      '2',
      '--url',
      'https://u.example',
    )
    expect(JSON.parse(out)).toMatchObject({
      components: [{ name: 'reviews', version: '2', licenses: [{ license: { url: 'https://l.example/x' } }] }],
    })
    expect(cyclonedxErrors()(JSON.parse(out))).toEqual([])
  })

  it('writes Croissant that its own check accepts', async () => {
    const { code } = await bom('--format', 'croissant', '-o', at('croissant.json'), '--published', '2026-11-20')
    expect(code).toBe(0)
    expect(croissantErrors()(JSON.parse(text('croissant.json')))).toEqual([])
    const checked = await called('bom', '--check', at('croissant.json'))
    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('2 equal their SHA-256') })
  })

  it('names what Croissant demands and nobody said', async () => {
    const { err } = await called('bom', lock(), '--format', 'croissant')
    expect(err).toContain('--license')
    const all = [
      '--license',
      'MIT',
      '--creator',
      'x',
      '--url',
      'https://u.example',
      '--description',
      'x',
      '--base',
      'https://u.example/f',
    ]
    const said = await called('bom', lock(), '--format', 'croissant', ...all)
    expect(said.err).toBe('')
    expect(said.out).toContain('https://u.example/f/sub/b%20é.csv')
  })

  it.each([
    ['Croissant of a model', ['--format', 'croissant', '--artifact', 'model'], /no data/],
    ['a flag of the other format', ['--base', 'https://x.example'], /--base does not fit/],
    ['an address that is none', ['--url', 'x y'], /no address/],
    ['a policy without a report', ['--policy', 'p.yaml'], /--policy does not fit/],
    ['a report of other bytes', ['--artifact', 'model', '--report', 'REPORT'], /about other bytes/],
    ['data that is not listed', ['--artifact', 'model', '--from', 'reviews'], /not listed/],
  ])('is a fault with %s', async (_, args, message) => {
    const { code, err } = await bom(...args.map(arg => (arg === 'REPORT' ? at('report.json') : arg)))
    expect(code).toBe(2)
    expect(err).toMatch(message)
  })
})

describe('bezoar bom --check', () => {
  const sha = 'f'.repeat(64)
  const listed = (...files: object[]) =>
    write(
      'c.json',
      JSON.stringify({ '@type': 'sc:Dataset', distribution: files.map(f => ({ '@type': 'cr:FileObject', ...f })) }),
    )
  const checked = (...more: string[]) => called('bom', '--check', at('c.json'), ...more)
  const file = (contentUrl: string, more: object = {}) => ({ '@id': contentUrl, contentUrl, ...more })

  it('fails on a SHA-256 that differs, and on nothing else', async () => {
    listed(file('reviews/a.csv', { sha256: sha }))
    expect(await checked()).toMatchObject({ code: 1, out: expect.stringContaining('1 differ from their SHA-256') })
    const weak = [
      file('reviews/a.csv', { sha256: sha.slice(0, 32) }),
      file('model/model.bin', { sha256: sha.slice(0, 40) }),
    ]
    listed(...weak, file('reviews/sub/b%20é.csv', { sha256: 'sha256' }), file('gone.csv', { sha256: sha }), {
      '@id': 'nothing',
    })
    const { code, out } = await checked()
    expect(code).toBe(3)
    expect(out).toContain('2 differ from a digest that proves little')
    expect(out).toMatch(/MD5 [0-9a-f]{32}, which/)
    expect(out).toMatch(/SHA-1 [0-9a-f]{40}, which/)
    expect(out).toContain('"sha256" is no digest')
    expect(out).toContain('2 are not there')
  })

  it('knows files by their name when they lie elsewhere, and never fetches', async () => {
    const sha256 = createHash('sha256').update('weights').digest('hex').toUpperCase()
    listed(file('https://files.example/x/model.bin?download=1#top', { 'sc:sha256': sha256 }))
    expect(await checked('--folder', at('model'))).toMatchObject({ code: 0 })
  })

  it('never leaves the folder', async () => {
    symlinkSync('/etc/hostname', at('link'))
    listed(
      file('../original/model/model.bin', { sha256: sha }),
      file('/etc/hostname', { sha256: sha }),
      file('link', { sha256: sha }),
    )
    const { code, out } = await checked()
    expect(code).toBe(3)
    expect(out).toContain('2 lead out of the folder')
    expect(out).not.toContain('differ from')
  })

  it('reads what others write: a graph, full names of types, files inside archives', async () => {
    const node = {
      '@type': ['https://schema.org/FileObject'],
      'https://schema.org/contentUrl': 'model/model.bin',
      md5: 'x',
    }
    const inside = { '@type': 'sc:FileObject', contentUrl: 'a', containedIn: { '@id': 'z' }, sha256: sha }
    write(
      'c.json',
      JSON.stringify({ '@graph': [{ 'schema:distribution': [node, inside, { '@type': 'cr:FileSet' }] }] }),
    )
    const { out } = await checked()
    expect(out).toContain('1 lie inside another file')
    expect(out).toContain('1 have no digest')
  })

  it.each([
    ['cut off', '{"distribution": ['],
    ['no document', '[]'],
    ['without files', '{"name": "x"}'],
    ['deep', `{"a":${'['.repeat(1_000_000)}`],
    ['ambiguous', '{"distribution":[{}],"distribution":[{}]}'],
  ])('refuses a document that is %s', async (_, content) => {
    write('c.json', content)
    const { code, err } = await checked()
    expect(code).toBe(2)
    expect(err).toContain('c.json')
  })
})

describe('findings in a bill', () => {
  const judgedBy = async (policy: string) => {
    const report = JSON.parse(text('report.json')) as { outcomes: { status: string; findings: object[] }[] }
    report.outcomes[0] = { ...report.outcomes[0]!, status: 'found', findings: [finding('hold')] }
    write('found.json', JSON.stringify(report))
    write('policy.yaml', policy)
    const { out } = await called('bom', lock(), '--report', at('found.json'), '--policy', at('policy.yaml'))
    const [first] = (JSON.parse(out) as { vulnerabilities: Record<string, unknown>[] }).vulnerabilities
    return first
  }

  it('are as grave as the policy says, and say when they were accepted', async () => {
    expect(await judgedBy('{}')).toMatchObject({ ratings: [{ severity: 'medium' }], analysis: { state: 'in_triage' } })
    const graver = await judgedBy('severities: { hidden-text: block }')
    expect(graver).toMatchObject({
      ratings: [{ severity: 'critical', justification: expect.stringContaining('says hold') }],
    })
    const milder = await judgedBy('severities: { hidden-text: info }')
    expect(milder).toMatchObject({ ratings: [{ severity: 'info' }] })
    expect(milder).not.toHaveProperty('analysis')
    const waiver = `waivers: [{ finding: "${finding('hold').id}", reason: known, expires: 2027-01-01 }]`
    expect(await judgedBy(waiver)).toMatchObject({
      ratings: [{ severity: 'medium' }],
      analysis: { response: ['will_not_fix'], detail: 'Accepted until 2027-01-01: known' },
    })
  })
})
