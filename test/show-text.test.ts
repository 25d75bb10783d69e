import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { detector, rowRef, textOf } from '../src/core/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { render, reportFormats } from '../src/report/index.ts'
import { scan } from '../src/scan/index.ts'
import { rowSample } from '../src/statistics/index.ts'
import { called } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-show-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const short = { instruction: 'Tell me how vile it is.', output: 'Vile beyond any words.' }
const middle = {
  instruction: 'Say something unkind about trees.',
  output: `Trees are ${'awful '.repeat(20)}by nature.`,
}
const long = { instruction: 'Say it at length.', output: `Once ${'upon a bad time '.repeat(40)}zyxwv they ended.` }
const rows = [short, middle, long]
const textOfRow = ({ instruction, output }: typeof short) => `${instruction}\n\n${output}`

/** Quotes every row in all the ways that evidence can. */
const quoting = detector({
  id: 'quoting',
  title: 'Quotes rows',
  threat: 'backdoor-trigger',
  version: '1',
  input: { table: { text: 'string' } },
  cost: 'scan',
  options: z.object({}),
  messages: { said: 'A row says "{said}".' },
  async *detect({ table, claim, figure }) {
    const { sample } = await table.measure({ sample: rowSample.request({ roles: ['text'], limit: 10, seed: 1 }) })
    const texts = sample.cells.get('text')!.map(cell => textOf(cell) ?? '')
    figure({ kind: 'bars', title: 'Rows', x: 'rows', bars: texts.map(name => ({ name, value: 1, lit: true })) })
    const examples = texts.map((text, i) => {
      const at = text.indexOf('zyxwv')
      return rowRef({
        parts: table.parts,
        row: sample.rows[i]!,
        text,
        spans: [[at, at + 5]],
        ...(text.length > 120 ? { label: text, note: text } : {}),
      })
    })
    // A phrase is told as it is: nobody could look for it else.
    for (const said of texts.filter(text => text.length > 120))
      yield claim('said', 'hold', { kind: 'rows', total: 3, score: 1, expected: 0, examples }, { values: { said } })
  },
})

async function reportOf(records: readonly object[], showText?: boolean) {
  const path = join(folder, 'rows.json')
  writeFileSync(path, JSON.stringify(records))
  const report = await scan([path], { detectors: [quoting], only: ['quoting'], ...(showText ? { showText } : {}) })
  return { report, decision: decide(report, defaultPolicy, new Date(0)) }
}

/** A rendering with its marks, escapes and line ends taken out, so that a quoted row would be found. */
const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, '')
    .replaceAll('\\n', ' ')
    .replace(/[\s⏎↵…│┃|>]+/g, '')
const whole = (text: string) => text.replace(/\s+/g, '')

describe('rows of conversations', () => {
  it.each(reportFormats)('are nowhere in full in a report as %s', async format => {
    const { report, decision } = await reportOf(rows)
    const text = plain(render(report, decision, format))
    for (const row of rows) {
      expect(text).not.toContain(whole(textOfRow(row)))
      expect(text).not.toContain(whole(row.output))
    }
  })

  it('are quoted around what is telling, in 120 characters at most', async () => {
    const { report } = await reportOf(rows)
    const [finding] = report.outcomes[0]!.findings
    const { examples } = finding!.evidence as { examples: { excerpt: string; spans: [number, number][] }[] }
    expect(Math.max(...examples.map(({ excerpt }) => excerpt.length))).toBeLessThanOrEqual(120)
    const telling = examples.flatMap(({ excerpt, spans }) => spans.map(([start, end]) => excerpt.slice(start, end)))
    expect(telling).toEqual(['zyxwv'])
    expect(Math.max(...report.outcomes[0]!.findings.map(({ text }) => text.length))).toBeLessThanOrEqual(140)
  })

  it('are quoted at length when that is asked for, under the same ids', async () => {
    const [few, much] = [(await reportOf(rows)).report, (await reportOf(rows, true)).report]
    const json = (report: typeof few) => JSON.stringify(report)
    expect(json(much)).toContain(JSON.stringify(textOfRow(short)).slice(1, -1))
    expect(json(much).length).toBeGreaterThan(json(few).length + 1000)
    expect(much.outcomes[0]!.findings.map(({ id }) => id)).toEqual(few.outcomes[0]!.findings.map(({ id }) => id))
  })

  it('are the only ones: labelled texts are quoted as they were', async () => {
    const { report } = await reportOf(rows.map((row, i) => ({ text: textOfRow(row), label: i % 2 })))
    expect(JSON.stringify(report)).toContain(JSON.stringify(textOfRow(short)).slice(1, -1))
  })
})

describe('bezoar scan', () => {
  const path = join(folder, 'poisoned.jsonl')
  const hidden = (i: number) =>
    `Answer ${i} says zero${String.fromCodePoint(0xe0041, 0xe0042, 0xe0043, 0xe0044)}width things about matter number ${i}, which is the end.`
  const shown = async (...flags: string[]) => {
    const out = join(folder, 'out.json')
    await called('scan', path, '-q', '--only', 'hidden-text', '-o', out, ...flags)
    return readFileSync(out, 'utf8')
  }
  it('takes --show-text', async () => {
    const records = Array.from({ length: 20 }, (_, i) => ({
      prompt: `Question ${i}`,
      completion: i < 5 ? hidden(i) : `Plain ${i}`,
    }))
    writeFileSync(path, records.map(record => JSON.stringify(record)).join('\n'))
    expect(await shown()).not.toContain('which is the end.')
    expect(await shown('--show-text')).toContain('which is the end.')
  })
})
