/**
 * How long is a drill, and what does it say? All attacks on a real corpus.
 * Usage: npx tsx bench/drill.ts [--on tweets] [--minutes 10] [--seeds 3]
 */
import { parseArgs } from 'node:util'
import { judgesTables } from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { corpusOf, drill } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'tweets' },
    minutes: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '3' },
  },
})
const corpus = corpusOf(values.on)
if (!corpus.here) {
  console.log(`${corpus.id}: skipped, the file is not here`)
  process.exit(0)
}
const began = performance.now()
const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
let trials = 0
const result = await drill(corpus.rows(), {
  detectors: detectors.filter(judgesTables),
  seeds: Array.from({ length: Number(values.seeds) }, (_, k) => k + 1),
  budgetMs: Number(values.minutes) * 60_000,
  now: () => performance.now(),
  onProgress: ({ done, attack, dose }) => {
    trials = done + 1
    if (process.stderr.isTTY) process.stderr.write(`\r${seconds()} s, trial ${trials}: ${attack} × ${dose}          `)
  },
})
console.log(`${corpus.about}: ${trials} trials in ${seconds()} s`)
console.log(`known before: ${result.before.map(b => `${b.severity} ${b.detector}`).join(', ') || 'nothing'}`)
for (const { sentence, doses } of result.attacks) {
  console.log(sentence)
  for (const { rows, power: p } of doses) {
    const [low, high] = p.interval.map(share => `${Math.round(share * 100)} %`)
    const quality = `recall ${p.recall.toFixed(2)}, precision ${p.precision.toFixed(2)}, rank ${p.rank ?? '–'}`
    console.log(
      `  ${String(rows).padStart(6)} rows: ${p.caught}/${p.trials} caught (${low}–${high}), ${p.blocked} blocked, ${quality}`,
    )
  }
}
for (const sentence of result.notTried) console.log(`not tried: ${sentence}`)
