import { describe, expect, it } from 'vitest'
import { floats, join } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere } from '../../../test/model-zoo/arrays/hostile.ts'
import { checkpointIndex } from '../../../test/model-zoo/graphs/tensorflow.ts'
import { notesOf, tensorsOf, unreadOf } from '../../core/index.ts'
import { examined, modelOf } from '../../kit/index.ts'

const shard = 'variables.data-00000-of-00001'

describe('tf-checkpoint', () => {
  it('reads the index to its last byte', async () => {
    const { format, notes, unread, facts } = (await examined('variables.index', checkpointIndex(16))).root
    expect([format, notes, unread]).toEqual(['tf-checkpoint', [], []])
    expect(facts).toContainEqual({ name: 'tensors', value: 1 })
  })

  it('never takes an index that is cut off for whole', async () => {
    expect(await cutEverywhere('variables.index', checkpointIndex(16))).toMatchObject({ clean: [] })
  })

  it('explains the numbers beside it, and not what stands behind them', async () => {
    const model = await modelOf({ 'variables.index': checkpointIndex(16), [shard]: floats(4) })
    expect([...unreadOf(model)]).toEqual([])
    expect([...tensorsOf(model)].map(({ found }) => [found.name, found.dtype, found.shape])).toEqual([
      ['w', 'F32', [4]],
    ])
    const longer = await modelOf({ 'variables.index': checkpointIndex(16), [shard]: join(floats(4), 'more') })
    expect([...unreadOf(longer)].map(({ found }) => [found.start, found.end])).toEqual([[16, 20]])
    const shorter = await modelOf({ 'variables.index': checkpointIndex(16), [shard]: floats(3) })
    expect([...notesOf(shorter), ...shorter.notes.map(found => ({ found }))].map(each => each.found.rule)).toContain(
      'tf-checkpoint-bad-tensor',
    )
  })
})
