/**
 * What the looks of pictures say of labels and of parts of labels, with the thresholds of the package: flipped labels by
 * rate (rows accused by findings of hold, and how well the probabilities rank all rows), parts of labels that stand apart
 * under patches, blends, waves and warps without a model, clean runs, and processor time.
 *
 * `npx tsx bench/images-embedding.ts [--on gtsrb,cifar10] [--seeds 1,3,5,7,9]`
 */
import { parseArgs } from 'node:util'
import { blendTrigger, labelFlip, patchTrigger, sinusoidTrigger, warpTrigger } from '../src/attacks/index.ts'
import { type AnyTableAttack, isRaster, labelOf, pictureClasses, type Row, resized } from '../src/core/index.ts'
import { embeddingSeparation, labelNoise, outlierImage } from '../src/detectors/index.ts'
import { corpusOf, judgeRows, trial } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: { on: { type: 'string', default: 'gtsrb,cifar10' }, seeds: { type: 'string', default: '1,3,5,7,9' } },
})
const seeds = values.seeds.split(',').map(Number)
const corpora = values.on
  .split(',')
  .map(corpusOf)
  .filter(c => c.here)
const detectors = [labelNoise, embeddingSeparation, outlierImage]
const mean = (xs: readonly number[]) => (xs.reduce((a, b) => a + b, 0) / Math.max(1, xs.length)).toFixed(2)

/** Area under the ROC curve of one less the probability of the own label. */
function auroc(rows: readonly Row[], isWrong: (i: number) => boolean): number {
  const labels = [...new Set(rows.map(r => labelOf(r.label)!))]
  const pixels = new Uint8Array(rows.length * 3072)
  for (const [i, { image }] of rows.entries()) if (isRaster(image)) pixels.set(resized(image, 32, 32).pixels, i * 3072)
  const label = Int32Array.from(rows, r => labels.indexOf(labelOf(r.label)!))
  const { probability, classes } = pictureClasses({ side: 32, pixels, labels, label })
  const order = Array.from(label.keys()).sort((a, b) => p(b) - p(a))
  function p(i: number): number {
    return probability[i * classes + label[i]!]!
  }
  const wrong = order.flatMap((i, rank) => (isWrong(i) ? [rank + 1] : []))
  const [m, n] = [wrong.length, rows.length - wrong.length]
  return (wrong.reduce((a, b) => a + b, 0) - (m * (m + 1)) / 2) / (m * n)
}

async function flipped(name: string, rate: number, targeted: boolean): Promise<void> {
  const rows = corpusOf(name).rows()
  const [from, to] = [...new Set(rows.map(r => labelOf(r.label)!))].slice(1, 3)
  const runs = await Promise.all(
    seeds.map(async seed => {
      const request = { attack: labelFlip, dose: { rate }, seed, ...(targeted ? { options: { from, to } } : {}) }
      const { score, poisoned } = await trial({ rows, detectors: [labelNoise], ...request })
      return { score, auroc: auroc(poisoned.rows, i => poisoned.truth.has(i)) }
    }),
  )
  const of = (pick: (run: (typeof runs)[number]) => number) => mean(runs.map(pick))
  const what = targeted ? `"${from}" as "${to}"` : 'any'
  console.log(
    `${name} label-flip ${100 * rate} % (${what}): AUROC ${of(r => r.auroc)}, caught ${of(r => Number(r.score.caught))}, recall ${of(r => r.score.recall)}, precision ${of(r => r.score.precision)}`,
  )
}

async function triggered(name: string, attack: AnyTableAttack, rate: number): Promise<void> {
  const rows = corpusOf(name).rows()
  const target = labelOf(rows[0]!.label)!
  for (const detector of [embeddingSeparation, labelNoise]) {
    const scores = []
    for (const seed of seeds)
      scores.push(
        (await trial({ rows, attack, options: { target }, dose: { rate }, detectors: [detector], seed })).score,
      )
    const caught = mean(scores.map(s => Number(s.caught)))
    const [recall, precision] = [mean(scores.map(s => s.recall)), mean(scores.map(s => s.precision))]
    console.log(
      `${name} ${attack.id} ${100 * rate} %, ${detector.id}: caught ${caught}, recall ${recall}, precision ${precision}`,
    )
  }
}

for (const { id } of corpora) {
  const started = process.cpuUsage()
  const rows = corpusOf(id).rows()
  const { accusations } = await judgeRows(rows, detectors, { seed: 1 })
  const { user, system } = process.cpuUsage(started)
  const serious = accusations.filter(a => a.finding.severity !== 'info')
  console.log(
    `${id} clean: ${serious.length} findings of hold or block in ${rows.length} pictures, ${((user + system) / 1e6).toFixed(1)} s of processor time with reading`,
  )
  for (const rate of [0.02, 0.05, 0.1]) await flipped(id, rate, false)
  await flipped(id, 0.02, true)
  for (const attack of [patchTrigger, blendTrigger, sinusoidTrigger, warpTrigger])
    for (const rate of [0.01, 0.05]) await triggered(id, attack, rate)
}
