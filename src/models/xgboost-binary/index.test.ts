import { describe, expect, it } from 'vitest'
import { join, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { treeModel } from '../../../test/model-zoo/arrays/trees.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('trees', data)).root
const whole = treeModel('xgboost-binary')

describe('XGBoost binary', () => {
  it.each(['xgboost-binary', 'xgboost-binary linear'] as const)(
    'accounts for each byte that the library wrote (%s)',
    async name => {
      const { format, notes, unread } = await root(treeModel(name))
      expect([format, notes, unread]).toEqual(['xgboost-binary', [], []])
    },
  )

  it('looks behind the end', async () => {
    const { notes, members } = await root(join(whole, payload))
    expect(notes.map(n => n.rule)).toEqual(['xgboost-binary-tail'])
    expect(members.map(m => m.format)).toEqual(['pickle'])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    expect((await cutEverywhere('trees', whole, { from: 160, step: 3 })).clean).toEqual([])
    expect((await mutateOften('trees', whole, 100)).threw).toEqual([])
  })
})
