import { describe, expect, it } from 'vitest'
import type { AnyRequest } from '../core/index.ts'
import { barrier } from './barrier.ts'

const request = (statistic: string): AnyRequest => ({ statistic, options: {} })

/** Answers with the statistic's id; a round that holds `broken` fails as a whole, as a pass does. */
function measuring() {
  const rounds: string[][] = []
  const measure = async (requests: Readonly<Record<string, AnyRequest>>) => {
    const wanted = Object.values(requests).map(r => r.statistic)
    rounds.push(wanted)
    if (wanted.includes('broken')) throw new Error('broken statistic')
    return Object.fromEntries(Object.entries(requests).map(([name, r]) => [name, r.statistic]))
  }
  return { rounds, measure }
}

describe('barrier', () => {
  it('answers all askers of a round together, and again when one has left', async () => {
    const { rounds, measure } = measuring()
    const gate = barrier(measure, 2)
    const once = gate.ask({ x: request('a') }).finally(gate.leave)
    const twice = gate.ask({ x: request('b'), y: request('c') }).then(first => {
      expect(first).toEqual({ x: 'b', y: 'c' })
      return gate.ask({ x: request('d') })
    })
    expect(await Promise.all([once, twice])).toEqual([{ x: 'a' }, { x: 'd' }])
    expect(rounds).toEqual([['a', 'b', 'c'], ['d']])
  })

  it('fails the asker whose question cannot be answered, and nobody else', async () => {
    const { rounds, measure } = measuring()
    const gate = barrier(measure, 3)
    const settled = await Promise.allSettled([
      gate.ask({ x: request('a') }),
      gate.ask({ x: request('b'), y: request('broken') }),
      gate.ask({ x: request('c') }),
    ])
    expect(settled.map(s => s.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(settled[0]).toMatchObject({ value: { x: 'a' } })
    expect(settled[2]).toMatchObject({ value: { x: 'c' } })
    expect(rounds).toHaveLength(4)
  })

  it('lets those who were answered go on together after a failure', async () => {
    const { rounds, measure } = measuring()
    const gate = barrier(measure, 3)
    const asking = (first: string, then: string) =>
      gate
        .ask({ x: request(first) })
        .then(() => gate.ask({ x: request(then) }))
        .finally(gate.leave)
    const settled = await Promise.allSettled([asking('a', 'd'), asking('broken', 'never'), asking('c', 'e')])
    expect(settled.map(s => s.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(rounds.at(-1)).toEqual(['d', 'e'])
  })

  it('fails everybody at once when the work is given up', async () => {
    const { rounds, measure } = measuring()
    const gate = barrier(measure, 2, () => true)
    const settled = await Promise.allSettled([gate.ask({ x: request('a') }), gate.ask({ x: request('broken') })])
    expect(settled.map(s => s.status)).toEqual(['rejected', 'rejected'])
    expect(rounds).toHaveLength(1)
  })
})
