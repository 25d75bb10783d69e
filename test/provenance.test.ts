import { generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { besideOf } from '../src/cli/beside.ts'
import type { Fault } from '../src/core/index.ts'
import { changedLock, lockPath, signArtifact, writeLock } from '../src/ledger/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { render } from '../src/report/index.ts'
import { kindOf, openTable, scan } from '../src/scan/index.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'bezoar-provenance-')))
afterAll(() => rmSync(base, { recursive: true, force: true }))
const now = new Date('2026-01-01T00:00:00Z')
let count = 0

const rows = (from: number): string =>
  Array.from(
    { length: 40 },
    (_, i) => `${JSON.stringify({ text: `row ${from + i} of the file`, label: i % 2 })}\n`,
  ).join('')

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** A folder of two tables, and a lock of it beside it. */
async function lockedFolder(more: Readonly<Record<string, string>> = {}) {
  const home = join(base, `home${count++}`)
  const folder = join(home, 'data')
  write(folder, { 'a.jsonl': rows(0), 'b.jsonl': rows(100), ...more })
  const path = join(home, 'bezoar.lock')
  const { artifact } = await lockPath(folder, { lockPath: path, kind: 'dataset' })
  writeLock(path, changedLock(null, { put: [artifact], at: now.toISOString() }), null)
  return { folder, home, path }
}

/** What `bezoar scan` makes of a dataset, without the command line around it. */
async function scanned(path: string, lock?: string | boolean) {
  const table = await openTable([path])
  const known = table.spec.parts.map(part => ({ path: part.path, sha256: part.sha256!, rows: true }))
  try {
    const beside = await besideOf({ paths: [path], lock, known })
    const report = await scan(table, { beside })
    const findings = report.outcomes.flatMap(outcome => outcome.findings)
    const of = (...ids: string[]) =>
      findings.filter(f => ids.includes(f.detector)).map(f => `${f.severity} ${f.detector}/${f.message}`)
    return { report, beside, findings, of, decision: decide(report, defaultPolicy, now) }
  } finally {
    await table.close()
  }
}

describe('a scan beside a lock', () => {
  it('says that the files are as they were locked', async () => {
    const { folder } = await lockedFolder()
    const { report, of, decision } = await scanned(folder)
    expect(report.outcomes.find(o => o.detector === 'digest-mismatch')?.status).toBe('clean')
    expect(of('digest-mismatch', 'unsigned', 'unpinned-reference')).toEqual(['info unsigned/none'])
    expect(decision.verdict).toBe('pass')
  })

  it('blocks and names what was changed, added, removed and renamed', async () => {
    const changes: [string, (folder: string) => void, string, string][] = [
      ['changed', f => appendFileSync(join(f, 'a.jsonl'), rows(900)), 'altered', 'a.jsonl'],
      ['added', f => write(f, { 'c.jsonl': rows(500) }), 'added', 'c.jsonl'],
      ['removed', f => rmSync(join(f, 'b.jsonl')), 'removed', 'b.jsonl'],
      ['renamed', f => renameSync(join(f, 'b.jsonl'), join(f, 'z.jsonl')), 'renamed', 'z.jsonl'],
    ]
    for (const [what, change, message, name] of changes) {
      const { folder } = await lockedFolder()
      change(folder)
      const { of, findings, decision, report } = await scanned(folder)
      expect(of('digest-mismatch'), what).toEqual([`block digest-mismatch/${message}`])
      const finding = findings.find(f => f.detector === 'digest-mismatch')!
      expect(JSON.stringify(finding.evidence)).toContain(name)
      expect(finding.rows, 'rows of the files table are no rows of the data').toBeUndefined()
      expect(decision.verdict).toBe('block')
      for (const format of ['terminal', 'html', 'sarif', 'markdown', 'json'] as const)
        expect(render(report, decision, format, { colour: false, width: 80 })).toContain(name)
    }
  })

  it('is left alone with --no-lock, and is about the file alone that was named', async () => {
    const { folder } = await lockedFolder()
    appendFileSync(join(folder, 'a.jsonl'), rows(900))
    expect((await scanned(folder, false)).of('digest-mismatch')).toEqual([])
    expect((await scanned(join(folder, 'b.jsonl'))).of('digest-mismatch')).toEqual([])
    expect((await scanned(join(folder, 'a.jsonl'))).of('digest-mismatch')).toEqual(['block digest-mismatch/altered'])
  })

  it('is a fault where the lock that was named knows nothing of it, and where the one that is there is broken', async () => {
    const { folder, path } = await lockedFolder()
    const other = await lockedFolder()
    const faultOf = (lock?: string | boolean, place = folder) =>
      scanned(place, lock).then(
        () => undefined,
        (fault: Fault) => fault,
      )
    expect((await faultOf(other.path))?.code).toBe('no-such-path')
    expect((await faultOf(join(base, 'none.lock')))?.code).toBe('no-such-path')
    const alone = join(base, 'alone.jsonl')
    writeFileSync(alone, rows(0))
    expect((await faultOf(true, alone))?.code).toBe('no-such-path')
    expect(await faultOf(undefined, alone)).toBeUndefined()
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 300))
    const broken = await faultOf()
    expect(broken?.code).toBe('bad-lock')
    expect(broken?.remedy).toContain('--no-lock')
    expect(await faultOf(false)).toBeUndefined()
  })

  it('makes no table judged that nobody could read', async () => {
    const { folder } = await lockedFolder()
    for (const name of ['a.jsonl', 'b.jsonl']) writeFileSync(join(folder, name), '{"x": 1}\n{"x": 2}\n')
    const { decision } = await scanned(folder, false)
    expect(decision.verdict).toBe('hold')
    expect(decision.reasons[0]?.text).toContain('No detector read what the rows say')
  })
})

