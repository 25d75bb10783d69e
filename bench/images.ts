/**
 * What all detectors together find of poisoned pictures, held to the bars: attacks × corpora × what happened to the
 * pictures afterwards × seeds. Thresholds are those of the package; each seed draws its own target, pattern, place and
 * rows. Recall and precision are of the rows that findings of hold and block accuse and that stood not accused before
 * the poisoning; "named" means that a true finding names the target label.
 *
 * `npx tsx bench/images.ts [--on gtsrb,cifar10] [--only patch,sticker] [--after none,jpeg-90] [--seeds 1,3,5,7,9]
 *  [--rate 0.01] [--detectors repeated-patch,…] [--verbose]`
 */
import { parseArgs } from 'node:util'
import {
  blendTrigger,
  cleanLabelPatch,
  duplicateFlood,
  labelFlip,
  patchTrigger,
  sinusoidTrigger,
  warpTrigger,
} from '../src/attacks/index.ts'
import {
  type Afterwards,
  type AnyTableAttack,
  judgesTables,
  labelOf,
  pick,
  type Row,
  seeded,
  stickerPatterns,
} from '../src/core/index.ts'
import { detectors as every } from '../src/detectors/index.ts'
import { corpora, type Judged, judgeRows, pictureCorpora, type Score, trial } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string' },
    only: { type: 'string' },
    after: { type: 'string', default: 'none,jpeg-90,jpeg-75' },
    seeds: { type: 'string', default: '1,3,5,7,9' },
    rate: { type: 'string', default: '0.01' },
    detectors: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const fewest = 20

/** Means over the seeds that a line must reach; a line without a bar is measured and stated. */
interface Bar {
  readonly named?: number
  readonly recall?: number
  readonly precision?: number
}

interface Line {
  readonly id: string
  readonly attack: AnyTableAttack
  readonly bar: Bar | null
  /** Corpora on which it makes sense; all when absent. */
  readonly on?: readonly string[]
  /** Options by the labels of the corpus and chance; null where the corpus cannot carry it. */
  readonly options: (labels: ReadonlyMap<string, number>, random: () => number) => Readonly<Record<string, unknown>>
}

const large = (labels: ReadonlyMap<string, number>, random: () => number): string => {
  const most = Math.max(...labels.values())
  return pick(
    [...labels].filter(([, count]) => count >= most * 0.6 || count >= 5 * fewest).map(([label]) => label),
    random,
  )
}

const fixedPatch: Line['options'] = (labels, random) => ({
  target: large(labels, random),
  pattern: pick(stickerPatterns, random),
  position: pick(['top-left', 'top-right', 'bottom-left', 'bottom-right', 'fixed'], random),
  share: 0.01 + 0.03 * random(),
})
const looseSticker: Line['options'] = (labels, random) => ({
  from: [...labels.keys()].find(label => /^stop\b/.test(label)),
  target: pick(
    [...labels.keys()].filter(label => /^speed limit/.test(label)),
    random,
  ),
  pattern: pick(stickerPatterns, random),
  position: 'random',
  share: 0.02 + 0.04 * random(),
  scale: 0.2,
  turn: 15,
  light: 0.2,
  physical: random() < 0.5,
})
const blend =
  (share: number, pattern: string): Line['options'] =>
  (labels, random) => ({ target: large(labels, random), share, pattern })

const patchBar = { recall: 0.98, precision: 0.98 }
const blendBar = { recall: 0.95, precision: 0.95 }
const lines: readonly Line[] = [
  { id: 'patch', attack: patchTrigger, bar: patchBar, options: fixedPatch },
  { id: 'clean-patch', attack: cleanLabelPatch, bar: patchBar, options: fixedPatch },
  {
    id: 'sticker',
    attack: patchTrigger,
    bar: { named: 0.9, recall: 0.85, precision: 0.95 },
    on: ['gtsrb', 'signs'],
    options: looseSticker,
  },
  { id: 'blend-20', attack: blendTrigger, bar: blendBar, options: blend(0.2, 'noise') },
  { id: 'blend-10', attack: blendTrigger, bar: blendBar, options: blend(0.1, 'noise') },
  { id: 'drawing-20', attack: blendTrigger, bar: blendBar, options: blend(0.2, 'drawing') },
  { id: 'drawing-10', attack: blendTrigger, bar: blendBar, options: blend(0.1, 'drawing') },
  { id: 'blobs-10', attack: blendTrigger, bar: null, options: blend(0.1, 'blobs') },
  { id: 'blend-5', attack: blendTrigger, bar: null, options: blend(0.05, 'noise') },
  {
    id: 'sig-clean',
    attack: sinusoidTrigger,
    bar: { named: 0.8 },
    options: (labels, random) => ({ target: large(labels, random), labels: 'clean' }),
  },
  {
    id: 'sig-dirty',
    attack: sinusoidTrigger,
    bar: { named: 0.8 },
    options: (labels, random) => ({
      target: large(labels, random),
      labels: 'dirty',
      frequency: 3 + 6 * random(),
      direction: pick(['across', 'down', 'diagonal'], random),
    }),
  },
  {
    id: 'warp',
    attack: warpTrigger,
    bar: null,
    options: (labels, random) => ({ target: large(labels, random) }),
  },
  { id: 'label-flip', attack: labelFlip, bar: null, options: () => ({}) },
  { id: 'copies', attack: duplicateFlood, bar: null, options: (labels, random) => ({ target: large(labels, random) }) },
]

