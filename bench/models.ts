/**
 * `npm run bench:models`: what judging models costs and catches, held to its bars. Time and peak memory of the built
 * command over generated files, beside other scanners that are installed; recall and false alarms over the zoo and the
 * published models. `--speed` or `--detection` prints one of the two; `--keep` leaves the files.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishedModels } from '../src/lab/index.ts'
import { decide, defaultPolicy } from '../src/policy/index.ts'
import { openModel, scanModel } from '../src/scan/index.ts'
import type { Sample } from '../test/model-zoo/sample.ts'
import { atLeast, findingsOf, judged, says, zoos } from '../test/model-zoo/zoos.ts'
import { writeBigPickle, writeJoblib, writeSmallPickles, writeSparseZip, writeTorchZip } from './model-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bezoar = join(root, 'dist', 'cli', 'main.js')
let missed = 0

interface Speed {
  readonly name: string
  readonly write: (path: string) => void
  readonly seconds: number | null
  readonly megabytes: number | null
}

const speeds: readonly Speed[] = [
  { name: 'pickle of 6.9 M opcodes, 53 MB', write: writeBigPickle, seconds: 1, megabytes: 200 },
  { name: 'torch zip, 210 MB', write: path => writeTorchZip(path, 100, 2_100_000), seconds: 0.8, megabytes: 150 },
  { name: 'torch zip, 8 GB sparse', write: writeSparseZip, seconds: null, megabytes: 150 },
  {
    name: 'torch zip of 20,000 tensors',
    write: path => writeTorchZip(path, 20_000, 256),
    seconds: 0.4,
    megabytes: null,
  },
  { name: '1,000 small pickles', write: writeSmallPickles, seconds: 0.8, megabytes: null },
  { name: 'joblib, 210 MB', write: path => writeJoblib(path, 100, 2_100_000), seconds: 1.2, megabytes: null },
]

/** Prints the peak memory and the processor time of the process when it ends. */
const meter = `data:text/javascript,process.on('exit',()=>{const{maxRSS:m,userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write('\\nPEAK '+m+' CPU '+(u+s))})`

interface Run {
  readonly seconds: number
  /** Processor time of all threads: what a busy machine does not change much. */
  readonly cpu: number
  readonly megabytes: number
  readonly code: number | null
}

function measured(path: string): Run {
  const from = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', meter, bezoar, 'scan', path, '--json', '-q'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const seconds = (performance.now() - from) / 1000
  const [, peak = 'NaN', cpu = 'NaN'] = /PEAK (\d+) CPU (\d+)/.exec(stderr) ?? []
  return { seconds, cpu: Number(cpu) / 1e6, megabytes: Number(peak) / 1024, code: status }
}

const others: readonly { readonly name: string; readonly args: (path: string) => readonly string[] }[] = [
  { name: 'picklescan', args: path => ['--path', path] },
  { name: 'fickling', args: path => ['--check-safety', path] },
  { name: 'modelscan', args: path => ['-p', path] },
  { name: 'modelaudit', args: path => ['scan', path] },
]

function otherRuns(path: string): string[] {
  return others.flatMap(({ name, args }) => {
    if (spawnSync('which', [name]).status !== 0) return []
    const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', 'PEAK %M', name] : [name]
    const from = performance.now()
    const { stderr, signal } = spawnSync(timed[0]!, [...timed.slice(1), ...args(path)], {
      encoding: 'utf8',
      timeout: 120_000,
      maxBuffer: 1 << 28,
    })
    const seconds = (performance.now() - from) / 1000
    const peak = /PEAK (\d+)/.exec(stderr ?? '')?.[1]
    const memory = peak === undefined ? '' : `, ${Math.round(Number(peak) / 1024)} MB`
    return [`${name} ${seconds.toFixed(1)} s${memory}${signal ? ' (stopped)' : ''}`]
  })
}

function held(value: number | null, bar: number | null): string {
  if (bar === null || value === null) return ''
  if (value > bar) missed++
  return value <= bar ? 'ok' : 'MISSED'
}

function speed(keep: boolean): void {
  if (!existsSync(bezoar)) throw new Error('dist is missing: run npm run build')
  const folder = mkdtempSync(join(tmpdir(), 'bezoar-bench-models-'))
  console.log('file                                 time     bar               cpu      peak       bar')
  try {
    for (const { name, write, seconds, megabytes } of speeds) {
      const path = join(folder, name.replace(/\W+/g, '-'))
      write(path)
      // The second run is measured: the disk is not what is judged here.
      measured(path)
      const run = measured(path)
      const time = `${run.seconds.toFixed(2)} s`.padStart(8)
      const bars = [
        `${seconds === null ? '' : `${seconds} s`}`.padStart(6),
        held(run.seconds, seconds).padEnd(7),
        `${run.cpu.toFixed(2)} s`.padStart(8),
        `${Math.round(run.megabytes)} MB`.padStart(8),
        `${megabytes === null ? '' : `${megabytes} MB`}`.padStart(8),
        held(run.megabytes, megabytes),
      ]
      console.log(`${name.padEnd(32)} ${time}  ${bars.join('  ')}  ${verdicts[run.code ?? 2] ?? 'no verdict'}`)
      for (const line of otherRuns(path)) console.log(`  ${line}`)
      if (!keep) rmSync(path, { recursive: true, force: true })
    }
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true })
    else console.log(`The files are in ${folder}`)
  }
}

