import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bezoar, called, prepared } from './command.ts'
import { payload } from './model-zoo/arrays/bytes.ts'
import { torchZip, wickedZip } from './model-zoo/containers/torch-file.ts'

const files = prepared()
const wicked = files.write('wicked/pytorch_model.bin', wickedZip())
const honest = files.write('honest/pytorch_model.bin', torchZip())
const table = files.write('rows.csv', 'text,label\none two,a\nthree four,b\nfive six,a\n')

describe('bezoar scan of a model', () => {
  it('blocks a checkpoint that calls os.system, and names call, byte and member', () => {
    const { code, out } = bezoar(['scan', wicked, '--quiet'])
    expect(code).toBe(1)
    expect(out).toContain('Do not load this model.')
    expect(out).toMatch(/os\.system/)
    expect(out).toMatch(/pytorch_model\.bin\/archive\/data\.pkl", byte \d+/)
    for (const line of out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
  })

  it('passes an honest one, and says its digest', () => {
    const { code, out } = bezoar(['scan', honest, '--json', '--quiet'])
    const report = JSON.parse(out)
    expect(code, out).toBe(0)
    expect(report.artifact.kind).toBe('model')
    expect(report.files[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(report.files[0].bytes.every((range: { read: boolean }) => range.read)).toBe(true)
  })

  it('takes a folder as one model, and writes every format', async () => {
    const names = ['r.json', 'r.sarif', 'r.html', 'r.xml', 'r.md', 'r.txt'].map(files.path)
    const { code } = await called('scan', files.path('wicked'), '-q', ...names.flatMap(name => ['--out', name]))
    expect(code).toBe(1)
    for (const name of names) expect(readFileSync(name, 'utf8'), name).toContain('os.system')
    const { region } = JSON.parse(readFileSync(names[1]!, 'utf8')).runs[0].results[0].locations[0].physicalLocation
    expect(region.byteOffset).toBeGreaterThanOrEqual(0)
  })

  it('is told by content, and forced by --as', async () => {
    expect(JSON.parse((await called('scan', table, '--json', '-q')).out).artifact.kind).toBe('dataset')
    expect(JSON.parse((await called('scan', table, '--json', '-q', '--as', 'model')).out).artifact.kind).toBe('model')
    expect((await called('scan', files.write('disguised.csv', payload), '-q')).code).toBe(1)
    expect(await called('scan', honest, '-q', '--as', 'dataset')).toMatchObject({ code: 2 })
  })

  it('compares with a base', async () => {
    const { out, code } = await called('scan', wicked, '--base', honest, '--json', '-q')
    expect(code).toBe(1)
    expect(JSON.parse(out).outcomes.filter((o: { reason?: string }) => o.reason?.includes('--base'))).toEqual([])
  })

  it('gives the same bytes for the same files', async () => {
    const args = ['scan', files.path('wicked'), '--json', '-q']
    expect((await called(...args)).out).toBe((await called(...args)).out)
  })
})

describe('paths at fault', () => {
  it('is a fault that names the path when there is nothing else to judge', async () => {
    execFileSync('mkfifo', [files.path('pipe.pkl')])
    for (const name of ['absent.pkl', 'pipe.pkl']) {
      const { code, err, out } = await called('scan', files.path(name), '--as', 'model')
      expect(code).toBe(2)
      expect(err).toContain(name)
      expect(err).not.toMatch(/\n\s+at /)
      expect(out).toBe('')
    }
  })

  it('leaves the other paths of the run their verdict, and holds', async () => {
    const { code, err, out } = await called('scan', honest, files.path('gone.pt'), '--json', '-q')
    expect(code).toBe(3)
    expect(err).toMatch(/gone\.pt: no such file or folder/)
    const report = JSON.parse(out)
    expect(report.files).toHaveLength(1)
    expect(report.files[0].severity).not.toBe('block')
    expect((await called('scan', wicked, files.path('gone.pt'), '-q')).code).toBe(1)
  })

  it('does not follow a link out of the folder, and says so', async () => {
    mkdirSync(files.path('linked'))
    files.write('linked/config.json', '{"model_type":"bert"}')
    symlinkSync(wicked, files.path('linked/pytorch_model.bin'))
    symlinkSync('.', files.path('linked/again'))
    const { code, out } = await called('scan', files.path('linked'), '-q')
    expect(code).toBe(3)
    expect(out).toMatch(/pytorch_model\.bin was left out: it is a link out of\s+the folder/)
    expect(out).toMatch(/again was left out: it is a link back to the folder itself: a\s+loop/)
  })

  it('says of bytes that nobody can read that they are unread, and holds', async () => {
    const { code, out } = await called('scan', files.write('noise.pkl', Buffer.alloc(600, 0xfe)), '-q')
    expect(code).toBe(3)
    expect(out).toMatch(/600\s+bytes/)
  })
})

describe('pictures that come as pickles', () => {
  it('are named as not judged, with what to do, and held', async () => {
    const array = 'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR'
    for (const name of ['data_batch_1', 'test_batch'])
      files.write(`cifar/${name}`, Buffer.from(`\x80\x02}(U\x04data${array}U\x06labels](K\x06K\x09eu.`, 'latin1'))
    const { code, out } = await called('scan', files.path('cifar'), '-q')
    expect(code).toBe(3)
    expect(out.replace(/\s+/g, ' ')).toContain('pictures and labels in data_batch_1, test_batch were not judged')
    expect(out).toContain('.npz')
  })
})

describe('bezoar explain', () => {
  it('explains a detector of models', async () => {
    const { code, out } = await called('explain', 'pickle-program')
    expect(code).toBe(0)
    expect(out).toContain('programs of a model')
    expect(out).toMatch(/What it sees/)
  })
})
