/**
 * What locking and verifying cost, and what tampering gets past them: `npx tsx bench/lock.ts`.
 *
 * 100,000 files of 4 KB, 2 GB of weights and 400 mutations; times of the weights are told for 10 GB at the measured
 * rate. `--full` writes 10 GB in four files and tries 2,400 mutations. Everything is written to a temporary folder
 * (TMPDIR) and read once, so that it is in the page cache. Each figure is the best of three runs of the built command,
 * process start and reading or writing the lock included. The bars are for a machine with two cores that does nothing
 * else: `sha256sum` reads the same files in the same minute, and the ratio to its time and to its processor seconds says
 * more where others work.
 */
import { spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tampered } from './lock-tamper.ts'

const isFull = process.argv.includes('--full')
const sizes = { bytes: isFull ? 10e9 : 2e9, files: 100_000, mutations: isFull ? 2400 : 400 }
const folder = mkdtempSync(join(tmpdir(), 'bezoar-lock-bench-'))
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const meter = `data:text/javascript,process.on('exit',()=>{const{maxRSS,userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write('\\nMETER '+maxRSS+' '+(u+s)/1e6)})`

interface Cost {
  readonly seconds: number
  readonly processor: number
  readonly megabytes: number
}

/** One run of the built command in the folder. */
function bezoar(args: readonly string[], codes: readonly number[] = [0]): Cost {
  const from = performance.now()
  const run = spawnSync(process.execPath, ['--import', meter, main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: '', XDG_CACHE_HOME: join(folder, 'cache') },
  })
  const seconds = (performance.now() - from) / 1000
  if (!codes.includes(run.status ?? -1)) throw new Error(`bezoar ${args.join(' ')}: ${run.status}\n${run.stderr}`)
  const [, rss, processor] = /METER (\d+) ([\d.]+)/.exec(run.stderr)!
  return { seconds, processor: Number(processor), megabytes: Number(rss) / 1024 }
}

/** The same files read by one thread of coreutils. */
function sha256sum(name: string): Cost {
  const from = performance.now()
  const read = `find ${name} -type f -print0 | xargs -0 sha256sum > /dev/null; times`
  const { stdout } = spawnSync('bash', ['-c', read], { cwd: folder, encoding: 'utf8' })
  const seconds = (performance.now() - from) / 1000
  const times = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest))
  const cost = { seconds, processor: times.reduce((sum, time) => sum + time, 0), megabytes: 0 }
  console.log(line('sha256sum (1 thread)', cost))
  return cost
}

/** The run that took least, of three. */
function best<T>(run: () => T, cost: (value: T) => number): T {
  return [run(), run(), run()].sort((a, b) => cost(a) - cost(b))[0]!
}

const line = (what: string, { seconds, processor, megabytes }: Cost): string =>
  `${what.padEnd(40)} ${seconds.toFixed(2).padStart(6)} s  processor ${processor.toFixed(2).padStart(6)} s  ` +
  `RSS ${megabytes.toFixed(0).padStart(4)} MB`

/** What a figure must not be above. */
interface Bar {
  readonly seconds: number
  readonly megabytes?: number
  /** The measured bytes are one of so many parts of what the bar is about. */
  readonly times?: number
}

interface Told {
  readonly bar?: Bar
  readonly note?: string
  readonly codes?: readonly number[]
  readonly reference?: Cost
}

const missed: string[] = []

function show(what: string, args: readonly string[], { bar, note = '', codes, reference }: Told = {}): void {
  const cost = best(
    () => bezoar(args, codes),
    ({ seconds }) => seconds,
  )
  const ratio = reference
    ? `  / sha256sum ${(cost.seconds / reference.seconds).toFixed(2)}, processor ${(cost.processor / reference.processor).toFixed(2)}`
    : ''
  console.log(`${line(what, cost)}${ratio}${bar ? `  ${held(what, cost, bar)}` : ''}  ${note}`.trimEnd())
}

function held(what: string, cost: Cost, { seconds, megabytes = Number.POSITIVE_INFINITY, times = 1 }: Bar): string {
  const whole = start + Math.max(0, cost.seconds - start) * times
  const isMet = whole <= seconds && cost.megabytes <= megabytes
  if (!isMet) missed.push(what)
  const told = times === 1 ? '' : `${whole.toFixed(2)} s at this rate, `
  return `${told}bar ${seconds} s${Number.isFinite(megabytes) ? ` and ${megabytes} MB` : ''}: ${isMet ? 'met' : 'MISSED'}`
}

/** What a run costs that has nothing to read. */
let start = 0