const verdicts: Readonly<Record<number, string>> = { 0: 'pass', 1: 'block', 2: 'fault', 3: 'hold' }
const percent = (part: number, of: number) => `${of === 0 ? '–' : ((part / of) * 100).toFixed(1)} %`

interface Count {
  wicked: number
  flagged: number
  named: number
  silent: string[]
  honest: number
  held: string[]
  blocked: string[]
}

const counted = (): Count => ({ wicked: 0, flagged: 0, named: 0, silent: [], honest: 0, held: [], blocked: [] })

function printed(name: string, c: Count): void {
  const recall = `${c.flagged} of ${c.wicked} flagged (${percent(c.flagged, c.wicked)}), ${c.silent.length} silently clean`
  const quiet = `${c.honest} honest: ${c.blocked.length} blocked, ${c.held.length} held`
  console.log(`${name.padEnd(14)} ${recall}; ${quiet}`)
}

async function zooCounts(): Promise<Count> {
  const sum = counted()
  for (const { area, samples } of await zoos()) {
    const count = counted()
    for (const sample of samples) await countSample(sample, area, count)
    printed(area, count)
    for (const key of ['wicked', 'flagged', 'named', 'honest'] as const) sum[key] += count[key]
    for (const key of ['silent', 'held', 'blocked'] as const) sum[key].push(...count[key])
  }
  return sum
}

async function countSample(sample: Sample, area: string, count: Count): Promise<void> {
  const { files, verdict, names, class: kind, name } = sample
  const { report, decision } = await judged(files)
  const title = `${area} ${kind}: ${name}`
  if (verdict === 'pass') return alarm(count, decision.verdict, title)
  count.wicked++
  const findings = findingsOf(report)
  if (decision.verdict !== 'pass' && findings.some(f => f.severity !== 'info')) count.flagged++
  if (decision.verdict === 'pass') count.silent.push(title)
  const named = names === undefined || findings.some(f => says(f, names))
  if (named && atLeast(decision.verdict, verdict)) count.named++
}

function alarm(count: Count, verdict: string, title: string): void {
  count.honest++
  if (verdict === 'block') count.blocked.push(title)
  if (verdict === 'hold') count.held.push(title)
}

async function publishedCounts(): Promise<Count> {
  const count = counted()
  for (const { name, path, damaged } of publishedModels()) {
    const model = await openModel([path])
    const { verdict } = decide(await scanModel(model, {}), defaultPolicy, new Date(0))
    model.close()
    if (damaged) console.log(`damaged        ${name}: ${verdict}`)
    else alarm(count, verdict, name)
  }
  if (count.honest > 0) printed('published', count)
  else console.log('published      ../shared/data/models is absent')
  return count
}

async function detection(): Promise<void> {
  const sum = await zooCounts()
  const published = await publishedCounts()
  const honest = sum.honest + published.honest
  const blocked = [...sum.blocked, ...published.blocked]
  const looked = [...sum.held, ...published.held]
  const alarms = blocked.length + looked.length
  console.log()
  bar(`recall ${percent(sum.flagged, sum.wicked)}, bar 98 %`, sum.flagged >= 0.98 * sum.wicked)
  bar(`silently clean ${sum.silent.length}, bar 0`, sum.silent.length === 0)
  bar(`blocked honest ${percent(blocked.length, honest)}, bar 1 %`, blocked.length <= 0.01 * honest)
  bar(`block and hold of honest ${percent(alarms, honest)}, bar 5 %`, alarms <= 0.05 * honest)
  console.log(`verdict and name as the sample says: ${sum.named} of ${sum.wicked}`)
  for (const title of sum.silent) console.log(`  silent: ${title}`)
  for (const title of blocked) console.log(`  blocked: ${title}`)
  for (const title of looked) console.log(`  held: ${title}`)
}

function bar(what: string, ok: boolean): void {
  if (!ok) missed++
  console.log(`${what.padEnd(52)} ${ok ? 'ok' : 'MISSED'}`)
}

const only = process.argv.slice(2)
if (!only.includes('--detection')) speed(only.includes('--keep'))
if (!only.includes('--speed')) await detection()
process.exitCode = missed > 0 ? 1 : 0
