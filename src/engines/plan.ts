import type { AnswersOf, AnyRequest, AnyStatistic } from '../core/index.ts'

export type Catalogue = ReadonlyMap<string, AnyStatistic>

/** A request, the statistic that answers it, and the answer it needs first. */
export interface Question {
  readonly statistic: AnyStatistic
  readonly options: unknown
  readonly prior: unknown
}

/** Answers some questions, whose priors are known, in one pass over the table. */
export type Pass = (questions: readonly Question[]) => Promise<readonly unknown[]>

/** Longest chain of questions that need each other: every link is one more pass over the data. */
const mostPasses = 8

interface Step {
  readonly request: AnyRequest
  readonly statistic: AnyStatistic
  readonly prior: AnyRequest | null
}

/**
 * Answers requests in as few passes as their priors allow: in each pass everything whose prior is known. Requests that
 * say the same are answered once, also when they are asked again later.
 */
export function planner(catalogue: Catalogue, pass: Pass) {
  const same = sameRequests()
  const answers = new Map<AnyRequest, unknown>()
  let last: Promise<unknown> = Promise.resolve()

  /** The request and all that it needs first, deepest first. */
  function steps(request: AnyRequest, above: readonly AnyRequest[] = []): Step[] {
    const statistic = catalogue.get(request.statistic)
    if (!statistic) throw new Error(`no statistic "${request.statistic}" in the catalogue`)
    const before = statistic.prior?.(request.options)
    const prior = before ? same(before) : null
    if (prior && (above.length >= mostPasses || above.includes(prior)))
      throw new Error(`statistic "${request.statistic}" needs its own answer first`)
    const own: Step = { request, statistic, prior }
    return prior ? [...steps(prior, [...above, request]), own] : [own]
  }

  async function answer(requests: readonly AnyRequest[]): Promise<void> {
    let open = new Map<AnyRequest, Step>()
    for (const request of requests) for (const step of steps(request)) open.set(step.request, step)
    for (const request of answers.keys()) open.delete(request)
    while (open.size > 0) {
      const ready = [...open.values()].filter(({ prior }) => prior === null || answers.has(prior))
      const got = await pass(
        ready.map(({ request, statistic, prior }) => ({
          statistic,
          options: request.options,
          prior: prior ? answers.get(prior) : undefined,
        })),
      )
      ready.forEach(({ request }, i) => void answers.set(request, got[i]))
      open = new Map([...open].filter(([request]) => !answers.has(request)))
    }
  }

  return {
    /** One after the other: a second call waits for the first and may find its question answered. */
    async measure<R extends Readonly<Record<string, AnyRequest>>>(requests: R): Promise<AnswersOf<R>> {
      const wanted = Object.entries(requests).map(([name, request]) => [name, same(request)] as const)
      const mine = last.then(() => answer(wanted.map(([, request]) => request)))
      last = mine.catch(() => {})
      await mine
      return Object.fromEntries(wanted.map(([name, request]) => [name, answers.get(request)])) as AnswersOf<R>
    },
    forget(): void {
      answers.clear()
    },
  }
}

/** Finds the first request equal to the given one: equal statistic and equal options, typed arrays by identity. */
function sameRequests(): (request: AnyRequest) => AnyRequest {
  const seen: AnyRequest[] = []
  return request => {
    const found = seen.find(other => other.statistic === request.statistic && equal(other.options, request.options))
    if (!found) seen.push(request)
    return found ?? request
  }
}

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isOpaque(a) || isOpaque(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    key => Object.hasOwn(b, key) && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}

/** Things that are equal only when they are the same thing. */
const isOpaque = (value: object): boolean =>
  ArrayBuffer.isView(value) || value instanceof Map || value instanceof Set || value instanceof Date