describe('signatures in a scan', () => {
  async function signedFolder(): Promise<string> {
    const folder = join(base, `signed${count++}`)
    write(folder, { 'a.jsonl': rows(0), 'b.jsonl': rows(100) })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const signature = join(folder, 'model.sig')
    const { bundle } = await signArtifact({ path: folder, signature, signer: { mode: 'key', key: privateKey } })
    writeFileSync(signature, bundle)
    return folder
  }

  it('are told, and are no rows of the data', async () => {
    const { of, report, decision } = await scanned(await signedFolder())
    expect(of('unsigned')).toEqual(['info unsigned/unchecked'])
    expect(report.artifact.parts.map(part => part.name)).toEqual(['a.jsonl', 'b.jsonl'])
    expect(decision.verdict).toBe('pass')
  })

  it('that do not cover a file hold it, and that do not hold block', async () => {
    const folder = await signedFolder()
    write(folder, { 'c.jsonl': rows(500) })
    expect((await scanned(folder)).of('unsigned')[0]).toBe('hold unsigned/uncovered')
    appendFileSync(join(folder, 'a.jsonl'), rows(900))
    const tampered = await scanned(folder)
    expect(tampered.of('unsigned')[0]).toBe('block unsigned/invalid')
    expect(tampered.decision.verdict).toBe('block')
  })

  it('cost a plain file nothing: the ledger is not asked', async () => {
    const folder = join(base, 'plain')
    write(folder, { 'a.jsonl': rows(0) })
    const { beside, of } = await scanned(join(folder, 'a.jsonl'))
    expect(beside.map(each => each.table.parts[0]?.name)).toEqual(['signatures'])
    expect(of('unsigned')).toEqual(['info unsigned/none'])
    expect(await besideOf({ paths: ['-'], lock: undefined, known: [] })).toEqual([])
  })
})

describe('references in a scan', () => {
  it('hold what runs, and tell what is read, but not what rows say', async () => {
    const folder = join(base, 'references')
    write(folder, {
      'a.jsonl': rows(0),
      'rows.json': JSON.stringify([{ text: 'git+https://example.org/a', label: 1 }]),
      'requirements.txt': 'net @ git+https://github.com/o/n@main\n',
      'README.md': '---\nbase_model: owner/base\n---\n',
    })
    const { of, findings, decision } = await scanned(folder)
    expect(of('unpinned-reference')).toEqual(['hold unpinned-reference/runs', 'info unpinned-reference/names'])
    expect(findings.find(f => f.message === 'runs')?.text).toContain('requirements.txt:1')
    expect(decision.verdict).toBe('hold')
  })

  it('of a model are looked for in its settings', async () => {
    const folder = join(base, 'adapter')
    write(folder, {
      'adapter_config.json': JSON.stringify({ base_model_name_or_path: 'owner/base', revision: 'main' }),
      'config.json': '{"model_type": "llama"}',
      'modeling.py': 'pass\n',
    })
    expect(await kindOf([folder])).toBe('model')
    const report = await scan(folder, { beside: await besideOf({ paths: [folder], lock: undefined, known: [] }) })
    const said = report.outcomes.flatMap(o => o.findings).filter(f => f.detector === 'unpinned-reference')
    expect(said.map(f => f.text)).toEqual([
      'adapter_config.json:1 names weights that will be loaded, and not which version: owner/base.',
    ])
  })
})
