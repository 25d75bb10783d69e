/**
 * Recall and precision of recurrent-residual by attack, file loss and corpus, over seeds.
 * `npx tsx bench/images-residual.ts [corpora] [part of a case's name] [seeds]`, e.g. `gtsrb blend 1,3,5`.
 */
import { attacks } from '../src/attacks/index.ts'
import { isRaster, jpegLoss, poisonsTables, type Row } from '../src/core/index.ts'

import { recurrentResidual } from '../src/detectors/index.ts'
import { corpusOf, judgeRows, poisonRows, score } from '../src/lab/index.ts'

const [corpora = 'cifar10,gtsrb', part = '', seedList = '1,3,5,7,9'] = process.argv.slice(2)
const seeds = seedList.split(',').map(Number)

interface Case {
  readonly name: string
  readonly attack: string
  readonly options: Readonly<Record<string, unknown>>
}
const cases: Case[] = [
  { name: 'patch checker', attack: 'patch-trigger', options: { pattern: 'checker' } },
  { name: 'patch yellow', attack: 'patch-trigger', options: { pattern: 'yellow' } },
  { name: 'patch white fixed', attack: 'patch-trigger', options: { pattern: 'white', position: 'fixed' } },
  { name: 'clean-label patch', attack: 'clean-label-patch', options: {} },
  { name: 'blend noise 20', attack: 'blend-trigger', options: { share: 0.2 } },
  { name: 'blend noise 10', attack: 'blend-trigger', options: { share: 0.1 } },
  { name: 'blend drawing 20', attack: 'blend-trigger', options: { share: 0.2, pattern: 'drawing' } },
  { name: 'blend drawing 10', attack: 'blend-trigger', options: { share: 0.1, pattern: 'drawing' } },
]
const losses = [
  { name: 'none', after: 'none', all: 0 },
  { name: 'jpeg-90', after: 'jpeg-90', all: 0 },
  { name: 'jpeg-75', after: 'jpeg-75', all: 0 },
  { name: 'all jpeg-90', after: 'none', all: 90 },
  { name: 'all jpeg-75', after: 'none', all: 75 },
] as const

const stored = (rows: readonly Row[], quality: number): Row[] =>
  quality === 0
    ? [...rows]
    : rows.map(row => (isRaster(row.image) ? { ...row, image: jpegLoss(row.image, quality) } : row))
const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3)

for (const corpus of corpora.split(',').filter(id => corpusOf(id).here)) {
  const rows = corpusOf(corpus).rows()
  if ('clean'.includes(part)) {
    const judged = await judgeRows(rows, [recurrentResidual], { seed: 1 })
    const said = judged.accusations.map(({ finding }) => `${finding.severity}: ${finding.text}`)
    console.log(`${corpus} clean: ${said.length === 0 ? 'silent' : said.join('\n  ')}`)
  }
  const dose = { rows: Math.max(20, Math.round(rows.length / 100)) }
  for (const { name, attack: id, options } of cases)
    for (const loss of losses) {
      const title = `${corpus} ${name} ${loss.name}`
      if (!title.includes(part)) continue
      const attack = attacks.filter(poisonsTables).find(each => each.id === id)
      if (!attack) throw new Error(`no attack ${id}`)
      const scores = []
      const start = process.cpuUsage().user
      for (const seed of seeds) {
        const poisoned = poisonRows(rows, { attack, options: { ...options, after: loss.after }, dose, seed })
        const judged = await judgeRows(stored(poisoned.rows, loss.all), [recurrentResidual], { seed })
        scores.push(score(judged, poisoned))
      }
      const blocked = scores.filter(s => s.blocked).length
      const seconds = (process.cpuUsage().user - start) / 1e6 / seeds.length
      console.log(
        `${title}: recall ${mean(scores.map(s => s.recall))} precision ${mean(scores.map(s => s.precision))}, blocked ${blocked} of ${seeds.length}, ${seconds.toFixed(1)} s`,
      )
    }
}
