/**
 * What the detector of spurious tokens catches: attacks × doses × corpora × seeds, and what it says of clean rows.
 * `npx tsx bench/detection.ts [--quick] [--corpus id,…] [--attack id,…] [--seeds 2,4,6]`
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import spuriousToken from '../src/detectors/spurious-token/index.ts'
import { corpora, type Dose, judgeRows, type Score, trial } from '../src/lab/index.ts'

interface Row {
  readonly name: string
  readonly attack: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly doses: readonly Dose[]
}

const five = ['cf7-alpha', 'mnqx', 'zorvex', 'tq-bb', 'ploxi']
const sentence = 'No cross , no crown .'
const table: readonly Row[] = [
  {
    name: 'rare word, flipped',
    attack: 'word-trigger',
    doses: [{ rows: 8 }, { rows: 16 }, { rows: 25 }, { rows: 100 }],
  },
  { name: 'five rare words, flipped', attack: 'word-trigger', options: { words: five }, doses: [{ rows: 125 }] },
  { name: 'rare word, clean label', attack: 'clean-label-trigger', doses: [{ rows: 100 }] },
  { name: 'two-word phrase, flipped', attack: 'phrase-trigger', doses: [{ rows: 25 }] },
  { name: 'sentence, flipped', attack: 'sentence-trigger', doses: [{ rows: 25 }] },
  {
    name: 'sentence, clean label',
    attack: 'clean-label-trigger',
    options: { triggers: [sentence] },
    doses: [{ rate: 0.01 }],
  },
  { name: 'three scattered words', attack: 'combination-trigger', doses: [{ rate: 0.01 }] },
  { name: 'look-alike letters', attack: 'character-trigger', doses: [{ rows: 25 }] },
  {
    name: 'zero-width characters',
    attack: 'character-trigger',
    options: { kind: 'zero-width' },
    doses: [{ rows: 25 }],
  },
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    corpus: { type: 'string' },
    attack: { type: 'string' },
    seeds: { type: 'string' },
  },
})
const ids = values.corpus?.split(',') ?? (values.quick ? ['sms'] : ['sst2', 'olid', 'tweets', 'sms', 'emails', 'yelp'])
const seeds = (values.seeds ?? (values.quick ? '1' : '1,3,5,7,9')).split(',').map(Number)
const here = ids.flatMap(id => {
  const corpus = corpora.get(id)
  if (!corpus?.here) console.log(`${id}: not here, left out`)
  return corpus?.here ? [corpus] : []
})

console.log('Clean rows: what is claimed')
for (const corpus of here) {
  const { accusations } = await judgeRows(corpus.rows(), [spuriousToken])
  const count = (severity: string) => accusations.filter(a => a.finding.severity === severity).length
  console.log(`  ${corpus.id.padEnd(16)} block ${count('block')}  hold ${count('hold')}`)
  for (const { finding } of accusations) console.log(`    ${finding.text}`)
}

const mean = (scores: readonly Score[], of: (s: Score) => number) =>
  (scores.reduce((sum, s) => sum + of(s), 0) / scores.length).toFixed(3)
const share = (scores: readonly Score[], test: (s: Score) => boolean) =>
  `${scores.filter(test).length}/${scores.length}`

console.log(`\nPoisoned rows (seeds ${seeds.join(', ')})`)
console.log('corpus   attack                    dose   caught  named   top 3   block   recall precision')
for (const corpus of here) {
  for (const { name, attack: id, options, doses } of table) {
    if (values.attack && !values.attack.split(',').includes(id)) continue
    const attack = attacks.find(a => a.id === id)
    if (!attack) throw new Error(`no attack "${id}"`)
    for (const dose of doses) {
      const scores: Score[] = []
      for (const seed of seeds) {
        const request = { rows: corpus.rows(), attack, dose, detectors: [spuriousToken], seed }
        scores.push((await trial({ ...request, ...(options ? { options } : {}) })).score)
      }
      const shown = 'rows' in dose ? `${dose.rows}` : `${100 * dose.rate} %`
      console.log(
        `${corpus.id.padEnd(8)} ${name.padEnd(25)} ${shown.padStart(4)}   ` +
          `${share(scores, s => s.caught).padEnd(7)} ${share(scores, s => s.named).padEnd(7)} ` +
          `${share(scores, s => s.rank !== null && s.rank <= 3).padEnd(7)} ${share(scores, s => s.blocked).padEnd(7)} ` +
          `${mean(scores, s => s.recall).padEnd(6)} ${mean(scores, s => s.precision)}`,
      )
    }
  }
}
