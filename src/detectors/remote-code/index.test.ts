import { describe, expect, it } from 'vitest'
import { texts } from '../../../test/model-zoo/texts.ts'
import { acceptModel, modelOf, outcomeOf } from '../../kit/index.ts'
import { dangerOf } from './danger.ts'
import remoteCode from './index.ts'
import { loaders, sentenceModules, targets, yamlValues } from './lists.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const findingsOf = async (files: Record<string, string>, options: object = {}) => {
  const model = await modelOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)])))
  return (await outcomeOf(remoteCode, model, { options })).findings
}
const autoMap = JSON.stringify({ auto_map: { AutoModel: 'modeling_x.X' } })

/** Structure, bombs and damage are said by the formats and judged elsewhere. */
const structural = /^(bombs|doubled keys|damaged|pictures|honest|template)/
const zoo = texts.filter(each => !each.name.startsWith('template-'))

acceptModel(remoteCode, {
  honest: zoo.filter(each => each.class === 'honest' && !each.name.startsWith('honest-template')),
  caught: zoo.filter(each => !structural.test(each.class)),
  missed: [
    {
      sample: {
        name: 'a source that no configuration names',
        class: 'sources',
        files: { 'config.json': bytes('{"model_type": "x"}'), 'handler.py': bytes('import os\nos.system("true")\n') },
        verdict: 'hold',
      },
      because: 'no loader of models runs it; scripts beside models start processes for honest reasons',
    },
  ],
  matters: { allow: ['modeling_x.X'] },
})

describe('findings', () => {
  it('names the file that a configuration leads to, and what it does', async () => {
    const [own] = await findingsOf({ 'config.json': autoMap, 'modeling_x.py': 'class X:\n  pass\n' })
    expect(own).toMatchObject({ severity: 'hold', message: 'own', evidence: { name: 'modeling_x.X', by: 'auto_map' } })
    expect(own!.text).toContain('modeling_x.py')
    const source = 'import os\n\n\ndef f():\n    os.system("true")\n\n\nclass X:\n    pass\n'
    const [deeds] = await findingsOf({ 'config.json': autoMap, 'modeling_x.py': source })
    expect(deeds).toMatchObject({ severity: 'block', message: 'deeds' })
    if (deeds?.evidence.kind !== 'act') throw new Error('wrong evidence')
    expect(deeds.evidence.listing.filter(line => line.lit).map(line => line.text.trim())).toContain('os.system("true")')
  })

  it('says nothing of sources that no configuration names', async () => {
    expect(await findingsOf({ 'config.json': '{"a": 1}', 'x.py': 'import os\nos.system("true")\n' })).toEqual([])
  })

  it('counts the place of an act in bytes', async () => {
    const yaml = 'title: "ünïcödé 𝕏"\na: !!python/object/apply:os.system ["true"]\n'
    const [found] = await findingsOf({ 'a.yaml': yaml })
    if (found?.evidence.kind !== 'act') throw new Error('wrong evidence')
    const at = Buffer.from(yaml).subarray(found.evidence.offset)
    expect(at.toString()).toMatch(/^(?:!!python|\["true"\])/)
    expect(found.evidence.statement).toContain('os.system("true")')
  })

  it('is not quieted by names, by more keys or by more files', async () => {
    const files = { 'config.json': JSON.stringify({ auto_map: { A: 'a/b--m.X' } }) }
    for (const name of ['config.json', 'README.md', 'x.bin', 'tokenizer.txt'])
      expect((await findingsOf({ [name]: files['config.json'] })).map(f => f.severity)).toContain('block')
    expect((await findingsOf({ ...files, 'modeling_x.py': 'x = 1\n' })).map(f => f.severity)).toContain('block')
  })

  it('allows what the user has read, by exact names, and never another repository', async () => {
    const files = { 'config.json': autoMap, 'modeling_x.py': 'class X:\n  pass\n' }
    expect(await findingsOf(files, { allow: ['modeling_x.X'] })).toEqual([])
    expect(await findingsOf(files, { allow: ['modeling_x'] })).toHaveLength(1)
    const elsewhere = { 'config.json': JSON.stringify({ auto_map: { A: 'a/b--m.X' } }) }
    expect(await findingsOf(elsewhere, { allow: ['a/b--m.X'] })).toHaveLength(1)
  })

  it('lists nothing that is dangerous', () => {
    for (const name of [...targets, ...sentenceModules, ...loaders])
      if (!yamlValues.has(name)) expect(dangerOf(name), name).toBeNull()
    expect(targets.size).toBeGreaterThan(1000)
  })
})
