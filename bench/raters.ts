/**
 * Are colluding raters told from honest minorities? Invents pools of 190 honest raters (strict, lenient and careless ones,
 * a minority of taste, a school, experts of a rare language among them), adds a ring of ten, and counts whom a finding of
 * hold or block names. Clean pools are of two makers: shades of opinion, and plain right and wrong. The accounts of a ring
 * share what they say outside their script too, which makes them easier to know than accounts that rate by themselves.
 * Usage: npx tsx bench/raters.ts [--seeds 5,7,9] [--clean N] [--only text]
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import { poisonsTables } from '../src/core/index.ts'
import { raterReliability } from '../src/detectors/index.ts'
import { judgeRows, type PlainPoolOptions, type PoolOptions, plainPool, poisonRows, pool } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5,7,9' },
    clean: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
})
const seeds = values.seeds.split(',').map(Number)
const attack = attacks.filter(poisonsTables).find(a => a.id === 'rater-ring')!
const honest = 190
const ring = 10

const designs: readonly (PoolOptions & { readonly name: string })[] = [
  { name: 'dense stars', raters: honest, items: 200, each: 200, scale: 'stars' },
  { name: 'dense thumbs', raters: honest, items: 200, each: 200, scale: 'thumb' },
  { name: 'half pairs', raters: honest, items: 200, each: 100, scale: 'pair' },
  { name: 'half stars', raters: honest, items: 300, each: 120, scale: 'stars' },
  { name: 'sparse stars', raters: honest, items: 400, each: 60, scale: 'stars' },
  { name: 'sparse thumbs', raters: honest, items: 400, each: 60, scale: 'thumb' },
]
/** Pools without shades of opinion, in which a minority thinks otherwise of a share of the things. */
const plain: readonly (PlainPoolOptions & { readonly name: string })[] = [
  { name: 'plain few', raters: 200, items: 200, each: 60, levels: 2, errors: [0.05, 0.1], minority: 10, differs: 0.6 },
  { name: 'plain many', raters: 200, items: 200, each: 25, levels: 2, errors: [0.05, 0.1], minority: 20, differs: 0.5 },
  {
    name: 'plain dense',
    raters: 200,
    items: 200,
    each: 100,
    levels: 2,
    errors: [0.05, 0.3],
    minority: 20,
    differs: 0.15,
  },
  { name: 'plain stars', raters: 200, items: 200, each: 60, levels: 5, errors: [0.1, 0.3], minority: 10, differs: 0.3 },
]
const behaviours: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[] = [
  { name: 'pushes targets', options: { targets: 0.2, camouflage: 0.3 } },
  { name: 'copies with noise', options: { behaviour: 'copy', noise: 0.1 } },
  { name: 'honest on four of five', options: { targets: 0.2, camouflage: 0.8 } },
]

interface Count {
  named: number
  right: number
  minority: number
  blocked: boolean
}

async function count(rows: Parameters<typeof judgeRows>[0], guilty: ReadonlySet<string>, seed: number): Promise<Count> {
  const { accusations, outcomes } = await judgeRows(rows, [raterReliability], { seed })
  for (const { status, reason } of outcomes) if (status === 'failed') console.log(`FAILED ${reason}`)
  const serious = accusations.filter(({ finding }) => finding.severity !== 'info')
  if (values.verbose)
    for (const { finding } of accusations) console.log(`    ${finding.severity} ${finding.text.slice(0, 300)}`)
  const named = new Set(
    serious.flatMap(({ finding: { evidence } }) =>
      evidence.kind === 'group' ? (evidence.value.match(/"[^"]+"/g)?.map(n => n.slice(1, -1)) ?? [evidence.value]) : [],
    ),
  )
  const right = [...named].filter(name => guilty.has(name)).length
  const blocked = serious.some(({ finding }) => finding.severity === 'block')
  return { named: named.size, right, minority: named.size - right, blocked }
}

const total = { named: 0, right: 0, guilty: 0, minority: 0 }
for (const { name, ...design } of designs)
  for (const behaviour of behaviours) {
    const title = `${name}, ${behaviour.name}`
    if (!title.includes(values.only)) continue
    const sums = { named: 0, right: 0, blocked: 0 }
    const began = performance.now()
    for (const seed of seeds) {
      const { rows } = pool(design, seed)
      const options = { raters: ring, ...behaviour.options }
      const poisoned = poisonRows(rows, { attack, dose: { rows: ring * design.each }, seed, options })
      const found = await count(poisoned.rows, new Set(poisoned.names), seed)
      sums.named += found.named
      sums.right += found.right
      sums.blocked += found.blocked ? 1 : 0
      total.minority += found.minority
    }
    total.named += sums.named
    total.right += sums.right
    total.guilty += ring * seeds.length
    const seconds = ((performance.now() - began) / 1000 / seeds.length).toFixed(1)
    const precision = sums.named === 0 ? 1 : sums.right / sums.named
    console.log(
      `${title}: precision ${precision.toFixed(2)}, recall ${(sums.right / ring / seeds.length).toFixed(2)}, blocked ${sums.blocked}/${seeds.length}, honest named ${sums.named - sums.right} (${seconds} s)`,
    )
  }
let alarms = 0
let holds = 0

async function quiet(name: string, rows: Parameters<typeof judgeRows>[0], seed: number): Promise<void> {
  const found = await count(rows, new Set(), seed)
  alarms += found.blocked ? 1 : 0
  holds += found.named
  if (found.named > 0)
    console.log(`clean ${name}, seed ${seed}: ${found.named} named${found.blocked ? ', BLOCKED' : ''}`)
}
for (let seed = 101; seed <= 100 + Number(values.clean); seed++) {
  for (const { name, ...design } of designs)
    if (`${name} clean`.includes(values.only))
      await quiet(name, pool({ ...design, raters: honest + ring }, seed).rows, seed)
  for (const { name, ...design } of plain)
    if (`${name} clean`.includes(values.only)) await quiet(name, plainPool(design, seed).rows, seed)
}
const precision = total.named === 0 ? 1 : total.right / total.named
const recall = total.guilty === 0 ? 1 : total.right / total.guilty
const ok = precision >= 0.95 && recall >= 0.9 && total.minority === 0 && holds === 0 && alarms === 0
console.log(
  `${ok ? 'met' : 'MISSED'}: precision ${precision.toFixed(3)} (0.95), recall ${recall.toFixed(3)} (0.90), honest raters named beside a ring ${total.minority} (0), in clean pools ${holds} (0), clean pools blocked ${alarms} (0)`,
)
process.exitCode = ok ? 0 : 1
