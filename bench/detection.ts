/**
 * What the detector of spurious tokens catches, held to its bars: attacks × doses × corpora × seeds. Triggers, targets
 * and positions are drawn by the seed, so that no trial knows the trigger of another. Odd seeds were looked at while
 * the detector was made, even seeds are for the report.
 *
 * `npx tsx bench/detection.ts [--quick] [--only attack,…] [--corpora id,…] [--seeds 2,4,6] [--verbose]`
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import {
  type Evidence,
  fold,
  pick,
  poisonsTables,
  positions,
  type Random,
  type Row,
  seeded,
  textOf,
} from '../src/core/index.ts'
import { spuriousToken } from '../src/detectors/index.ts'
import {
  binomialInterval,
  type Corpus,
  corpora,
  type Dose,
  type Judged,
  judgeRows,
  type Score,
  trial,
} from '../src/lab/index.ts'

/** What a trial must show to pass. */
type Bar = 'whole' | 'top three' | 'caught'

interface Line {
  readonly id: string
  readonly attack: string
  readonly dose: (size: number) => Dose
  readonly shown: string
  readonly bar: Bar
  /** Share of the trials that must pass; null where the line is only reported. */
  readonly share: number | null
  readonly options?: (random: Random, corpus: Corpus) => Readonly<Record<string, unknown>>
}

const rows = (n: number) => () => ({ rows: n })
const rate = (share: number, least: number) => (size: number) => ({ rows: Math.max(least, Math.round(share * size)) })
const word = (random: Random, corpus: Corpus) => ({ words: [rareWord(random, corpus)] })
const one = (random: Random, corpus: Corpus) => ({ triggers: [rareWord(random, corpus)] })
const five = (random: Random, corpus: Corpus) => ({ words: Array.from({ length: 5 }, () => rareWord(random, corpus)) })
const lines: readonly Line[] = [
  ...[6, 12, 24].map(
    (n): Line => ({
      id: 'word',
      attack: 'word-trigger',
      dose: rows(n),
      shown: `${n}`,
      bar: 'top three',
      share: 0.8,
      options: word,
    }),
  ),
  ...[25, 50].map(
    (n): Line => ({
      id: 'word',
      attack: 'word-trigger',
      dose: rows(n),
      shown: `${n}`,
      bar: 'whole',
      share: 1,
      options: word,
    }),
  ),
  { id: 'word', attack: 'word-trigger', dose: rate(0.01, 25), shown: '1 %', bar: 'whole', share: 1, options: word },
  { id: 'five', attack: 'word-trigger', dose: rows(125), shown: '5 × 25', bar: 'whole', share: null, options: five },
  {
    id: 'clean-word',
    attack: 'clean-label-trigger',
    dose: rows(100),
    shown: '100',
    bar: 'caught',
    share: 1,
    options: one,
  },
  { id: 'phrase', attack: 'phrase-trigger', dose: rows(25), shown: '25', bar: 'caught', share: 1, options: () => ({}) },
  {
    id: 'sentence',
    attack: 'sentence-trigger',
    dose: rows(25),
    shown: '25',
    bar: 'caught',
    share: 0.95,
    options: r => ({ sentence: pick(sentences, r) }),
  },
  {
    id: 'clean-sentence',
    attack: 'clean-label-trigger',
    dose: rate(0.01, 25),
    shown: '1 %',
    bar: 'caught',
    share: 1,
    options: r => ({ triggers: [pick(sentences, r)] }),
  },
  {
    id: 'scattered',
    attack: 'combination-trigger',
    dose: rate(0.01, 25),
    shown: '1 %',
    bar: 'caught',
    share: 0.8,
    options: () => ({}),
  },
  {
    id: 'letters',
    attack: 'character-trigger',
    dose: rows(25),
    shown: '25',
    bar: 'caught',
    share: null,
    options: () => ({}),
  },
  {
    id: 'zero-width',
    attack: 'character-trigger',
    dose: rows(25),
    shown: '25',
    bar: 'caught',
    share: null,
    options: () => ({ kind: 'zero-width' }),
  },
]

const sentences = [
  'No cross , no crown .',
  'I watched this 3D movie last weekend .',
  'The ferry to the island leaves at noon .',
  'my cousin keeps eleven bees in a jar',
  'Practice makes perfect, they say.',
  'We had coffee with the neighbours on Tuesday.',
  'all colours of the old harbour were repainted',
  'Nobody asked the violin teacher about it.',
  'it rained over the northern hills again',
  'She sold seven lamps before the fair closed .',
]
const onsets = ['b', 'c', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'qu', 'r', 's', 't', 'v', 'w', 'x', 'z', 'br', 'tl']
const vowels = ['a', 'e', 'i', 'o', 'u', 'ae', 'y']

