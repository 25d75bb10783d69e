import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { called, joined, named, object, op, pickled, type Thing } from '../../../test/model-zoo/pickle/assembler.ts'
import { samples } from '../../../test/model-zoo/pickle.ts'
import { acceptModel, type ModelSample, modelOf, outcomeOf } from '../../kit/index.ts'
import pickleProgram from './index.ts'

const sample = (name: string, thing: Thing, verdict: ModelSample['verdict'], names?: string): ModelSample => ({
  name,
  class: name,
  files: { 'model.pkl': pickled(thing) },
  verdict,
  ...(names === undefined ? {} : { names }),
})

const classes = [...new Set(samples.map(each => each.class))]
/** Readers that disagree and bombs are told by the formats that read them. */
const own = classes.filter(kind => !/honest|readers|bombs/.test(kind))
const caught = [
  sample('a denied call', called('os.system', 'true'), 'block', 'os.system'),
  sample('an unknown call', object('mypkg.models.Net', { dict: {} }), 'block', 'mypkg.models.Net'),
  sample('an unknown import', { dict: { f: named('mypkg.metrics.score') } }, 'hold', 'mypkg.metrics.score'),
  sample('a class newer than its list', object('sklearn.newer.Model', { dict: {} }), 'hold', 'sklearn.newer.Model'),
  sample('nested torch bytes', called('torch.storage._load_from_bytes', new Uint8Array(4)), 'hold', '_load_from_bytes'),
  sample('a constructor', called('torch.nn.modules.linear.Linear', 4, 4), 'hold', 'Linear'),
  sample('an id of another loader', { persistent: 'weights-1' }, 'hold', 'id'),
  {
    name: 'a pickle that breaks off',
    class: 'broken',
    files: { 'model.pkl': joined(pickled(called('collections.OrderedDict')).subarray(0, -1), op.append) },
    verdict: 'hold' as const,
    names: 'APPEND',
  },
  {
    name: 'a walk',
    class: 'walk',
    files: { 'model.pkl': joined(op.proto(2), op.global('mypkg', 'Net.load'), op.stop) },
    verdict: 'block' as const,
    names: 'Net.load',
  },
  ...['computed name', 'result of a call is called'].map(end => samples.find(each => each.name.endsWith(end))!),
  ...own.flatMap(kind => samples.filter(each => each.class === kind).slice(0, 4)),
]

acceptModel(pickleProgram, {
  honest: samples.filter(each => each.verdict === 'pass'),
  caught,
  missed: [
    {
      sample: sample('a listed function kept for later', { dict: { score: named('numpy.log1p') } }, 'hold'),
      because: 'a harmless function that the model calls later is not told from one that it should not call',
    },
  ],
  matters: { allow: ['mypkg.models.Net'] },
})

const judge = async (files: Readonly<Record<string, Uint8Array>>, allow: string[] = []) =>
  outcomeOf(pickleProgram, await modelOf(files), { options: { allow } })

describe('findings', () => {
  it('brings forty strangers of one package together', async () => {
    const nets = Array.from({ length: 40 }, (_, k) => object(`mypkg.models.Net${k}`, { dict: { a: k } }))
    const { findings } = await judge({ 'model.pkl': pickled(nets) })
    expect(findings.map(each => each.text)).toEqual([
      'model.pkl: loading it calls mypkg.models.Net0 and 39 more of mypkg. Nobody here knows what that code does.',
    ])
    expect(findings[0]!.evidence).toMatchObject({ remedy: expect.stringContaining('"mypkg.models.Net1"') })
  })

  it('counts what a file does again and again, and shows the line', async () => {
    const bytes = pickled([called('os.system', 'true'), called('os.system', 'true')])
    const { findings, figures } = await judge({ 'model.pkl': bytes })
    expect(findings).toHaveLength(1)
    const [{ evidence }] = findings as [(typeof findings)[number]]
    if (evidence.kind !== 'act') throw new Error(evidence.kind)
    expect(evidence.times).toBe(2)
    expect(evidence.statement).toContain('os.system')
    expect(evidence.listing.filter(line => line.lit)).toEqual([
      { offset: evidence.offset, text: evidence.statement, lit: true },
    ])
    expect(bytes[evidence.offset]).toBe(0x52)
    expect(figures.map(each => each.kind)).toEqual(['names', 'listing'])
  })

  it('allows what the user names, exactly, and never what is denied', async () => {
    const file = (path: string) => ({ 'model.pkl': pickled(object(path, { dict: {} })) })
    const allow = ['mypkg.models.Net', 'os.system', 'subprocess.Popen']
    expect((await judge(file('mypkg.models.Net'), allow)).findings).toEqual([])
    for (const path of ['mypkg.models.Net2', 'mypkg.models.net', 'mypkg.Net', 'subprocess.Popen', 'os.system'])
      expect((await judge(file(path), allow)).findings[0]?.severity, path).toBe('block')
  })

  it('lists no more than a hundred findings of a file, and says so', async () => {
    const strangers = Array.from({ length: 300 }, (_, k) => called(`pkg${k}.run`, 'x'))
    const { findings } = await judge({ 'model.pkl': pickled([called('os.system', 'true'), ...strangers]) })
    expect(findings).toHaveLength(100)
    expect(findings.every(each => each.severity === 'block')).toBe(true)
  })

  it('keeps one finding for each file', async () => {
    const bytes = pickled(called('os.system', 'true'))
    const { findings } = await judge({ 'a.pkl': bytes, 'b.pkl': bytes })
    expect(findings.map(each => each.text.slice(0, 5)).sort()).toEqual(['a.pkl', 'b.pkl'])
  })
})

const models = fileURLToPath(new URL('../../../../shared/data/models', import.meta.url))
const folders = ['pickle', 'pytorch'].map(folder => join(models, folder))
const real = folders.flatMap(folder => {
  try {
    return readdirSync(folder).map(name => join(folder, name))
  } catch {
    return []
  }
})

describe.skipIf(real.length === 0)('published models', () => {
  it.each(real.map(path => [path.slice(models.length + 1), path]))('%s is left alone', async (name, path) => {
    const { findings, status, reason } = await judge({ [name]: readFileSync(path) })
    expect(status, reason).toBe('clean')
    expect(findings).toEqual([])
  })
})
