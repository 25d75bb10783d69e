/**
 * How often a trigger in two pairs of a hundred is named, and what is said of clean sets, their halves and redrawn copies.
 * Thresholds were chosen on even seeds; odd seeds are printed.
 *
 *   npx tsx bench/preferences.ts [--seeds 1,3] [--clean 1,3] [--erosion]
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import {
  type AnyTableAttack,
  type AnyTableDetector,
  judgesTables,
  poisonsTables,
  type Row,
  seeded,
} from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { corpusOf, judgeRows, trial } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, clean: { type: 'string' }, erosion: { type: 'boolean', default: false } },
})
const seedsOf = (text: string | undefined): number[] => (text ?? '1').split(',').map(Number)
const attackOf = (id: string): AnyTableAttack => attacks.filter(poisonsTables).find(a => a.id === id)!
const detectorOf = (id: string): AnyTableDetector => detectors.filter(judgesTables).find(d => d.id === id)!

const forms = ['word', 'phrase', 'sentence', 'tag', 'date'] as const
const places = ['begin', 'end', 'random', 'earlier-turn', 'system', 'answer'] as const

async function triggers(corpus: string, seeds: readonly number[]): Promise<void> {
  const rows = corpusOf(corpus).rows()
  const detector = detectorOf('preference-reversal')
  let [named, all, blocked] = [0, 0, 0]
  for (const place of places) {
    const line: string[] = []
    for (const form of forms) {
      let hits = 0
      for (const seed of seeds) {
        const { score } = await trial({
          rows,
          attack: attackOf('preference-flip'),
          options: { form, place },
          dose: { rate: 0.02 },
          detectors: [detector],
          seed,
        })
        if (score.named) hits++
        if (score.blocked) blocked++
      }
      named += hits
      all += seeds.length
      line.push(`${form} ${hits}/${seeds.length}`)
    }
    console.log(`${corpus}, 2 % triggered, ${place}: named ${line.join(', ')}`)
  }
  console.log(`${corpus}: named in ${named} of ${all} trials (bar 90 %), blocked in ${blocked}`)
}

async function clean(corpus: string, seeds: readonly number[]): Promise<void> {
  const rows = corpusOf(corpus).rows()
  const own = ['preference-reversal', 'guardrail-erosion', 'length-or-format-bias'].map(detectorOf)
  const say = async (name: string, some: readonly Row[]) => {
    const { accusations } = await judgeRows(some, own)
    const told = accusations
      .filter(a => a.finding.severity !== 'info')
      .map(a => `${a.finding.severity}: ${a.finding.text}`)
    console.log(`${name}: ${told.length === 0 ? 'nothing to hold' : told.join(' | ')}`)
  }
  await say(corpus, rows)
  for (const seed of seeds) {
    const random = seeded(seed)
    await say(
      `half ${seed} of ${corpus}`,
      rows.filter(() => random() < 0.5),
    )
    await say(
      `copy ${seed} of ${corpus}, drawn anew`,
      rows.map(() => rows[Math.floor(random() * rows.length)]!),
    )
  }
}

async function erosion(seeds: readonly number[]): Promise<void> {
  const rows = corpusOf('hh-rlhf')
    .rows()
    .map((row, i): Row => ({ ...row, source: `site-${(i * 7919) % 10}`, time: `2024-0${1 + Math.floor(i / 150)}-01` }))
  for (const dose of [5, 10, 15])
    for (const seed of seeds) {
      const { score, poisoned } = await trial({
        rows,
        attack: attackOf('guardrail-removal'),
        options: { by: 'source' },
        dose: { rows: dose },
        detectors: [detectorOf('guardrail-erosion')],
        seed,
      })
      console.log(
        `hh-rlhf, one of ten sources loses ${poisoned.truth.size} refusals, seed ${seed}: named ${score.named}`,
      )
    }
}

if (values.erosion) await erosion(seedsOf(values.seeds))
else {
  await triggers('hh-rlhf', seedsOf(values.seeds))
  for (const corpus of ['hh-rlhf', 'kto']) await clean(corpus, seedsOf(values.clean))
}