/** Bytes that no file system compresses or finds twice. */
function writeNoise(path: string, bytes: number): void {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, path), Buffer.alloc(16))
  const zeros = Buffer.alloc(8 << 20)
  const fd = openSync(path, 'w')
  for (let at = 0; at < bytes; at += zeros.length)
    writeSync(fd, cipher.update(zeros.subarray(0, Math.min(zeros.length, bytes - at))))
  closeSync(fd)
}

function large(): void {
  mkdirSync(join(folder, 'large'))
  for (let i = 1; i <= 4; i++) writeNoise(join(folder, 'large', `weights-${i}.safetensors`), sizes.bytes / 4)
  console.log(`\n${sizes.bytes / 1e9} GB in 4 files, 2 threads`)
  const reference = sha256sum('large')
  const told = (seconds: number): Told => ({ bar: { seconds, megabytes: 150, times: 10e9 / sizes.bytes }, reference })
  const lock = ['lock', 'large', '--as', 'model', '--no-origin', '--threads', '2', '--paranoid']
  show('lock: SHA-256 and BLAKE3 in one read', [...lock, '--lock', 'one.lock'], told(4.2))
  show('verify: SHA-256', ['verify', '--lock', 'one.lock', '--threads', '2'], told(3.2))
  show('verify: BLAKE3', ['verify', '--lock', 'one.lock', '--threads', '2', '--hash', 'blake3'], { reference })
  show('verify --paranoid: both', ['verify', '--lock', 'one.lock', '--threads', '2', '--paranoid'], told(4.2))
  spawnSync('sleep', ['2.5'])
  bezoar(['lock', 'large', '--as', 'model', '--no-origin', '--threads', '2'])
  show('verify --fast, untouched', ['verify', '--fast'])
  edit()
  show('verify --fast after an edit of 1 KB', ['verify', '--fast'], { note: 'reads the touched file', codes: [1] })
  bezoar(['lock', 'large', '--fast', '--no-origin', '--at', '2026-01-01T00:00:00Z'])
  show('lock --fast again', ['lock', 'large', '--fast', '--no-origin'], { note: 'the touched file alone was read' })
}

function edit(): void {
  const fd = openSync(join(folder, 'large', 'weights-2.safetensors'), 'r+')
  writeSync(fd, Buffer.alloc(1024, 7), 0, 1024, 1_000_000)
  closeSync(fd)
}

function small(): void {
  const bytes = Buffer.alloc(4096)
  for (let i = 0; i < sizes.files; i++) {
    const inner = join(folder, 'small', `d${Math.floor(i / 1000)}`)
    if (i % 1000 === 0) mkdirSync(inner, { recursive: true })
    bytes.writeUInt32LE(i)
    writeFileSync(join(inner, `f${i}.bin`), bytes)
  }
  console.log(`\n${sizes.files.toLocaleString('en-US')} files of 4 KB, 2 threads`)
  const reference = sha256sum('small')
  const told = (seconds: number): Told => ({ bar: { seconds }, reference })
  spawnSync('sleep', ['2.5'])
  const lock = ['lock', 'small', '--as', 'model', '--no-origin', '--threads', '2', '--lock', 'small.lock']
  show('lock', [...lock, '--paranoid'], told(1.3))
  bezoar([...lock, '--at', '2026-01-01T00:00:00Z'])
  show('verify', ['verify', '--lock', 'small.lock', '--threads', '2'], told(1.3))
  show('verify --fast', ['verify', '--lock', 'small.lock', '--threads', '2', '--fast'], told(0.6))
  show('lock --fast again', [...lock, '--fast'], told(0.6))
}

function nothing(): void {
  mkdirSync(join(folder, 'tiny'))
  writeFileSync(join(folder, 'tiny', 'one.txt'), 'one')
  bezoar(['lock', 'tiny', '--as', 'model', '--no-origin', '--lock', 'tiny.lock'])
  start = best(() => bezoar(['verify', '--lock', 'tiny.lock']).seconds, Number)
  console.log(`start, one file of 3 bytes: ${start.toFixed(2)} s; load of the machine ${loadavg()[0]!.toFixed(1)}`)
}

spawnSync(process.execPath, [fileURLToPath(new URL('../tools/setup.mjs', import.meta.url))], { stdio: 'inherit' })
try {
  nothing()
  small()
  large()
  const { mutations, accepted, untouched, accused } = await tampered(
    sizes.mutations,
    Math.ceil(sizes.mutations / 12),
    7,
  )
  console.log(`\ntampering: ${accepted.length} of ${mutations} mutations accepted (bar 0)`, accepted)
  console.log(`false alarms: ${accused} of ${untouched} untouched trees (bar 0)`)
  console.log(`missed: ${missed.join('; ') || 'none'}; load of the machine ${loadavg()[0]!.toFixed(1)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
