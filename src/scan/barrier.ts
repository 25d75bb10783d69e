import type { AnswersOf, AnyRequest } from '../core/index.ts'

type Requests = Readonly<Record<string, AnyRequest>>
interface Waiting {
  readonly requests: Requests
  readonly resolve: (answers: Record<string, unknown>) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Lets many askers share passes: nobody is answered until every live asker waits, then all are answered together.
 * Each asker holds a ticket and must `leave` when it is done.
 */
export function barrier(measure: (requests: Requests) => Promise<Record<string, unknown>>, askers: number) {
  let live = askers
  let waiting: Waiting[] = []

  async function flush(): Promise<void> {
    const asked = waiting
    waiting = []
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
      for (const w of asked) w.reject(reason)
    }
  }

  return {
    ask<R extends Requests>(requests: R): Promise<AnswersOf<R>> {
      return new Promise((resolve, reject) => {
        waiting.push({ requests, resolve: answers => resolve(answers as AnswersOf<R>), reject })
        if (waiting.length === live) void flush()
      })
    },
    leave(): void {
      live--
      if (live > 0 && waiting.length === live) void flush()
    },
  }
}
