/** One measured process of `bench/instructions-speed.ts`: what it does, then a line of JSON about what that took. */
import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { run } from '../../src/cli/index.ts'
import { type AnyStatistic, type AnyTableDetector, judgesTables } from '../../src/core/index.ts'

const [way = '', ...args] = process.argv.slice(2)
const told = new Map<string, number>()
const add = (what: string, ms: number) => void told.set(what, (told.get(what) ?? 0) + ms / 1000)

/** Reads every row and asks nothing. */
async function floor(path: string): Promise<void> {
  const { openTable } = await import('../../src/scan/index.ts')
  const table = await openTable([path])
  let rows = 0
  for await (const batch of table.batches()) rows += batch.size
  await table.close()
  if (rows === 0) throw new Error('no rows')
}

/** Adds up the time in which code of each detector runs; what waits for a statistic counts for nobody. */
function watched(detectors: readonly AnyTableDetector[]): AnyTableDetector[] {
  const whose = new AsyncLocalStorage<string>()
  const began = new Map<number, number>()
  createHook({
    before: id => void began.set(id, performance.now()),
    after(id) {
      const name = whose.getStore()
      const from = began.get(id)
      began.delete(id)
      if (name !== undefined && from !== undefined) add(`detector ${name}`, performance.now() - from)
    },
  }).enable()
  return detectors.map(detector => ({
    ...detector,
    async *detect(context) {
      const { measure } = context.table
      // The pass runs in the context of whoever asked first; it is nobody's.
      const table = { ...context.table, measure: ((r: never) => whose.exit(() => measure(r))) as typeof measure }
      const steps = detector.detect({ ...context, table })[Symbol.asyncIterator]()
      for (;;) {
        const { done, value } = await whose.run(detector.id, () => steps.next())
        if (done) return
        yield value
      }
    },
  }))
}

function timed(statistic: AnyStatistic): AnyStatistic {
  const clock = <A extends readonly unknown[], B>(what: string, work: (...given: A) => B) => {
    return (...given: A): B => {
      const from = performance.now()
      try {
        return work(...given)
      } finally {
        add(`statistic ${statistic.id}${what}`, performance.now() - from)
      }
    }
  }
  return {
    ...statistic,
    add: clock('', statistic.add),
    finish: clock(', at its end', statistic.finish),
  }
}

/** A scan in this thread alone, taken apart. */
async function detail(path: string, flags: readonly string[]): Promise<void> {
  const { judge, openTable } = await import('../../src/scan/index.ts')
  const { detectors } = await import('../../src/detectors/index.ts')
  const { statistics } = await import('../../src/statistics/index.ts')
  const bare = flags.includes('--code-snippets')
  // ONLY=response-steering looks at one detector, for a profile.
  const named = process.env.ONLY?.split(',')
  const all = watched(detectors.filter(judgesTables).filter(({ id }) => named?.includes(id) ?? true))
  const options = bare ? { 'weak-code': { snippets: 0 }, 'response-steering': { slowRows: 0 } } : {}
  const { foldEngine } = await import('../../src/engines/index.ts')
  const table = await openTable([path])
  const catalogue = new Map(statistics.map((s: AnyStatistic) => [s.id, timed(s)]))
  const engine = foldEngine(table, catalogue, { threads: 1 })
  await judge({ table, engine, detectors: all, options, seed: 1 })
  await engine.close()
  await table.close()
}

if (way === 'floor') await floor(args[0]!)
else if (way === 'detail') await detail(args[0]!, args.slice(1))
else process.exitCode = await run(args)
const { user, system } = process.cpuUsage()
const line = {
  processor: (user + system) / 1e6,
  peak: process.resourceUsage().maxRSS / 1e6,
  told: [...told].sort((a, b) => b[1] - a[1]),
}
process.stdout.write(`\n${JSON.stringify(line)}\n`)
