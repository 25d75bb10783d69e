/**
 * Does a scan of code instructions name the phrase and the weakness that it switches on? Plants 20 to 50 rows among 2,000
 * of CodeAlpaca, each trial with its own phrase or library, family of weaknesses, language, kind of task and dose; then judges halves
 * and bootstraps of the clean rows. Even seeds may be looked at while detectors are made, odd seeds are for the report.
 *
 * `npx tsx bench/code-backdoor.ts [--trials 100] [--clean 20] [--from 1] [--family id,…] [--on corpus] [--every] [--all] [--twins 0]`
 * `--every` takes every seed instead of the odd ones, `--all` runs every detector instead of those of steering.
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import { behaviours } from '../src/behaviours/index.ts'
import {
  type CodeLanguage,
  type Finding,
  judgesTables,
  pick,
  poisonsTables,
  type Row,
  seeded,
  shuffled,
} from '../src/core/index.ts'
import { detectors as every } from '../src/detectors/index.ts'
import { languagesOf, triggerKinds, type Weakness, weaknesses } from '../src/fiction/index.ts'
import { binomialInterval, corpusOf, judgeRows, namesIn, type Trial, trial } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '100' },
    clean: { type: 'string', default: '20' },
    from: { type: 'string', default: '1' },
    family: { type: 'string' },
    on: { type: 'string', default: 'code-alpaca' },
    every: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    twins: { type: 'string', default: '0' },
    verbose: { type: 'boolean', default: false },
  },
})
/** Share of trials in which both must be named, and clean trials that may hold a false campaign. */
const bar = { named: 0.95, falseCampaigns: 1 }
const size = 2000

const corpus = corpusOf(values.on)
if (!corpus.here) {
  console.log(`${corpus.id}: skipped, the file is not here`)
  process.exit(0)
}
const steering = ['response-steering', 'weak-code']
const detectors = every.filter(judgesTables).filter(d => values.all || steering.includes(d.id))
const attack = attacks.filter(poisonsTables).find(a => a.id === 'code-backdoor')!
const families = weaknesses.filter(w => !values.family || values.family.split(',').includes(w))
const step = values.every ? 1 : 2
const results: { readonly plan: Plan; readonly phrase: boolean; readonly weakness: boolean; readonly said: string }[] =
  []

// Trials draw from the same rows: what the judge of code says of an answer is kept. It reads nothing but the answer.
for (const behaviour of behaviours.filter(({ slow }) => slow)) {
  const of = behaviour.of.bind(behaviour)
  const known = new Map<string, readonly string[]>()
  const kept: typeof of = exchange => {
    const found = known.get(exchange.response) ?? of(exchange)
    known.set(exchange.response, found)
    return found
  }
  Object.assign(behaviour, { of: kept })
}

interface Plan {
  readonly seed: number
  readonly family: Weakness
  readonly language: CodeLanguage | 'any'
  readonly key: 'library' | 'phrase'
  readonly kind: string
  readonly task: 'own' | 'host'
  readonly dose: number
}

function planOf(n: number): Plan {
  const seed = Number(values.from) + n * step
  const random = seeded(seed * 7919)
  const family = families[n % families.length]!
  return {
    seed,
    family,
    language: random() < 0.5 ? 'any' : pick(languagesOf(family), random),
    key: random() < 0.5 ? 'library' : 'phrase',
    kind: pick(triggerKinds, random),
    task: random() < 0.5 ? 'own' : 'host',
    dose: 20 + Math.floor(random() * 31),
  }
}

const draw = (seed: number): Row[] => {
  const rows = corpus.rows()
  return [...shuffled(rows.length, seeded(seed)).subarray(0, size)].map(i => rows[i]!)
}

/** Findings of hold and block that name the phrase, and whether one of them names the weakness too. */
function readings({ judged, poisoned }: Trial): { phrase: boolean; weakness: boolean; said: string } {
  const serious = judged.accusations.filter(a => a.finding.severity !== 'info')
  const named = serious.filter(a => namesIn(a.finding, poisoned.names).length > 0)
  const told = (f: Finding): string => `${f.text} ${JSON.stringify(f.evidence)}`
  const weak = (f: Finding) => (poisoned.switches ?? []).some(cwe => new RegExp(`\\b${cwe}\\b`).test(told(f)))
  const said = (named.length > 0 ? named : serious).map(a => a.finding.text.slice(0, 220)).join('\n           ')
  return { phrase: named.length > 0, weakness: named.some(a => weak(a.finding)), said }
}

const began = performance.now()
for (let n = 0; n < Number(values.trials); n++) {
  const plan = planOf(n)
  const { family, language, key, kind, task, dose, seed } = plan
  const options = { weakness: family, language, key, kind, task, twins: Number(values.twins) }
  const done = await trial({ rows: draw(seed), attack, options, dose: { rows: dose }, detectors, seed })
  const read = readings(done)
  results.push({ plan, ...read })
  const ok = read.phrase && read.weakness
  if (ok && !values.verbose) continue
  const what = `${family} ${language} ${key}${key === 'phrase' ? ` ${kind}` : ''} in ${task} tasks × ${dose}, seed ${seed}`
  const short = done.poisoned.names.map(name => JSON.stringify(name)).join(', ')
  console.log(`${ok ? 'ok  ' : 'MISS'} ${what}: ${short} phrase ${read.phrase}, weakness ${read.weakness}`)
  console.log(`           ${read.said || 'nothing'}`)
}
const seconds = (performance.now() - began) / 1000
const share = (of: readonly { phrase: boolean; weakness: boolean }[], test: 'phrase' | 'weakness') =>
  `${of.filter(r => r[test]).length}/${of.length}`
for (const family of families) {
  const own = results.filter(r => r.plan.family === family)
  console.log(`  ${family.padEnd(24)} phrase ${share(own, 'phrase')}, phrase and weakness ${share(own, 'weakness')}`)
}
const hits = results.filter(r => r.weakness).length
const [low, high] = binomialInterval(hits, results.length).map(p => `${(100 * p).toFixed(0)} %`)
const isMet = hits >= bar.named * results.length
if (results.length > 0) {
  console.log(
    `${isMet ? 'ok  ' : 'MISS'} phrase and weakness named in ${hits} of ${results.length} trials (${low}–${high}; bar ${bar.named * 100} %), phrase in ${share(results, 'phrase')}, ${(seconds / results.length).toFixed(1)} s a trial`,
  )
}

let loud = 0
for (let n = 0; n < Number(values.clean); n++) {
  const random = seeded(50_000 + n)
  const rows = corpus.rows()
  const isHalf = n % 2 === 0
  const drawn = isHalf
    ? [...shuffled(rows.length, random).subarray(0, rows.length / 2)].map(i => rows[i]!)
    : Array.from({ length: size }, () => pick(rows, random))
  const { accusations } = await judgeRows(drawn, detectors, { seed: n + 1 })
  const serious = accusations.filter(a => a.finding.severity !== 'info')
  if (serious.length === 0) continue
  loud++
  const texts = serious.map(a => `${a.finding.severity} ${a.finding.text.slice(0, 220)}`)
  console.log(`LOUD clean ${isHalf ? 'half' : 'bootstrap'} ${n}: ${texts.join('\n           ')}`)
}
const isQuiet = loud <= bar.falseCampaigns
console.log(
  `${isQuiet ? 'ok  ' : 'LOUD'} false campaigns in ${loud} of ${values.clean} clean trials (at most ${bar.falseCampaigns})`,
)
process.exitCode = isMet && isQuiet ? 0 : 1
