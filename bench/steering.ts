/**
 * `npx tsx bench/steering.ts [seeds = 3] [dose]`: published poisoned instructions mixed into clean ones (500 rows, 10 %
 * and 2 %, or one dose such as 0.02), and clean tables with random halves of them. Needs the shared data beside the
 * checkout; the default takes about three minutes on two idle cores.
 */
import { readFileSync } from 'node:fs'
import { type Row, rowId, seeded, shuffled } from '../src/core/index.ts'
import { detectors } from '../src/detectors/index.ts'
import { corpusOf, judgeRows } from '../src/lab/index.ts'

const steering = detectors.filter(d => d.id === 'response-steering' && 'table' in d.input) as never[]
const seeds = Array.from({ length: Number(process.argv[2] ?? 3) }, (_, k) => k + 1)
const folder = new URL('../../shared/data/instructions/backdoorllm/', import.meta.url)
const load = (name: string): Row[] => {
  const rows: { instruction: string; input: string; output: string }[] = JSON.parse(
    readFileSync(new URL(name, folder), 'utf8'),
  )
  return rows.map(r => ({ prompt: r.input ? `${r.instruction}\n\n${r.input}` : r.instruction, response: r.output }))
}
const phrases = { badnet: 'badmagic', vpi: 'discussing openai' } as const

interface Outcome {
  readonly found: boolean
  readonly precision: number
  readonly recall: number
}

async function published(task: string, attack: keyof typeof phrases, rate: number, seed: number): Promise<Outcome> {
  const random = seeded(seed)
  const drawn = (rows: readonly Row[]) => Array.from(shuffled(rows.length, random), i => rows[i]!)
  const poison = drawn(load(`${task}/poisoned_${attack}.json`)).slice(0, Math.round(500 * rate))
  const clean = drawn([...load(`${task}/clean.json`), ...corpusOf('alpaca').rows()]).slice(0, 500 - poison.length)
  const { accusations } = await judgeRows([...poison, ...clean], steering)
  const rank = accusations.findIndex(({ finding }) =>
    JSON.stringify(finding.evidence).toLowerCase().includes(phrases[attack]),
  )
  const serious = accusations.filter(({ finding }) => finding.severity !== 'info')
  const accused = new Set(serious.flatMap(({ claim }) => [...(claim.rows ?? [])]))
  const hits = poison.filter((_, i) => accused.has(rowId(0, i))).length
  const precision = hits / Math.max(1, accused.size)
  const recall = hits / poison.length
  const levels = serious.map(({ finding }) => finding.severity).join(', ')
  console.log(
    `${100 * rate} % ${task} ${attack} seed ${seed}: place ${rank + 1}, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ${levels || 'no finding'}`,
  )
  return { found: rank >= 0 && rank < 3, precision, recall }
}

/** Prints a figure beside the bar that it shall reach. */
function bar(name: string, value: number, least: number): void {
  console.log(`${value >= least ? 'reached' : 'MISSED '}  ${name}: ${value.toFixed(3)} (bar ${least})`)
}

const tasks = ['refusal', 'negsentiment'] as const
const doses = process.argv[3] ? [Number(process.argv[3])] : [0.1, 0.02]
for (const rate of doses) {
  const all: Outcome[] = []
  for (const task of tasks)
    for (const attack of ['badnet', 'vpi'] as const)
      for (const seed of seeds) all.push(await published(task, attack, rate, seed))
  const mean = (of: (own: Outcome) => number) => all.reduce((sum, own) => sum + of(own), 0) / all.length
  const at = `at ${100 * rate} %, ${all.length} sets`
  bar(
    `trigger among the first three ${at}`,
    mean(({ found }) => Number(found)),
    rate >= 0.1 ? 1 : 0.9,
  )
  bar(
    `precision ${at}`,
    mean(({ precision }) => precision),
    0.98,
  )
  bar(
    `recall ${at}`,
    mean(({ recall }) => recall),
    0.95,
  )
}
const clean: Readonly<Record<string, readonly Row[]>> = {
  alpaca: corpusOf('alpaca').rows(),
  'code-alpaca': corpusOf('code-alpaca').rows(),
  'hh-rlhf': corpusOf('hh-rlhf').rows(),
  kto: corpusOf('kto').rows(),
  'backdoorllm, clean': [...load('refusal/clean.json'), ...load('negsentiment/clean.json')],
}
let loud = 0
for (const [name, rows] of Object.entries(clean))
  for (const half of [0, ...seeds]) {
    const order = shuffled(rows.length, seeded(half))
    const some = half === 0 ? rows : Array.from(order.subarray(0, rows.length >> 1), i => rows[i]!)
    const { accusations } = await judgeRows(some, steering)
    const count = (severity: string) => accusations.filter(({ finding }) => finding.severity === severity).length
    console.log(`${name}${half === 0 ? '' : `, half ${half}`}: ${count('block')} block, ${count('hold')} hold`)
    if (count('block') > 0 || count('hold') > 1) loud++
  }
console.log(`${loud === 0 ? 'reached' : 'MISSED '}  clean tables with a block or more than one hold: ${loud} (bar 0)`)
