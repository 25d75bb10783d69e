import type { AnswersOf, AnyRequest, AnyStatistic } from '../core/index.ts'

export type Catalogue = ReadonlyMap<string, AnyStatistic>

/** A request and the statistic that answers it. */
export interface Question {
  readonly key: object
  readonly statistic: AnyStatistic
  readonly options: unknown
  prior: unknown
}

/** Answers some questions, whose priors are known, in one pass. */
export type Pass = (questions: readonly Question[]) => Promise<ReadonlyMap<Question, unknown>>

/**
 * Answers requests in as few passes as their priors allow: first every prior and every request without one, then the
 * rest. Requests that say the same are answered once.
 */
export async function answerAll<R extends Readonly<Record<string, AnyRequest>>>(
  requests: R,
  catalogue: Catalogue,
  pass: Pass,
): Promise<AnswersOf<R>> {
  const answers = new Map<AnyRequest, unknown>()
  const same = sameRequests()
  const wanted = Object.entries(requests).map(([name, request]) => [name, same(request)] as const)
  const open = new Set(wanted.map(([, request]) => request))
  while (open.size > 0) {
    const ready: { request: AnyRequest; question: Question }[] = []
    for (const request of [...open]) {
      const statistic = catalogue.get(request.statistic)
      if (!statistic) throw new Error(`no statistic "${request.statistic}" in the catalogue`)
      const before = statistic.prior?.(request.options)
      const prior = before && same(before)
      if (prior && !answers.has(prior)) {
        open.add(prior)
        continue
      }
      const question = { key: request, statistic, options: request.options, prior: prior && answers.get(prior) }
      ready.push({ request, question })
    }
    for (const request of [...open]) {
      if (ready.some(r => r.request === request)) continue
      const statistic = catalogue.get(request.statistic)!
      if (!statistic.prior)
        ready.push({ request, question: { key: request, statistic, options: request.options, prior: undefined } })
    }
    const got = await pass(ready.map(r => r.question))
    for (const { request, question } of ready) {
      answers.set(request, got.get(question))
      open.delete(request)
    }
  }
  return Object.fromEntries(wanted.map(([name, request]) => [name, answers.get(request)])) as AnswersOf<R>
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
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(key => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
