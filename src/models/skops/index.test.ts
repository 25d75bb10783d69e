import { describe, expect, it } from 'vitest'
import { zipOf } from '../../../test/model-zoo/containers/zip-file.ts'
import { samples } from '../../../test/model-zoo/skops.ts'
import { membersOf } from '../../core/index.ts'
import { examined } from '../../kit/index.ts'

const file = samples.find(sample => sample.name === 'honest skops forest')!.files['model.skops']!
const programOf = async (data: Uint8Array) => {
  const { root } = await examined('m.skops', data)
  return [...membersOf(root)].flatMap(member => member.programs).find(program => program.language === 'skops')
}
const schema = (text: string) => zipOf([{ name: 'schema.json', data: new TextEncoder().encode(text) }])

describe('skops', () => {
  it('says what a schema makes, each thing once with a count', async () => {
    const program = await programOf(file)
    const told = program!.acts.map(({ kind, module, name, count }) => `${kind} ${module}.${name} ${count}`)
    expect(told).toContain('call sklearn.ensemble._forest.RandomForestClassifier 1')
    expect(told).toContain('call sklearn.tree._classes.DecisionTreeClassifier 2')
    expect(told).toContain('call sklearn.tree._tree.Tree 1')
    expect(told).toContain('import numpy.ndarray 3')
    expect(program!.listing!(3)).toHaveLength(3)
  })

  it('leaves other zips with a schema alone', async () => {
    for (const text of ['{"type": "object"}', '{', '[]', '', '{"__loader__": 5}'])
      expect((await programOf(schema(text)))?.acts ?? [], text).toEqual([])
  })

  it('reads deep and cut schemas without failing', async () => {
    const deep = '{"__loader__":"ObjectNode","content":'.repeat(20_000)
    expect(await programOf(schema(deep))).toBeUndefined()
    expect((await programOf(schema(`${deep}1${'}'.repeat(20_000)}`)))?.acts.length).toBeGreaterThanOrEqual(0)
    for (let end = 0; end < file.length; end += 97) await examined('m.skops', file.subarray(0, end))
  })
})
