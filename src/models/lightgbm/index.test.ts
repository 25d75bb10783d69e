import { describe, expect, it } from 'vitest'
import { join, payload } from '../../../test/model-zoo/arrays/bytes.ts'
import { cutEverywhere, mutateOften } from '../../../test/model-zoo/arrays/hostile.ts'
import { treeModel } from '../../../test/model-zoo/arrays/trees.ts'
import { examined } from '../../kit/index.ts'

const root = async (data: Uint8Array) => (await examined('trees', data)).root
const whole = treeModel('lightgbm')

describe('LightGBM', () => {
  it.each(['lightgbm'] as const)('accounts for each byte that the library wrote (%s)', async name => {
    const { format, notes, unread } = await root(treeModel(name))
    expect([format, notes, unread]).toEqual(['lightgbm', [], []])
  })

  it('looks behind the end', async () => {
    const { notes, members } = await root(join(whole, payload))
    expect(notes.map(n => n.rule)).toEqual(['lightgbm-tail'])
    expect(members.map(m => m.format)).toEqual(['pickle'])
  })

  it('names lines that are none of its own', async () => {
    const text = new TextDecoder().decode(whole).replace('end of trees', 'import os\nend of trees')
    const { notes } = await root(new TextEncoder().encode(text))
    expect(notes.map(n => n.rule)).toEqual(['lightgbm-odd-line'])
  })

  it('never takes a broken file for whole, and never gives up', async () => {
    expect((await cutEverywhere('trees', whole, { from: 20, to: 400 })).clean).toEqual([])
    expect((await mutateOften('trees', whole, 100)).threw).toEqual([])
  })
})
