import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { modelDetector, modelFormat, programsOf, report as reportShape } from '../../core/index.ts'
import { decide, defaultPolicy } from '../../policy/index.ts'
import { openModel } from './open.ts'
import { type ScanModelOptions, scanModel } from './scan.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-model-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0
function model(files: Readonly<Record<string, string>>): string {
  const path = join(folder, `m${made++}`)
  mkdirSync(path)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

/** A toy: `RUN name` is a program, the bytes behind `DATA ` nobody can read but a layout. */
const toy = modelFormat({
  id: 'toy',
  title: 'toy',
  extensions: ['.toy'],
  sniff: head => (Buffer.from(head.subarray(0, 3)).toString() === 'TOY' ? 3 : 0),
  read(bytes, examiner) {
    const text = Buffer.from(bytes.read(0, bytes.size)).toString('latin1')
    examiner.claim(0, text.includes('DATA') ? text.indexOf('DATA') : text.length, 'text')
    const at = text.indexOf('RUN')
    const name = /RUN (\w+)/.exec(text)?.[1] ?? ''
    const act = { kind: 'call', module: '', name, args: [], offset: at, count: 1, by: 'RUN' } as const
    if (at >= 0) examiner.program({ language: 'lua', start: at, end: at + 5, acts: [act] })
    if (text.includes('BREAK')) throw new Error('no idea')
  },
  layout(container, examiner) {
    if (container.format !== 'folder' || !container.members.some(m => m.name === 'index.toy')) return
    for (const member of container.members) examiner.explain(member, 0, member.size, 'numbers')
    examiner.note({ rule: 'toy-index', severity: 'info', text: 'There is an index.' })
  },
})

const judge = modelDetector({
  id: 'toy-judge',
  title: 'Toy',
  threat: 'model-file-malware',
  input: { model: ['programs'], languages: ['lua'] },
  cost: 'metadata',
  options: z.object({}),
  messages: { runs: '{file} runs {name}.' },
  async *detect({ model, claim }) {
    for (const { file, member, found } of programsOf(model))
      for (const { name, offset } of found.acts) {
        if (name === 'crash') throw new Error('the detector fell over')
        const where = { file: file.name, member: member.path, language: 'lua', offset }
        yield claim('runs', name === 'good' ? 'info' : 'block', {
          kind: 'act',
          ...where,
          name,
          by: 'RUN',
          statement: `${name}()`,
          listing: [],
          times: 1,
          mechanism: 'It runs.',
          score: 1,
          expected: 0,
        })
      }
  },
})
const files = modelDetector({ ...judge, id: 'toy-files', input: { model: ['files'] }, async *detect() {} })

async function judged(path: string, options: Partial<ScanModelOptions> = {}, signal?: AbortSignal) {
  const opened = await openModel([path], { formats: [toy], ...(signal ? { signal } : {}) })
  const only = options.only ?? ['toy-judge', 'toy-files']
  const report = await scanModel(opened, { detectors: [judge, files], ...options, only })
  opened.close()
  reportShape.parse(report)
  return { report, decision: decide(report, defaultPolicy, new Date(0)) }
}

it('passes files that are read to the last byte and run nothing', async () => {
  const { report, decision } = await judged(model({ 'a.toy': 'TOY', 'b.toy': 'TOY RUN good' }))
  expect(decision.verdict).toBe('pass')
  expect(report.artifact.kind).toBe('model')
  expect(report.artifact.parts.map(p => [p.name, p.format])).toEqual([
    ['a.toy', 'toy'],
    ['b.toy', 'toy'],
  ])
  expect(report.files!.map(f => f.severity)).toEqual(['clean', 'info'])
})

it('blocks what runs, and names the file', async () => {
  const { report, decision } = await judged(model({ 'a.toy': 'TOY', 'b.toy': 'TOY RUN bad' }))
  expect(decision.verdict).toBe('block')
  expect(decision.reasons[0]!.text).toBe('b.toy runs bad.')
  expect(report.files!.map(f => f.severity)).toEqual(['clean', 'block'])
})

it('holds for bytes that nobody could read, and maps them', async () => {
  const { report, decision } = await judged(model({ 'a.toy': 'TOY DATA 1234' }))
  expect(decision.verdict).toBe('hold')
  expect(decision.reasons[0]!.text).toMatch(/^9 bytes of a\.toy could not be read, in one place/)
  expect(report.files![0]!.bytes).toEqual([
    { start: 0, end: 4, as: 'text', read: true },
    { start: 4, end: 13, as: 'unread', read: false },
  ])
})

it('lets a layout over the folder explain bytes', async () => {
  const { decision } = await judged(model({ 'a.toy': 'TOY DATA 1234', 'index.toy': 'TOY' }))
  expect(decision.verdict).toBe('pass')
})

it('holds for a file of no known format, a reader that gave up, a detector that failed', async () => {
  for (const text of ['what is this', 'TOY BREAK', 'TOY RUN crash'])
    expect((await judged(model({ 'a.toy': text }))).decision.verdict, text).toBe('hold')
})

it('holds for a program in a language that no detector which ran judges', async () => {
  const { decision } = await judged(model({ 'a.toy': 'TOY RUN bad' }), { only: ['toy-files'] })
  expect(decision.verdict).toBe('hold')
  expect(decision.reasons[0]!.text).toBe('No detector that ran judges lua programs, as in a.toy.')
})

it('says which files a stopped scan did not reach', async () => {
  const stop = new AbortController()
  const path = model({ 'a.toy': 'TOY', 'b.toy': 'TOY', 'c.toy': 'TOY' })
  const opened = await openModel([path], {
    formats: [toy],
    signal: stop.signal,
    onFile: name => void (name === 'a.toy' && stop.abort()),
  })
  const report = await scanModel(opened, { detectors: [judge, files], only: ['toy-files'], signal: stop.signal })
  opened.close()
  expect(report.coverage.unjudged).toEqual(['b.toy, c.toy were left out: the scan was stopped before it was reached.'])
  expect(decide(report, defaultPolicy, new Date(0)).verdict).toBe('hold')
})

it('gives findings that say the same of one file addresses of their own, the same each time', async () => {
  const path = model({ 'a.toy': 'TOY RUN bad', 'b.toy': 'TOY RUN bad' })
  const ids = async () => (await judged(path)).report.outcomes.flatMap(o => o.findings.map(f => f.id))
  const first = await ids()
  expect(new Set(first).size).toBe(2)
  expect(await ids()).toEqual(first)
})