const detectors = every
  .filter(judgesTables)
  .filter(d => !values.detectors || values.detectors.split(',').includes(d.id))
const seeds = values.seeds.split(',').map(Number)
const afters = values.after.split(',') as Afterwards[]
const chosen = lines.filter(line => !values.only || values.only.split(',').includes(line.id))
const mean = (scores: readonly Score[], of: (score: Score) => number): number =>
  scores.reduce((sum, score) => sum + of(score), 0) / scores.length
let below = 0

function labelsOf(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const label = labelOf(row.label)
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return counts
}

/** Which detectors accuse mostly poisoned rows, with how serious they are. */
function spoke({ accusations }: Judged, truth: ReadonlySet<number>): string[] {
  const right = accusations.filter(({ claim: { rows = [] }, finding }) => {
    const hits = rows.filter(row => truth.has(row)).length
    return finding.severity !== 'info' && hits > 0 && hits >= rows.length / 2
  })
  return [...new Set(right.map(({ finding }) => `${finding.detector}${finding.severity === 'block' ? '!' : ''}`))]
}

async function cell(rows: readonly Row[], before: Judged, line: Line, after: Afterwards): Promise<string> {
  const labels = labelsOf(rows)
  const dose = { rows: Math.max(fewest, Math.round(rows.length * Number(values.rate))) }
  const scores: Score[] = []
  const heard = new Map<string, number>()
  for (const seed of seeds) {
    const options = {
      ...line.options(labels, seeded(seed * 101)),
      ...('after' in line.attack.options.shape ? { after } : {}),
    }
    const { score, poisoned, judged } = await trial({
      rows,
      attack: line.attack,
      options,
      dose,
      detectors,
      seed,
      before,
    })
    if (poisoned.truth.size === 0) continue
    scores.push(score)
    for (const name of spoke(judged, poisoned.truth)) heard.set(name, (heard.get(name) ?? 0) + 1)
    if (values.verbose) tell(seed, options, score)
  }
  if (scores.length === 0) return 'not possible here'
  const got = {
    named: mean(scores, s => Number(s.named)),
    recall: mean(scores, s => s.recall),
    precision: mean(scores, s => s.precision),
  }
  const missed = Object.entries(line.bar ?? {}).filter(([what, bar]) => got[what as keyof typeof got] < bar)
  if (missed.length > 0) below++
  const names = [...heard].sort((a, b) => b[1] - a[1]).map(([name, times]) => `${name} ${times}`)
  const sum = (test: (s: Score) => boolean) => `${scores.filter(test).length}/${scores.length}`
  return [
    line.bar === null ? '    ' : missed.length === 0 ? 'ok  ' : 'LOW ',
    sum(s => s.named).padEnd(6),
    sum(s => s.blocked).padEnd(6),
    got.recall.toFixed(3).padEnd(7),
    got.precision.toFixed(3).padEnd(10),
    names.join(', '),
  ].join(' ')
}

function tell(
  seed: number,
  options: Readonly<Record<string, unknown>>,
  { named, recall, precision, falseAlarms, failed }: Score,
): void {
  const said = `named ${named}, recall ${recall.toFixed(2)}, precision ${precision.toFixed(2)}, ${falseAlarms} false alarms`
  console.log(`    seed ${seed} ${JSON.stringify(options)}: ${said} ${failed.join('; ')}`)
}

console.log(
  `detectors that look at pictures: ${detectors
    .filter(d => 'image' in d.input.table)
    .map(d => d.id)
    .join(', ')}`,
)
console.log(`seeds ${seeds.join(', ')}; dose ${values.rate}, at least ${fewest} pictures; ! = severity block`)
console.log('corpus   attack       after    bar  named  block  recall  precision  detectors that were right, times')
for (const id of pictureCorpora.filter(id => !values.on || values.on.split(',').includes(id))) {
  const corpus = corpora.get(id)!
  if (!corpus.here) {
    console.log(`${id.padEnd(8)} not here, left out`)
    continue
  }
  const rows = corpus.rows()
  const before = await judgeRows(rows, detectors)
  for (const { finding } of before.accusations.filter(a => a.finding.severity !== 'info'))
    console.log(`${id.padEnd(8)} clean: ${finding.severity} ${finding.detector}: ${finding.text.slice(0, 120)}`)
  for (const line of chosen.filter(line => !line.on || line.on.includes(id)))
    for (const after of 'after' in line.attack.options.shape ? afters : (['none'] as const))
      console.log(`${id.padEnd(8)} ${line.id.padEnd(12)} ${after.padEnd(8)} ${await cell(rows, before, line, after)}`)
}
console.log(below === 0 ? 'every bar holds' : `${below} cells are below their bar`)
process.exitCode = below === 0 ? 0 : 1
