/**
 * Are the detectors quiet where nothing is wrong? Judges every clean corpus with all detectors and prints each finding
 * of block or hold, then judges copies that hold no poison by construction: labels shuffled (no text can mean a label)
 * and rows drawn again with replacement. Usage: npx tsx bench/quiet.ts [--runs N] [--rows N] [--only id,id] [--on corpus,corpus]
 */
import { parseArgs } from 'node:util'
import {
  type AnyTableDetector,
  type Finding,
  fold,
  judgesTables,
  type Row,
  seeded,
  shuffled,
} from '../src/core/index.ts'
import { detectors as every } from '../src/detectors/index.ts'
import { binomialInterval, type Corpus, corpora, judgeRows, languages, reviews } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '0' },
    rows: { type: 'string', default: '3000' },
    only: { type: 'string' },
    on: { type: 'string' },
  },
})
/** Honest artefacts worth a look on one corpus; more is noise. */
const mostHolds = 2
/** Chance of a false alarm that a corpus may have: any block, and any hold. */
const budget = { block: 0.001, hold: 0.05 }

const detectors = every.filter(judgesTables).filter(d => !values.only || values.only.split(',').includes(d.id))
const chosen = [...corpora.values()].filter(c => !values.on || values.on.split(',').includes(c.id))
let failed = 0

console.log(`detectors: ${detectors.map(d => d.id).join(', ')}`)
for (const corpus of chosen) await asTheyAre(corpus)
if (Number(values.runs) > 0) {
  for (const corpus of chosen.filter(c => c.here)) await copies(corpus, Number(values.runs))
  if (!values.on) await invented(Number(values.runs))
}
console.log(failed === 0 ? 'quiet: all bars hold' : `quiet: ${failed} bars do not hold`)
process.exitCode = failed === 0 ? 0 : 1

async function asTheyAre(corpus: Corpus): Promise<void> {
  if (!corpus.here) return console.log(`${corpus.id}: skipped, the file is not here`)
  const rows = corpus.rows()
  const began = performance.now()
  const { accusations, outcomes } = await judgeRows(rows, detectors)
  const of = (severity: string) => accusations.filter(a => a.finding.severity === severity)
  const ok = of('block').length === 0 && of('hold').length <= mostHolds
  if (!ok) failed++
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const counts = `${of('block').length} block, ${of('hold').length} hold, ${of('info').length} info`
  console.log(`${ok ? 'ok  ' : 'LOUD'} ${corpus.id}: ${rows.length} rows, ${counts} (${seconds} s)`)
  for (const { finding } of [...of('block'), ...of('hold')])
    console.log(`       ${finding.severity} ${finding.detector}: ${finding.text.slice(0, 300)}`)
  for (const outcome of outcomes.filter(o => o.status === 'failed'))
    console.log(`       FAILED ${outcome.detector}: ${outcome.reason}`)
}

/** What a finding is about, without its counts. */
const nameOf = ({ detector, message, evidence }: Finding): string =>
  [detector, message, evidence.kind === 'trigger' ? fold(evidence.trigger) : ''].join('/')

function copyOf(rows: readonly Row[], kind: 'shuffled' | 'resampled', size: number, seed: number): Row[] {
  const random = seeded(seed)
  if (kind === 'resampled')
    return Array.from({ length: size }, () => {
      const { text = null, label = null } = rows[Math.floor(random() * rows.length)]!
      return { text, label }
    })
  const drawn = [...shuffled(rows.length, random).subarray(0, size)].sort((a, b) => a - b).map(i => rows[i]!)
  const order = shuffled(drawn.length, random)
  return drawn.map((row, i) => ({ ...row, label: drawn[order[i]!]!.label ?? null }))
}

/** Judges `runs` tables without poison and holds the false alarms to the budget. */
async function alarmsOf(
  what: string,
  runs: number,
  judges: readonly AnyTableDetector[],
  make: (seed: number) => readonly Row[],
  known: ReadonlySet<string> = new Set(),
): Promise<void> {
  const blame = new Map<string, number>()
  const alarms = { block: 0, hold: 0 }
  for (let seed = 1; seed <= runs; seed++) await once(make(seed), judges, seed, alarms, blame, known)
  const ok = (['block', 'hold'] as const).every(s => binomialInterval(alarms[s], runs)[0] <= budget[s])
  if (!ok) failed++
  const rate = (s: 'block' | 'hold') => `${alarms[s]}/${runs} with ${s} (budget ${budget[s]})`
  console.log(`${ok ? 'ok  ' : 'LOUD'} ${what}: ${rate('block')}, ${rate('hold')}`)
  for (const [text, count] of [...blame].sort((a, b) => b[1] - a[1]).slice(0, 5))
    console.log(`       ${count} × ${text}`)
}

async function copies(corpus: Corpus, runs: number): Promise<void> {
  const rows = corpus.rows()
  const size = Math.min(rows.length, Number(values.rows))
  // What the corpus itself holds (its honest artefacts) is in every copy drawn from it; shuffled labels undo it.
  const { accusations } = await judgeRows(rows, detectors)
  const artefacts = new Set(accusations.filter(a => a.finding.severity !== 'info').map(a => nameOf(a.finding)))
  for (const kind of ['shuffled', 'resampled'] as const) {
    // Drawing rows again makes exact copies, and accounts that repeat themselves: detectors are right to speak of both.
    // So the copies have no senders, and the detector of duplicates sits this one out.
    const judges = kind === 'resampled' ? detectors.filter(d => d.id !== 'near-duplicate-campaign') : detectors
    const own = kind === 'resampled' ? artefacts : new Set<string>()
    await alarmsOf(`${corpus.id} ${kind}, ${size} rows`, runs, judges, seed => copyOf(rows, kind, size, seed), own)
  }
}

/** Tables invented anew, with sources, accounts and times, which the files lack. */
async function invented(runs: number): Promise<void> {
  const size = Number(values.rows)
  await alarmsOf(`reviews invented anew, ${size} rows`, runs, detectors, seed => reviews(size, 1000 + seed))
  await alarmsOf(`languages invented anew, ${size} rows`, runs, detectors, seed => languages(size, 1000 + seed))
}

async function once(
  rows: readonly Row[],
  judges: readonly AnyTableDetector[],
  seed: number,
  alarms: { block: number; hold: number },
  blame: Map<string, number>,
  known: ReadonlySet<string>,
): Promise<void> {
  const { accusations } = await judgeRows(rows, judges, { seed })
  const loud = accusations.map(a => a.finding).filter(f => f.severity !== 'info' && !known.has(nameOf(f)))
  if (loud.some(f => f.severity === 'block')) alarms.block++
  if (loud.length > 0) alarms.hold++
  for (const { detector, message, severity } of loud) {
    const key = `${severity} ${detector}/${message}`
    blame.set(key, (blame.get(key) ?? 0) + 1)
  }
}
