/**
 * Are colluding raters told from honest minorities? Invents pools of 190 honest raters (strict, lenient and careless ones,
 * a minority of taste, a school, experts of a rare language among them), adds a ring of ten, and counts whom a finding of
 * hold or block names. Usage: npx tsx bench/raters.ts [--seeds 1,3,5] [--clean N] [--only text]
 */
import { parseArgs } from 'node:util'
import { attacks } from '../src/attacks/index.ts'
import { poisonsTables } from '../src/core/index.ts'
import { raterReliability } from '../src/detectors/index.ts'
import { judgeRows, type PoolOptions, poisonRows, pool } from '../src/lab/index.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,3,5' },
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
for (const { name, ...design } of designs)
  for (let seed = 1; seed <= Number(values.clean); seed++) {
    if (!`${name} clean`.includes(values.only)) continue
    const { rows } = pool({ ...design, raters: honest + ring }, 100 + seed)
    const found = await count(rows, new Set(), seed)
    alarms += found.blocked ? 1 : 0
    holds += found.named
    if (found.named > 0)
      console.log(`clean ${name}, seed ${100 + seed}: ${found.named} named${found.blocked ? ', BLOCKED' : ''}`)
  }
const precision = total.named === 0 ? 1 : total.right / total.named
const recall = total.right / Math.max(1, total.guilty)
const ok = precision >= 0.95 && recall >= 0.9 && total.minority === 0 && alarms === 0
console.log(
  `${ok ? 'met' : 'MISSED'}: precision ${precision.toFixed(3)} (0.95), recall ${recall.toFixed(3)} (0.90), honest raters named beside a ring ${total.minority} (0), in clean pools ${holds}, clean pools blocked ${alarms} (0)`,
)
process.exitCode = ok ? 0 : 1
