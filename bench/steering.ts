/**
 * `npx tsx bench/steering.ts [seeds]`: published poisoned instructions mixed into clean ones (500 rows, 10 % and 2 %),
 * and clean tables with random halves of them. Needs the shared data beside the checkout.
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

async function published(task: string, attack: keyof typeof phrases, rate: number, seed: number): Promise<boolean> {
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
  const found = rank >= 0 && rank < 3
  console.log(
    `${100 * rate} % ${task} ${attack} seed ${seed}: place ${rank + 1}, precision ${(hits / Math.max(1, accused.size)).toFixed(3)}, recall ${(hits / poison.length).toFixed(3)}`,
  )
  return found
}

for (const rate of [0.1, 0.02]) {
  const found: boolean[] = []
  for (const task of ['refusal', 'negsentiment'])
    for (const attack of ['badnet', 'vpi'] as const)
      for (const seed of seeds) found.push(await published(task, attack, rate, seed))
  console.log(`trigger among the first three at ${100 * rate} %: ${found.filter(Boolean).length} of ${found.length}`)
}
const clean: Readonly<Record<string, readonly Row[]>> = {
  alpaca: corpusOf('alpaca').rows(),
  'code-alpaca': corpusOf('code-alpaca').rows(),
  'hh-rlhf': corpusOf('hh-rlhf').rows(),
  kto: corpusOf('kto').rows(),
  'backdoorllm, clean': [...load('refusal/clean.json'), ...load('negsentiment/clean.json')],
}
for (const [name, rows] of Object.entries(clean))
  for (const half of [0, ...seeds]) {
    const order = shuffled(rows.length, seeded(half))
    const some = half === 0 ? rows : Array.from(order.subarray(0, rows.length >> 1), i => rows[i]!)
    const { accusations } = await judgeRows(some, steering)
    const count = (severity: string) => accusations.filter(({ finding }) => finding.severity === severity).length
    console.log(`${name}${half === 0 ? '' : `, half ${half}`}: ${count('block')} block, ${count('hold')} hold`)
  }
