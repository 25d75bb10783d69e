import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bezoar, type Call, called, cleanRows, poisonedRows, prepared } from './command.ts'

const files = prepared()
const trigger = 'cf7-alpha'

describe('bezoar scan', () => {
  const poison = poisonedRows(trigger)
  const poisoned = files.write('poisoned.jsonl', poison.text)
  const clean = files.write('clean.jsonl', cleanRows())

  let judged: Call
  beforeAll(() => void (judged = bezoar(['scan', poisoned, '--json'])))

  it('blocks poisoned rows, names the trigger and the rows', () => {
    const { code, out } = judged
    const report = JSON.parse(out)
    expect(code).toBe(1)
    expect(report.decision.verdict).toBe('block')
    const found = report.outcomes.find((o: { detector: string }) => o.detector === 'spurious-token').findings[0]
    expect(found.text).toContain(trigger)
    const rows = found.rows.listed.flatMap(({ ranges }: { ranges: [number, number][] }) =>
      ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
    )
    expect(rows).toEqual(poison.rows)
  })

  it('does not block clean rows, and says nothing but JSON on stdout and nothing on stderr when quiet', () => {
    const { code, out, err } = bezoar(['scan', clean, '--json', '--quiet'])
    expect([0, 3]).toContain(code)
    expect(() => JSON.parse(out)).not.toThrow()
    expect(err).toBe('')
  })

  it('gives the same bytes for the same seed, threads and engine apart', async () => {
    const seeded = (...flags: string[]) => called('scan', poisoned, '--json', '--seed', '9', ...flags)
    const first = await seeded()
    expect((await seeded('--threads', '1')).out).toBe(first.out)
    const other = JSON.parse((await seeded('--engine', 'sql')).out)
    const own = JSON.parse(first.out)
    expect({ ...other, coverage: { ...other.coverage, engine: own.coverage.engine } }).toEqual(own)
  })

  it('reads standard input like a file', () => {
    const fromFile = JSON.parse(judged.out)
    const fromInput = JSON.parse(bezoar(['scan', '-', '--json'], poison.text).out)
    // Whether a signature covers it is asked of files alone.
    const texts = (report: { outcomes: { detector: string; findings: { text: string }[] }[] }) =>
      report.outcomes.filter(o => o.detector !== 'unsigned').flatMap(o => o.findings.map(finding => finding.text))
    expect(texts(fromInput)).toEqual(texts(fromFile))
    expect(fromInput.artifact.parts[0].sha256).toBe(fromFile.artifact.parts[0].sha256)
  })

  it('writes every format by the ending of the file', async () => {
    const names = ['r.json', 'r.sarif', 'r.html', 'r.xml', 'r.md', 'r.txt'].map(files.path)
    const { code } = await called('scan', poisoned, ...names.flatMap(name => ['--out', name]))
    expect(code).toBe(1)
    const [json, sarif, html, junit, markdown, text] = names.map(name => readFileSync(name, 'utf8'))
    expect(JSON.parse(json!).decision.verdict).toBe('block')
    expect(JSON.parse(sarif!).version).toBe('2.1.0')
    expect(html).toMatch(/^<!doctype html>/i)
    expect(junit).toContain('<testsuite')
    for (const written of [html, markdown, text]) expect(written).toContain(trigger)
    expect(text).not.toContain('\u001b[')
    for (const line of text!.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
  })

  it('skips and says so when there is no label', async () => {
    const bare = files.write('bare.jsonl', '{"text":"one"}\n{"text":"two"}\n')
    const report = JSON.parse((await called('scan', bare, '--json')).out)
    const outcome = report.outcomes.find((o: { detector: string }) => o.detector === 'spurious-token')
    expect(outcome.status).toBe('skipped')
    expect(outcome.reason).toContain('label')
    expect(report.coverage.notLookedAt.join(' ')).toMatch(/spurious-token.* did not run: no "label" column/)
  })

  it('prints what each column was taken for, and compares with the report of an earlier version', async () => {
    const { err } = await called('scan', clean, '--out', files.path('before.json'))
    expect(err).toMatch(/text = "text".*|label = "label"/)
    const { out, code } = await called('scan', clean, '--json', '--baseline', files.path('before.json'))
    expect(code).not.toBe(2)
    const drift = JSON.parse(out).outcomes.find((o: { detector: string }) => o.detector === 'drift')
    expect(drift.status).toBe('clean')
  })

  it('sets detector options by flag', async () => {
    const { out } = await called('scan', clean, '--json', '--only', 'hidden-text', '--set', 'hidden-text.repeats=7')
    const [only, ...others] = JSON.parse(out).outcomes
    expect(others).toEqual([])
    expect(only.options.repeats).toBe(7)
  })
})

describe('a wrong command line', () => {
  const rows = files.write('rows.jsonl', '{"text":"a","label":"x"}\n')
  const cases: readonly (readonly [name: string, args: readonly string[], says: RegExp])[] = [
    ['an unknown command', ['scna', rows], /Did you mean scan/],
    ['an unknown flag', ['scan', rows, '--lable', 'x'], /Did you mean --label/],
    ['a file that is not there', ['scan', 'no/such/file.csv'], /no\/such\/file\.csv/],
    ['a column that is not there', ['scan', rows, '--text', 'body'], /"body"[\s\S]*"text"/],
    ['an unknown detector', ['scan', rows, '--only', 'spurios-token'], /Did you mean "spurious-token"/],
    ['an unknown option', ['scan', rows, '--set', 'hidden-text.repeat=1'], /Did you mean "repeats"/],
    ['a wrong value', ['scan', rows, '--set', 'hidden-text.repeats=many'], /hidden-text\.repeats/],
    ['an unknown format', ['scan', rows, '--format', 'xml2'], /terminal, json/],
    ['an ending without a format', ['scan', rows, '--out', 'report.pdf'], /\.html/],
    ['a policy that is not there', ['scan', rows, '--policy', 'none.yaml'], /none\.yaml does not exist/],
    ['a baseline that is no report', ['scan', rows, '--baseline', rows], /rows\.jsonl/],
    ['an id that is none', ['explain', 'spurios-token'], /Did you mean "spurious-token"/],
  ]
  it.each(cases)('%s: one message with a remedy, no stack, exit code 2', async (_, args, says) => {
    const { code, out, err } = await called(...args)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(says)
    expect(err).not.toMatch(/\n\s+at .*:\d+:\d+/)
  })
})

describe('bad data', () => {
  const cases: readonly (readonly [name: string, file: string, bytes: string | Uint8Array])[] = [
    ['an empty file', 'empty.csv', ''],
    ['a header only', 'header.csv', 'text,label\n'],
    ['one class', 'one.csv', 'text,label\nhello,a\nworld,a\n'],
    ['ragged rows', 'ragged.csv', 'text,label\nhello,a\nworld\nx,y,z\n'],
    ['NUL bytes', 'nul.jsonl', '{"text":"a\\u0000b","label":"x"}\n\u0000\u0000\n'],
    ['broken JSON', 'broken.jsonl', '{"text":"a","label":"x"}\n{"text":\n{"text":"b","label":"y"}\n'],
    ['bytes that are no UTF-8', 'latin.csv', Buffer.from('text,label\ncaf\xe9,a\n', 'latin1')],
  ]
  it.each(cases)('%s: a report or one clear message, never a crash', async (_, name, bytes) => {
    const { code, out, err } = await called('scan', files.write(name, bytes), '--json')
    expect([0, 1, 2, 3]).toContain(code)
    expect(err).not.toMatch(/defect in Bezoar|\n\s+at /)
    if (code === 2) expect(err).toContain(name)
    else expect(JSON.parse(out).outcomes.every((o: { status: string }) => o.status !== 'failed')).toBe(true)
  })

  it('a table that nobody could read is held, never passed', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i * 3},${i % 2}\n`).join('')
    const { code, out } = await called('scan', files.write('numbers.csv', `width,label\n${rows}`), '--quiet')
    expect(code).toBe(3)
    expect(out).toContain('--text NAME')
  })

  it('counts and locates what it could not read', async () => {
    const broken = files.path('broken.jsonl')
    const report = JSON.parse((await called('scan', broken, '--json')).out)
    expect(report.coverage.lostRows).toBe(1)
    expect(JSON.stringify(report.outcomes)).toContain('"line":2')
  })
})

describe('bezoar explain and init', () => {
  it('explains detectors, attacks, threats and framework ids', async () => {
    for (const id of ['spurious-token', 'word-trigger', 'backdoor-trigger', 'AML.T0020']) {
      const { code, out } = await called('explain', id)
      expect(code).toBe(0)
      expect(out.length).toBeGreaterThan(200)
      const wide = out.split('\n').filter(line => line.length > 80 && !line.startsWith('http') && !line.startsWith('|'))
      expect(wide).toEqual([])
    }
  })

  it('says what an attack is and what looks for it', async () => {
    const { out } = await called('explain', 'split-view')
    expect(out).toContain('For example:')
    expect(out).toMatch(/Looked for by: .*digest-mismatch/)
  })

  it('explains a finding of a report', async () => {
    const report = JSON.parse(readFileSync(files.path('r.json'), 'utf8'))
    const [{ id }] = report.outcomes.flatMap((o: { findings: { id: string }[] }) => o.findings)
    const { code, out } = await called('explain', id, '--report', files.path('r.json'))
    expect(code).toBe(0)
    expect(out).toContain('What to do')
  })

  it('writes a policy that scan takes, and overwrites nothing', async () => {
    const policy = files.path('bezoar.yaml')
    expect((await called('init', policy)).code).toBe(0)
    expect((await called('init', policy)).code).toBe(2)
    expect((await called('scan', files.path('clean.jsonl'), '--policy', policy, '--quiet')).code).not.toBe(2)
  })
})
