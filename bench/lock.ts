/**
 * What locking and verifying cost, and what tampering gets past them: `npx tsx bench/lock.ts`.
 *
 * Small by default: 1 GB of weights, 20,000 small files, 400 mutations. `--full` takes the sizes of the bars: 10 GB in
 * four files and 100,000 files of 4 KB, written to a temporary folder first (TMPDIR) and read once so that they are in
 * the page cache, and 2,400 mutations. Each figure is the best of three runs of the built command, process start and
 * reading or writing the lock included; `sha256sum` reads the same files for comparison.
 */
import { spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tampered } from './lock-tamper.ts'

const isFull = process.argv.includes('--full')
const sizes = isFull ? { bytes: 10e9, files: 100_000, mutations: 2400 } : { bytes: 1e9, files: 20_000, mutations: 400 }
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

function sha256sum(name: string): number {
  const from = performance.now()
  spawnSync('sh', ['-c', `find ${name} -type f -print0 | xargs -0 sha256sum > /dev/null`], { cwd: folder })
  return (performance.now() - from) / 1000
}

/** The run that took least, of three. */
function best<T>(run: () => T, cost: (value: T) => number): T {
  return [run(), run(), run()].sort((a, b) => cost(a) - cost(b))[0]!
}

function show(what: string, args: readonly string[], bar: string, codes?: readonly number[]): Cost {
  const cost = best(
    () => bezoar(args, codes),
    ({ seconds }) => seconds,
  )
  const { seconds, processor, megabytes } = cost
  console.log(
    `${what.padEnd(58)} ${seconds.toFixed(2).padStart(6)} s  processor ${processor.toFixed(2).padStart(6)} s  ` +
      `RSS ${megabytes.toFixed(0).padStart(4)} MB  ${bar}`,
  )
  return cost
}

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
  const reference = best(() => sha256sum('large'), Number)
  console.log(`${'sha256sum (1 thread)'.padEnd(58)} ${reference.toFixed(2).padStart(6)} s`)
  const bar = (seconds: number) => (isFull ? `bar ${seconds} s and 150 MB at 10 GB` : '')
  const lock = ['lock', 'large', '--as', 'model', '--no-origin', '--threads', '2', '--paranoid']
  show('lock: SHA-256 and BLAKE3 in one read', [...lock, '--lock', 'one.lock'], bar(4.2))
  show('verify: SHA-256', ['verify', '--lock', 'one.lock', '--threads', '2'], bar(3.2))
  show('verify: BLAKE3', ['verify', '--lock', 'one.lock', '--threads', '2', '--hash', 'blake3'], '')
  show('verify --paranoid: both', ['verify', '--lock', 'one.lock', '--threads', '2', '--paranoid'], bar(4.2))
  spawnSync('sleep', ['2.5'])
  bezoar(['lock', 'large', '--as', 'model', '--no-origin', '--threads', '2'])
  show('verify --fast, untouched', ['verify', '--fast'], '')
  edit()
  show('verify --fast after an edit of 1 KB', ['verify', '--fast'], 'reads the touched file', [1])
  bezoar(['lock', 'large', '--fast', '--no-origin', '--at', '2026-01-01T00:00:00Z'])
  show('lock --fast again', ['lock', 'large', '--fast', '--no-origin'], 'the touched file alone was read')
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
  const reference = best(() => sha256sum('small'), Number)
  console.log(`${'sha256sum (1 thread)'.padEnd(58)} ${reference.toFixed(2).padStart(6)} s`)
  const bar = (seconds: number) => (isFull ? `bar ${seconds} s` : '')
  spawnSync('sleep', ['2.5'])
  const lock = ['lock', 'small', '--as', 'model', '--no-origin', '--threads', '2', '--lock', 'small.lock']
  show('lock', [...lock, '--paranoid'], bar(1.3))
  bezoar([...lock, '--at', '2026-01-01T00:00:00Z'])
  const full = show('verify', ['verify', '--lock', 'small.lock', '--threads', '2'], bar(1.3))
  const fast = show('verify --fast', ['verify', '--lock', 'small.lock', '--threads', '2', '--fast'], bar(0.6))
  console.log(
    `verify / sha256sum ${(full.seconds / reference).toFixed(2)}; --fast ${(fast.seconds / reference).toFixed(2)}`,
  )
}

spawnSync(process.execPath, [fileURLToPath(new URL('../tools/setup.mjs', import.meta.url))], { stdio: 'inherit' })
try {
  large()
  small()
  const { mutations, accepted, untouched, accused } = await tampered(sizes.mutations, sizes.mutations / 12, 7)
  console.log(`\ntampering: ${accepted.length} of ${mutations} mutations accepted (bar 0)`, accepted)
  console.log(`false alarms: ${accused} of ${untouched} untouched trees (bar 0)`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
