import type { AnswersOf, AnyRequest } from '../core/index.ts'

type Requests = Readonly<Record<string, AnyRequest>>
interface Waiting {
  readonly requests: Requests
  readonly resolve: (answers: Record<string, unknown>) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Lets many askers share passes: nobody is answered until every live asker waits, then all are answered together.
 * When that fails, each is answered alone, so that a question that cannot be answered fails its own asker only.
 * Each asker holds a ticket and must `leave` when it is done.
 * @param stopped true when the work is given up: then a failure is everybody's.
 */
export function barrier(
  measure: (requests: Requests) => Promise<Record<string, unknown>>,
  askers: number,
  stopped: () => boolean = () => false,
) {
  let live = askers
  let waiting: Waiting[] = []

  async function answer(asked: readonly Waiting[]): Promise<void> {
    const all: Record<string, AnyRequest> = {}
    asked.forEach((w, i) => {
      for (const [name, request] of Object.entries(w.requests)) all[`${i}/${name}`] = request
    })
    try {
      const answers = await measure(all)
      asked.forEach((w, i) => {
        w.resolve(Object.fromEntries(Object.keys(w.requests).map(name => [name, answers[`${i}/${name}`]])))
      })
    } catch (reason) {
      if (asked.length > 1 && !stopped()) for (const w of asked) await answer([w])
      else for (const w of asked) w.reject(reason)
    }
  }

  function flush(): void {
    const asked = waiting
    waiting = []
    void answer(asked)
  }

  return {
    ask<R extends Requests>(requests: R): Promise<AnswersOf<R>> {
      return new Promise((resolve, reject) => {
        waiting.push({ requests, resolve: answers => resolve(answers as AnswersOf<R>), reject })
        if (waiting.length === live) flush()
      })
    },
    leave(): void {
      live--
      if (live > 0 && waiting.length === live) flush()
    },
  }
}
