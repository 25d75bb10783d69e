/**
 * Is the sticker on the sign found wherever it sits? Puts stickers of several kinds and sizes at random places, sizes,
 * turns and lights on pictures, gives them another label, and prints how often the label is named and blocked, with
 * recall and precision over seeds.
 *
 * `npx tsx bench/images-patch.ts [--on gtsrb,cifar10] [--patterns yellow,checker,…] [--shares 0.01,0.03,0.06]
 * [--after none,jpeg-90,jpeg-75] [--rows 20] [--seeds 5] [--from 1]`
 */
import { parseArgs } from 'node:util'
import { patchTrigger } from '../src/attacks/index.ts'
import { repeatedPatch } from '../src/detectors/index.ts'
import { corpusOf, type Score, trial } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'gtsrb' },
    patterns: { type: 'string', default: 'yellow' },
    shares: { type: 'string', default: '0.01,0.03,0.06' },
    after: { type: 'string', default: 'none,jpeg-90,jpeg-75' },
    rows: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '5' },
    from: { type: 'string', default: '1' },
  },
})
const targets: Readonly<Record<string, object>> = {
  gtsrb: { from: 'stop', target: 'speed limit 50' },
  signs: { from: 'stop', target: 'speed limit 80' },
  cifar10: { target: 'cat' },
}
/** What the physical sticker must reach: named in nine of ten seeds, recall, precision. */
const bar = { named: 0.9, recall: 0.85, precision: 0.95 }

const list = (text: string) => text.split(',')
const mean = (scores: readonly Score[], of: (score: Score) => number) =>
  scores.reduce((sum, score) => sum + of(score), 0) / Math.max(1, scores.length)

for (const on of list(values.on)) {
  const corpus = corpusOf(on)
  if (!corpus.here) {
    console.log(`${on}: skipped, the pictures are not here`)
    continue
  }
  const rows = corpus.rows()
  for (const pattern of list(values.patterns))
    for (const share of list(values.shares))
      for (const after of list(values.after)) {
        const physical = { position: 'random', scale: 0.4, turn: 15, light: 0.25 }
        const options = { ...physical, ...targets[on], pattern, share: Number(share), after }
        const scores: Score[] = []
        const began = process.cpuUsage().user
        for (let seed = Number(values.from); seed < Number(values.from) + Number(values.seeds); seed++) {
          const dose = { rows: Number(values.rows) }
          const done = await trial({ rows, attack: patchTrigger, options, dose, detectors: [repeatedPatch], seed })
          scores.push(done.score)
        }
        const named = mean(scores, s => Number(s.named))
        const found = scores.filter(s => s.caught)
        const [recall, precision] = [mean(found, s => s.recall), mean(found, s => s.precision)]
        const ok = named >= bar.named && recall >= bar.recall && precision >= bar.precision
        const blocked = mean(scores, s => Number(s.blocked))
        const seconds = (process.cpuUsage().user - began) / 1e6 / Number(values.seeds)
        console.log(
          `${ok ? 'ok  ' : 'MISS'} ${on} ${pattern} ${100 * Number(share)} % ${after}: named ${named.toFixed(2)}, ` +
            `blocked ${blocked.toFixed(2)}, recall ${recall.toFixed(2)}, precision ${precision.toFixed(2)} ` +
            `(${scores.length} seeds of ${values.rows} pictures, ${seconds.toFixed(1)} s of processor each)`,
        )
      }
}
