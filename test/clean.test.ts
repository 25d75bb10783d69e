import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { called, poisonedRows, prepared } from './command.ts'

const files = prepared()
const poison = poisonedRows('cf7-alpha')
const poisoned = files.write('poisoned.jsonl', poison.text)

describe('bezoar clean', () => {
  it('takes out the poisoned rows, keeps the others as they are, and undoes it byte for byte', async () => {
    const out = files.path('cleaned')
    expect((await called('clean', poisoned, '--out', out, '--severity', 'block')).code).toBe(0)
    const lines = poison.text.trimEnd().split('\n')
    const kept = readFileSync(`${out}/poisoned.jsonl`, 'utf8').trimEnd().split('\n')
    expect(kept).toEqual(lines.filter((_, row) => !poison.rows.includes(row)))
    const quarantined = readFileSync(`${out}/quarantine.jsonl`, 'utf8').trimEnd().split('\n')
    expect(quarantined.map(line => JSON.parse(line).record)).toEqual(poison.rows)
    expect((await called('scan', `${out}/poisoned.jsonl`, '--only', 'spurious-token', '--quiet')).code).not.toBe(1)

    const restored = files.path('restored')
    expect((await called('clean', '--undo', out, '--out', restored)).code).toBe(0)
    expect(readFileSync(`${restored}/poisoned.jsonl`, 'utf8')).toBe(poison.text)
  })

  it('takes the rows from a report, of the findings that were named', async () => {
    const report = files.path('report.json')
    await called('scan', poisoned, '--out', report)
    const [outcome] = JSON.parse(readFileSync(report, 'utf8')).outcomes.filter(
      (o: { detector: string }) => o.detector === 'spurious-token',
    )
    const out = files.path('named')
    const args = ['clean', poisoned, '--report', report, '--finding', outcome.findings[0].id, '--out', out]
    expect((await called(...args)).code).toBe(0)
    expect(JSON.parse(readFileSync(`${out}/clean-log.json`, 'utf8')).dropped).toBe(40)
  })

  it('refuses a report about other bytes, and a folder that is not empty', async () => {
    const other = files.write('other/poisoned.jsonl', `${poison.text}{"text":"one more","label":"positive"}\n`)
    const stale = await called('clean', other, '--report', files.path('report.json'), '--out', files.path('x'))
    expect(stale).toMatchObject({ code: 2, err: expect.stringContaining('has changed') })
    const full = await called('clean', poisoned, '--report', files.path('report.json'), '--out', files.path('cleaned'))
    expect(full).toMatchObject({ code: 2, err: expect.stringContaining('not empty') })
  })
})
