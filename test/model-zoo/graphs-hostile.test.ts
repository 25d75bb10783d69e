import { describe, expect, it } from 'vitest'
import { membersOf } from '../../src/core/index.ts'
import { examined } from '../../src/kit/index.ts'
import { isDoubted, mutateOften } from './arrays/hostile.ts'
import { samples } from './graphs.ts'

/** A look at any damaged file takes less than this. */
const patienceMs = 2000
const mostCuts = 2000
const mutations = 150

const honest = new Map<string, Uint8Array>()
for (const sample of samples)
  if (sample.verdict === 'pass')
    for (const [name, data] of Object.entries(sample.files))
      if (!honest.has(sample.name)) honest.set(`${sample.name}/${name}`, data)

/** True when something was said of the bytes: what they are, or that they are not right. */
async function isSeen(name: string, data: Uint8Array): Promise<{ seen: boolean; gaveUp: boolean; ms: number }> {
  const began = performance.now()
  const file = await examined(name, data)
  const ms = performance.now() - began
  const members = [...membersOf(file.root)]
  const gaveUp = members.some(member => member.unread.some(each => each.reason.includes('gave up')))
  return { seen: isDoubted(file) || members.some(member => member.format !== null), gaveUp, ms }
}

describe.each([...honest])('%s', (path, data) => {
  const name = path.slice(path.indexOf('/') + 1)

  it('cut off anywhere is a subject or a finding', async () => {
    const step = Math.max(1, Math.floor(data.length / mostCuts))
    let slowest = 0
    for (let length = 1; length < data.length; length += step) {
      const { seen, gaveUp, ms } = await isSeen(name, data.slice(0, length))
      expect([length, seen, gaveUp]).toEqual([length, true, false])
      slowest = Math.max(slowest, ms)
    }
    expect(slowest).toBeLessThan(patienceMs)
  }, 60_000)

  it('with changed bytes neither throws nor hangs', async () => {
    const { threw, slowest } = await mutateOften(name, data, mutations)
    expect(threw).toEqual([])
    expect(slowest).toBeLessThan(patienceMs)
  }, 60_000)
})