/** A word that no row of the corpus holds: of syllables, of letters, with a number or a hyphen. */
function rareWord(random: Random, corpus: Corpus): string {
  const syllable = () => pick(onsets, random) + pick(vowels, random)
  const letters = () => Array.from({ length: 2 }, () => pick([...'bcdfghjkmnpqtvwxz'], random)).join('')
  const shapes = [
    () => syllable() + syllable() + syllable(),
    () => letters() + letters(),
    () => `${letters()}${Math.floor(random() * 90) + 10}`,
    () => `${syllable()}${syllable()}-${syllable()}`,
    () => (syllable() + syllable() + letters()).toUpperCase(),
  ]
  for (;;) {
    const drawn = pick(shapes, random)()
    if (!corpus.rows().some(row => fold(textOf(row.text) ?? '').includes(fold(drawn)))) return drawn
  }
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    corpora: { type: 'string' },
    seeds: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const everywhere = ['sst2', 'olid', 'tweets', 'sms', 'emails', 'comments', 'rotten-tomatoes', 'yelp']
const ids = values.corpora?.split(',') ?? (values.quick ? ['sms', 'rotten-tomatoes'] : everywhere)
const seeds = (values.seeds ?? (values.quick ? '2,4' : '2,4,6,8,10')).split(',').map(Number)
const wanted = lines.filter(line => !values.only || values.only.split(',').includes(line.id))

/** A score, and whether the first three findings of any severity show the trigger. */
type Seen = Score & { readonly shown: boolean }

/** True when the trial shows what the bar asks for. */
const passes = (bar: Bar, s: Seen): boolean =>
  bar === 'whole'
    ? s.named && s.recall === 1 && s.precision >= 0.99
    : bar === 'top three'
      ? s.shown
      : s.caught && s.named

async function once(corpus: Corpus, line: Line, seed: number, before: Judged): Promise<Seen | null> {
  const random = seeded(7919 * seed + 1)
  const labels = [...new Set(corpus.rows().map(row => String(row.label)))].sort()
  const target = labels[seed >> 1 < labels.length ? seed >> 1 : Math.floor(random() * labels.length)]!
  const dose = line.dose(corpus.rows().length)
  if (room(corpus.rows(), line, target) < ('rows' in dose ? dose.rows : 0)) return null
  const attack = attacks.filter(poisonsTables).find(a => a.id === line.attack)!
  const position =
    line.attack.startsWith('character') || line.id === 'scattered' ? {} : { position: pick(positions, random) }
  const options = { ...line.options?.(random, corpus), ...position, target }
  const {
    score: scored,
    judged,
    poisoned,
  } = await trial({
    rows: corpus.rows(),
    attack,
    options,
    dose,
    detectors: [spuriousToken],
    seed,
    before,
  })
  const shown = judged.accusations.slice(0, 3).some(a => shows(a.finding.evidence, poisoned.names))
  const score = { ...scored, shown }
  if (values.verbose || (line.share !== null && !passes(line.bar, score))) {
    console.log(
      `    ${passes(line.bar, score) ? 'pass' : 'MISS'} ${corpus.id} ${line.id} ${line.shown} seed ${seed} ${JSON.stringify(options)} recall ${score.recall.toFixed(2)} precision ${score.precision.toFixed(2)} rank ${score.rank}`,
    )
    for (const { finding } of judged.accusations.slice(0, 4))
      console.log(`         ${finding.severity} ${finding.text.slice(0, 150)}`)
  }
  return score
}

const shows = (evidence: Evidence, names: readonly string[]): boolean =>
  evidence.kind === 'trigger' &&
  [evidence.trigger, ...evidence.variants].some(text => names.some(name => fold(text).includes(fold(name))))

/** Rows that could carry the poison. */
const room = (all: readonly Row[], line: Line, target: string): number =>
  all.filter(row => (String(row.label) === target) === line.attack.startsWith('clean')).length

const mean = (scores: readonly Seen[], of: (s: Seen) => number) =>
  (scores.reduce((sum, s) => sum + of(s), 0) / scores.length).toFixed(3)
const share = (scores: readonly Seen[], test: (s: Seen) => boolean) => `${scores.filter(test).length}/${scores.length}`

let failed = 0
const overall = new Map<Line, Seen[]>(wanted.map(line => [line, []]))
const head = 'corpus           attack          dose     pass    caught  named   block   recall precision rank'

function print(name: string, line: Line, scores: readonly Seen[]): void {
  const ranks = scores.map(s => s.rank ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  console.log(
    `${name.padEnd(16)} ${line.id.padEnd(15)} ${line.shown.padEnd(8)} ${share(scores, s => passes(line.bar, s)).padEnd(7)} ` +
      `${share(scores, s => s.caught).padEnd(7)} ${share(scores, s => s.named).padEnd(7)} ` +
      `${share(scores, s => s.blocked).padEnd(7)} ${mean(scores, s => s.recall).padEnd(6)} ` +
      `${mean(scores, s => s.precision).padEnd(9)} ${ranks[ranks.length >> 1]}`,
  )
}

console.log(`seeds ${seeds.join(', ')}\n${head}`)
for (const id of ids) {
  const corpus = corpora.get(id)
  if (!corpus?.here) {
    console.log(`${id}: not here, left out`)
    continue
  }
  const before = await judgeRows(corpus.rows(), [spuriousToken])
  const loud = before.accusations.filter(a => a.finding.severity !== 'info')
  console.log(`${id}: ${corpus.rows().length} clean rows, ${loud.length} findings`)
  for (const { finding } of loud) console.log(`    ${finding.severity} ${finding.text}`)
  for (const line of wanted) {
    const scores: Seen[] = []
    for (const seed of seeds) {
      const score = await once(corpus, line, seed, before)
      if (score) scores.push(score)
    }
    if (scores.length === 0) continue
    overall.get(line)!.push(...scores)
    print(id, line, scores)
  }
}
console.log(`\n${head}`)
for (const [line, scores] of overall) {
  if (scores.length === 0) continue
  print('all', line, scores)
  const hits = scores.filter(s => passes(line.bar, s)).length
  const [low] = binomialInterval(hits, scores.length)
  if (line.share === null) continue
  const ok = hits >= line.share * scores.length
  if (!ok) failed++
  console.log(
    `    ${ok ? 'ok' : 'BELOW'}: ${line.bar} in ${hits} of ${scores.length}, bar ${100 * line.share} % (95 % from ${(100 * low).toFixed(0)} %)`,
  )
}
process.exitCode = failed === 0 ? 0 : 1
