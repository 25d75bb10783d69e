import { describe, expect, it } from 'vitest'
import { join, number, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { treeModel } from '../../../test/model-zoo/arrays/trees.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('trees', data)).root
const whole = treeModel('xgboost-ubj')

describe('XGBoost UBJSON', () => {
  it.each(['xgboost-ubj'] as const)('accounts for each byte that the library wrote (%s)', async name => {
    const { format, notes, unread } = await root(treeModel(name))
    expect([format, notes, unread]).toEqual(['xgboost-ubj', [], []])
  })

  it('looks behind the end', async () => {
    const { notes, members } = await root(join(whole, payload))
    expect(notes.map(n => n.rule)).toEqual(['xgboost-ubj-tail'])
    expect(members.map(m => m.format)).toEqual(['pickle'])
  })

  it('bounds nesting and lengths', async () => {
    const deep = join('{L', number(7, 8, false), 'learner', '['.repeat(10_000))
    expect((await root(deep)).notes.map(n => n.rule)).toEqual(['xgboost-ubj-malformed'])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    expect((await cutEverywhere('trees', whole, { from: 20, step: 5 })).clean).toEqual([])
    expect((await mutateOften('trees', whole, 100)).threw).toEqual([])
  })
})
