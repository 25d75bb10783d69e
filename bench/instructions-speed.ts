/**
 * Time and memory of a scan of 100,000 instructions, and of as many pairs of answers: at most 90 seconds and 2.5 GB on
 * two processors, the judge of code aside. A pass that only parses the same file is the floor to compare with where
 * the machine has other work. `--detail` tells where the time goes, measured in one thread.
 *
 * `npx tsx bench/instructions-speed.ts [--rows 100000] [--only planted,clean,pairs,clean-pairs] [--detail] [--built]`
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Report } from '../src/core/index.ts'
import { type Written, writeTable } from './instructions-speed/tables.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    only: { type: 'string', default: 'planted,clean,pairs,clean-pairs' },
    detail: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const total = Number(values.rows)
const [mostSeconds, mostGigabytes] = [90, 2.5]
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bezoar-speed-'))
let missed = 0

/** What a child process says of itself. */
interface Spent {
  readonly seconds: number
  readonly processor: number
  readonly peak: number
  readonly told?: readonly (readonly [what: string, seconds: number])[]
}

function child(way: 'floor' | 'scan' | 'detail', args: readonly string[]): Spent {
  const flags = values.profile && way === 'scan' ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  const load = values.built && way === 'scan' ? [] : ['--import', 'tsx']
  const script = join(root, 'bench', 'instructions-speed', 'child.ts')
  const from = performance.now()
  const ran = spawnSync(process.execPath, [...flags, ...load, script, way, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  })
  const line = ran.stdout.trimEnd().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`the child ended with ${ran.status}: ${line.slice(0, 300)}`)
  return { ...(JSON.parse(line) as Spent), seconds: (performance.now() - from) / 1000 }
}

const shown = ({ seconds, processor, peak }: Spent): string =>
  `${seconds.toFixed(1).padStart(6)} s, ${processor.toFixed(1).padStart(6)} s of processor, peak ${peak.toFixed(2)} GB`

/** Whether the table's trigger was named, or how loud a clean table is. */
function heard(path: string, names: readonly string[]): string {
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report
  const all = report.outcomes.flatMap(({ findings }) => findings)
  const failed = report.outcomes.filter(({ status }) => status === 'failed').map(o => `${o.detector}: ${o.reason}`)
  const loud = all.filter(({ severity }) => severity !== 'info')
  const place = loud.findIndex(f => names.some(name => f.text.toLowerCase().includes(name.toLowerCase())))
  const named = place >= 0 ? `named by ${loud[place]!.detector}, ${loud[place]!.severity}` : 'NOT NAMED'
  const said = names.length > 0 ? `trigger "${names.join('", "')}" ${named}; ` : ''
  const holds = loud.filter(({ severity }) => severity === 'hold').length
  return `${said}${loud.length - holds} block, ${holds} hold, ${all.length - loud.length} info${failed.length > 0 ? `; FAILED ${failed.join('; ')}` : ''}`
}

function detail(path: string, args: readonly string[]): void {
  const spent = child('detail', [path, ...args])
  console.log(`  one thread, measured      ${shown(spent)}`)
  for (const [what, seconds] of spent.told ?? [])
    if (seconds >= 0.3) console.log(`    ${what.padEnd(56)} ${seconds.toFixed(1).padStart(6)} s`)
}

function judged({ path, names }: Written, floor: Spent): void {
  const json = join(folder, 'report.json')
  for (const [what, args] of [
    ['all but the code judge', ['--code-snippets', '0']],
    ['with the code judge', []],
  ] as const) {
    const spent = child('scan', ['scan', path, '--quiet', '--out', json, ...args])
    const bound = args.length > 0
    const held = spent.seconds <= mostSeconds && spent.peak <= mostGigabytes
    if (bound && !held) missed++
    const bar = bound ? `   bar ${mostSeconds} s, ${mostGigabytes} GB: ${held ? 'ok' : 'MISSED'}` : ''
    const ratio = (spent.processor / floor.processor).toFixed(1)
    console.log(`  ${what.padEnd(25)} ${shown(spent)}, ${ratio} floors${bar}`)
    console.log(`    ${heard(json, names)}`)
  }
}

try {
  for (const what of values.only.split(',')) {
    const written = writeTable(what, total, join(folder, `${what}.jsonl`))
    const size = (statSync(written.path).size / 1e6).toFixed(0)
    console.log(`${what}: ${total.toLocaleString('en')} rows, ${size} MB`)
    const floor = child('floor', [written.path])
    console.log(`  parsing alone (floor)     ${shown(floor)}`)
    judged(written, floor)
    if (values.detail) detail(written.path, ['--code-snippets', '0'])
    if (existsSync(written.path)) rmSync(written.path)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = missed > 0 ? 1 : 0
