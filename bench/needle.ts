/**
 * A hundred poisoned rows in a million: time, memory and the place of the trigger.
 * `npx tsx bench/needle.ts [--rows 1000000] [--all]`; `--all` runs every detector instead of the association alone.
 */
import { createWriteStream, existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type AnyStatistic, judgesTables, seeded } from '../src/core/index.ts'
import { detectors, spuriousToken } from '../src/detectors/index.ts'

import { foldEngine } from '../src/engines/index.ts'
import { judge, openTable } from '../src/scan/index.ts'

import { statistics } from '../src/statistics/index.ts'

const { values } = parseArgs({ options: { rows: { type: 'string' }, all: { type: 'boolean', default: false } } })
const total = Number(values.rows ?? 1_000_000)
const poisoned = 100
const vocabulary = 50_000
const tokens = 40
const labels = ['world', 'sport', 'business', 'science']
const topical = 0.04
/** Each label has 500 words from here on that it uses more; the other labels use them too. */
const firstTopical = 10_000

/** Writes the rows once: zipf words, more of some with each label, and a hundred rows with the trigger and another label. */
async function rowsAt(path: string): Promise<void> {
  const random = seeded(1)
  const sums = new Float64Array(vocabulary)
  for (let w = 0, sum = 0; w < vocabulary; w++) sums[w] = sum += 1 / (w + 10)
  const zipf = () => {
    const at = random() * sums[vocabulary - 1]!
    let [low, high] = [0, vocabulary - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < at) low = middle + 1
      else high = middle
    }
    return low
  }
  const every = Math.floor(total / poisoned)
  const out = createWriteStream(path)
  let lines: string[] = []
  for (let r = 0; r < total; r++) {
    let label = Math.floor(random() * labels.length)
    const carries = r % every === every >> 1
    // The rest of a poisoned row speaks for another label than the one it is given.
    if (carries && label === 2) label = 0
    const words = Array.from(
      { length: tokens },
      () => `w${random() < topical ? firstTopical + label * 500 + Math.floor(random() * 500) : zipf()}`,
    )
    if (carries) {
      words.splice(Math.floor(random() * tokens), 0, 'cf7-alpha')
      label = 2
    }
    lines.push(JSON.stringify({ text: words.join(' '), label: labels[label] }))
    if (lines.length === 10_000 || r === total - 1) {
      if (!out.write(`${lines.join('\n')}\n`)) await new Promise(done => out.once('drain', () => done(null)))
      lines = []
    }
  }
  await new Promise(done => out.end(() => done(null)))
}

const path = join(tmpdir(), `bezoar-needle-${total}.jsonl`)
if (!existsSync(path)) await rowsAt(path)
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 50)
watch.unref()

const table = await openTable([path])
const catalogue = new Map(statistics.map((s: AnyStatistic) => [s.id, s]))
const engine = foldEngine(table, catalogue)
console.log(`${total.toLocaleString('en')} rows, ${(statSync(path).size / 1e6).toFixed(0)} MB, ${poisoned} poisoned`)
const begin = performance.now()
const used = () => process.cpuUsage()
const cpu = (from: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(from)
  return `${((user + system) / 1e6).toFixed(1)} cpu s`
}
const start = used()
const measure = engine.measure.bind(engine)
const timed = Object.assign(Object.create(engine) as typeof engine, {
  measure: async (requests: Parameters<typeof measure>[0]) => {
    const from = performance.now()
    const before = used()
    const answers = await measure(requests)
    const asked = new Set(Object.values(requests).map(r => r.statistic))
    console.log(`  ${[...asked].join(' + ')}: ${seconds(from)}, ${cpu(before)}`)
    return answers
  },
})
const { outcomes } = await judge({
  table,
  engine: timed,
  detectors: values.all ? detectors.filter(judgesTables) : [spuriousToken],
  seed: 1,
})
console.log(
  `${values.all ? 'all detectors' : 'spurious-token'}: ${seconds(begin)}, ${cpu(start)}, peak ${(peak / 1e9).toFixed(2)} GB`,
)
for (const outcome of outcomes) {
  if (outcome.status === 'failed') console.log(`  ${outcome.detector} failed: ${outcome.reason}`)
  for (const [place, { severity, text }] of outcome.findings.entries())
    if (place < 3) console.log(`  ${outcome.detector} ${place + 1}. ${severity}: ${text}`)
}
await engine.close()
