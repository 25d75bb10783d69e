import { describe, expect, it } from 'vitest'
import { type AnyRequest, type AnyStatistic, statistic } from '../core/index.ts'
import { planner, type Question } from './plan.ts'

/** A statistic that answers its own name and its prior's answer. */
const link = (id: string, prior?: string | ((options: unknown) => AnyRequest)): AnyStatistic =>
  statistic<unknown, unknown, unknown, unknown>({
    id,
    title: id,
    roles: () => [],
    ...(prior
      ? { prior: options => (typeof prior === 'string' ? { statistic: prior, options: {} } : prior(options)) }
      : {}),
    init: (_, before) => [id, before],
    add: state => state,
    merge: a => a,
    finish: state => state,
  }) as AnyStatistic

function planned(...links: AnyStatistic[]) {
  const passes: string[][] = []
  const answer = ({ statistic, options, prior }: Question) => statistic.finish(statistic.init(options, prior), options)
  const pass = async (questions: readonly Question[]) => {
    passes.push(questions.map(q => q.statistic.id))
    return questions.map(answer)
  }
  return { passes, ...planner(new Map(links.map(s => [s.id, s])), pass) }
}

const ask = (id: string, options: unknown = {}): AnyRequest => ({ statistic: id, options })

describe('planner', () => {
  it('answers chains of priors in as many passes as they are long, and never in an empty one', async () => {
    const { measure, passes } = planned(link('a'), link('b', 'a'), link('c', 'b'), link('d'))
    const answers = await measure({ c: ask('c'), d: ask('d') })
    expect(passes).toEqual([['a', 'd'], ['b'], ['c']])
    expect(answers.c).toEqual(['c', ['b', ['a', undefined]]])
  })

  it('asks once what is asked twice, in one call or later', async () => {
    const { measure, passes } = planned(link('a'), link('b', 'a'))
    await measure({
      one: ask('a', { x: [1, { y: 2 }] }),
      two: ask('a', { x: [1, { y: 2 }] }),
      three: ask('a', { x: [1] }),
    })
    const later = await measure({ b: ask('b'), again: ask('a', { x: [1, { y: 2 }] }) })
    expect(passes).toEqual([['a', 'a'], ['a'], ['b']])
    expect(later.again).toEqual(['a', undefined])
  })

  it('takes typed arrays for equal only when they are the same', async () => {
    const { measure, passes } = planned(link('a'))
    const model = Float64Array.of(1, 2)
    await measure({ a: ask('a', { model }), b: ask('a', { model }), c: ask('a', { model: Float64Array.of(1, 2) }) })
    expect(passes).toEqual([['a', 'a']])
  })

  it('answers calls one after the other, also after one that failed', async () => {
    const { measure, passes } = planned(link('a'), link('b'))
    const [a, none, b] = await Promise.allSettled([
      measure({ a: ask('a') }),
      measure({ none: ask('none') }),
      measure({ b: ask('b'), a: ask('a') }),
    ])
    expect([a.status, none.status, b.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(passes).toEqual([['a'], ['b']])
  })

  it('refuses circles and endless chains', async () => {
    const circle = planned(link('a', 'b'), link('b', 'a'))
    await expect(circle.measure({ a: ask('a') })).rejects.toThrow(/needs its own answer/)
    const endless = planned(link('a', options => ask('a', { n: Number((options as { n?: number }).n ?? 0) + 1 })))
    await expect(endless.measure({ a: ask('a') })).rejects.toThrow(/needs its own answer/)
    expect([circle.passes, endless.passes]).toEqual([[], []])
  })
})
