import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { bezoar, calledIn, cleanRows, poisonedRows, prepared } from './command.ts'

const files = prepared()
const at = ['--at', '2026-01-02T03:04:05Z']
const quiet = ['--quiet', '--paranoid', '--no-origin']

/** A fresh folder with a model of two files. */
function model(name: string): string {
  files.write(`${name}/model/a.bin`, 'first weights')
  files.write(`${name}/model/sub/b.json`, '{"a": 1}')
  return files.path(name)
}
const built = (cwd: string, ...args: string[]) => bezoar(args, '', cwd)

describe('bezoar lock and verify', () => {
  it('lock, then tamper, then verify', () => {
    const cwd = model('tamper')
    expect(built(cwd, 'lock', 'model', ...quiet, ...at).code).toBe(0)
    expect(built(cwd, 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('model: as locked; 2 files') })
    appendFileSync(files.path('tamper/model/a.bin'), '!')
    const { code, out } = built(cwd, 'verify')
    expect(code).toBe(1)
    expect(out).toContain('changed       a.bin: other bytes, 1 byte longer')
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(built(cwd, 'verify', 'model/sub/b.json').code).toBe(0)
    expect(built(cwd, 'verify', 'model/sub').code).toBe(0)
    expect(built(cwd, 'verify', 'model/a.bin').code).toBe(1)
    const { locks } = JSON.parse(built(cwd, 'verify', '--json').out)
    expect(locks[0].artifacts[0].differences).toMatchObject([{ kind: 'changed', part: 'a.bin', found: { size: 14 } }])
  })

  it('gives the same bytes when nothing changed, whatever was read, and keeps the history when something did', async () => {
    const cwd = model('again')
    const lock = () => readFileSync(files.path('again/bezoar.lock'), 'utf8')
    const cache = ['--cache', files.path('again-cache'), '--no-origin']
    await calledIn(cwd, 'lock', 'model', ...at, ...cache)
    const first = lock()
    expect((await calledIn(cwd, 'lock', 'model', ...cache)).out).toContain('unchanged')
    expect((await calledIn(cwd, 'lock', 'model', '--fast', ...cache)).out).toContain('unchanged')
    expect(lock()).toBe(first)
    writeFileSync(files.path('again/model/a.bin'), 'other weights')
    await calledIn(cwd, 'lock', 'model', '--fast', ...at, ...cache)
    const fast = lock()
    writeFileSync(files.path('again/bezoar.lock'), first)
    await calledIn(cwd, 'lock', 'model', ...quiet, ...at)
    expect(lock()).toBe(fast)
    expect(JSON.parse(fast).history).toHaveLength(2)
    const schema = JSON.parse(readFileSync(new URL('../docs/schema/lock-1.0.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ strict: false }).compile(schema)
    expect(validate(JSON.parse(fast)), JSON.stringify(validate.errors)).toBe(true)
  })

  it('refuses a lock that was cut or edited, naming the entry', async () => {
    const cwd = model('edited')
    await calledIn(cwd, 'lock', 'model', ...quiet)
    const path = files.path('edited/bezoar.lock')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('"size": 13', '"size": 14'))
    for (const args of [['verify'], ['lock', 'model', ...quiet]]) {
      const { code, err } = await calledIn(cwd, ...args)
      expect(code).toBe(2)
      expect(err).toMatch(/artifact "model", part "a\.bin" was edited/)
    }
    writeFileSync(path, text.slice(0, text.length / 2))
    expect((await calledIn(cwd, 'verify')).err).toContain('cut off')
    rmSync(path)
    expect((await calledIn(cwd, 'verify')).code).toBe(2)
    expect((await calledIn(cwd, 'verify', 'model')).err).toContain('No lock for model')
  })

  it('keeps several artifacts, under names of their own, and releases them', async () => {
    const cwd = model('several')
    files.write('several/other/model/c.bin', 'c')
    expect((await calledIn(cwd, 'lock', 'model', 'other/model', ...quiet)).err).toContain('--name')
    expect((await calledIn(cwd, 'lock', 'model', ...quiet)).code).toBe(0)
    expect((await calledIn(cwd, 'lock', 'other/model', '--name', 'other', ...quiet)).code).toBe(0)
    expect((await calledIn(cwd, 'verify')).out).toMatch(/model: as locked[\s\S]*other \(other\/model\): as locked/)
    expect((await calledIn(cwd, 'lock', '--remove', 'model', ...quiet)).code).toBe(0)
    renameSync(files.path('several/model'), files.path('several/gone'))
    expect((await calledIn(cwd, 'verify')).code).toBe(0)
    expect((await calledIn(cwd, 'lock', '--remove', 'model', ...quiet)).code).toBe(2)
  })

  it('says what runs under ignore patterns, and lets it pass when told', async () => {
    const cwd = model('ignored')
    files.write('ignored/model/cache/x.txt', 'x')
    await calledIn(cwd, 'lock', 'model', '--ignore', 'cache/', ...quiet)
    files.write('ignored/model/cache/run.py', 'import os')
    const { code, out } = await calledIn(cwd, 'verify')
    expect(code).toBe(1)
    expect(out).toMatch(/ignored\s+cache\/run\.py/)
    const allowed = await calledIn(cwd, 'verify', '--allow-ignored')
    expect(allowed.code).toBe(0)
    expect(allowed.out).toContain('cache/run.py')
  })

  it('refuses flags that exclude each other or would do nothing', async () => {
    const cwd = model('flags')
    await calledIn(cwd, 'lock', 'model', ...quiet)
    for (const args of [
      ['lock', 'model', '--fast', '--paranoid'],
      ['lock', 'model', '--force-blocked'],
      ['lock', 'model', '--scan', '--report', 'x.json'],
      ['lock', 'model', '--at', 'yesterday'],
      ['lock'],
      ['verify', '--fast', '--paranoid'],
      ['verify', '--key', 'k.pem'],
    ])
      expect((await calledIn(cwd, ...args)).code, args.join(' ')).toBe(2)
    expect(JSON.parse((await calledIn(cwd, 'lock', 'model', '--json', ...quiet)).out).version).toBe('1.0')
  })
})

describe('a lock with a decision', () => {
  it('keeps decision, baseline and rows, and drops the first two when bytes change', async () => {
    const cwd = files.path('decided')
    const path = files.write('decided/rows.jsonl', cleanRows())
    expect([0, 3]).toContain((await calledIn(cwd, 'lock', 'rows.jsonl', '--scan', ...quiet)).code)
    const lock = () => JSON.parse(readFileSync(files.path('decided/bezoar.lock'), 'utf8')).artifacts[0]
    expect(lock()).toMatchObject({ kind: 'dataset', table: { rows: 1000 }, decision: { tool: 'bezoar 0.1.0' } })
    const { code, err } = await calledIn(
      cwd,
      'scan',
      'rows.jsonl',
      '--baseline',
      'bezoar.lock',
      '--only',
      'drift',
      '--quiet',
    )
    expect([code, err]).toEqual([0, ''])
    expect((await calledIn(cwd, 'scan', 'rows.jsonl', '--baseline', 'bezoar.lock#none')).err).toContain(
      'no artifact "none"',
    )
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, lines.with(500, '{"text": "edited", "label": "negative"}').join('\n'))
    appendFileSync(path, '{"text": "appended", "label": "negative"}\n')
    const { out } = await calledIn(cwd, 'verify')
    expect(out).toMatch(/changed\s+rows\.jsonl/)
    expect(out).toMatch(/rows: /)
    await calledIn(cwd, 'lock', 'rows.jsonl', ...quiet)
    expect(lock().decision).toBeUndefined()
    expect(lock().baseline).toBeUndefined()
    expect(lock().table.rows).toBe(1001)
  })

  it('is refused for what a scan blocks and for a report about other bytes', async () => {
    const cwd = files.path('blocked')
    files.write('blocked/rows.jsonl', poisonedRows('cf7-alpha').text)
    expect((await calledIn(cwd, 'scan', 'rows.jsonl', '--out', 'report.json', '--quiet')).code).toBe(1)
    const refused = await calledIn(cwd, 'lock', 'rows.jsonl', '--report', 'report.json', ...quiet)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('--force-blocked')
    const forced = await calledIn(cwd, 'lock', 'rows.jsonl', '--report', 'report.json', '--force-blocked', ...quiet)
    expect(forced.out).toContain('decision: block, locked all the same')
    appendFileSync(files.path('blocked/rows.jsonl'), '{"text": "x", "label": "positive"}\n')
    const other = await calledIn(cwd, 'lock', 'rows.jsonl', '--report', 'report.json', '--force-blocked', ...quiet)
    expect(other.code).toBe(2)
    expect(other.err).toContain('other bytes')
  })
})
