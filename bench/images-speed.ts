/**
 * Time and memory of a scan of pictures by all detectors, decoding included: 50,000 of 32 × 32 in at most 60 seconds and
 * 3 GB, 10,000 of 640 × 480 in at most 90 seconds, on two processors. `--each` tells the processor seconds of each
 * detector beyond those of decoding; `--halves` scans half of the pictures, too: time must grow as they do. The code is
 * built first, as users run it: reading TypeScript in every thread would count ten seconds that no user waits.
 *
 * `npx tsx bench/images-speed.ts [--small 50000] [--large 10000] [--parquet] [--halves] [--each] [--from FOLDER]`
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Wanted, writeParquet, writePictures } from './images-speed/pictures.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '50000' },
    large: { type: 'string', default: '10000' },
    parquet: { type: 'boolean', default: false },
    halves: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
    from: { type: 'string', default: join(root, '../shared/data/images/cifar10/train') },
  },
})
const sets = [
  { width: 32, height: 32, count: Number(values.small), full: 50_000, seconds: 60, gigabytes: 3 },
  { width: 640, height: 480, count: Number(values.large), full: 10_000, seconds: 90, gigabytes: 3 },
]
/** Twice the pictures may take this much more than twice the time: the whole has fixed costs, and caches are finite. */
const leeway = 1.25
/** Decodes every picture and does nothing else with it. */
const decoding = 'unreadable-picture'

/** What a scan says of itself. */
interface Spent {
  readonly seconds: number
  readonly processor: number
  readonly peak: number
  readonly rows: number
  readonly detectors: readonly string[]
  readonly failed: readonly string[]
  readonly found: readonly string[]
}

let missed = 0
const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** What Node prints when it runs a script. */
function ran(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
  if (status !== 0) throw new Error(stderr || stdout)
  return stdout
}

const built = join(root, 'build/bench')
const scanned = (path: string, only = ''): Spent =>
  JSON.parse(ran('bench/images-speed/child.mjs', pathToFileURL(join(built, 'scan/index.js')).href, path, only)) as Spent

const textOf = ({ rows, seconds, processor, peak }: Spent): string =>
  `${rows.toLocaleString('en-US')} rows: ${seconds.toFixed(1)} s, ${processor.toFixed(1)} processor seconds, peak ${peak.toFixed(2)} GB`

async function written(name: string, wanted: Wanted): Promise<string> {
  const place = join(folder, name)
  mkdirSync(place)
  await writePictures(values.from, place, wanted)
  if (!values.parquet) return place
  const path = `${place}.parquet`
  await writeParquet(place, path)
  rmSync(place, { recursive: true })
  return path
}

function eachOf(path: string, whole: Spent): void {
  const floor = scanned(path, decoding)
  say(`  ${decoding} alone, which is decoding: ${floor.processor.toFixed(1)} processor seconds`)
  const others = whole.detectors.filter(id => id !== decoding)
  const spent = others.map(id => ({ id, seconds: scanned(path, `${decoding},${id}`).processor - floor.processor }))
  for (const { id, seconds } of spent.sort((a, b) => b.seconds - a.seconds))
    say(`  ${id.padEnd(24)} ${seconds.toFixed(1).padStart(7)} s more`)
}

if (!existsSync(values.from)) {
  say(`No pictures at ${values.from}: name a folder of classes of 32 × 32 pictures with --from.`)
  process.exit(2)
}
ran('node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', built)
const folder = mkdtempSync(join(tmpdir(), 'bezoar-pictures-'))
try {
  for (const { width, height, count, full, seconds, gigabytes } of sets.filter(set => set.count > 0)) {
    say(`${count.toLocaleString('en-US')} pictures of ${width} × ${height}${values.parquet ? ' in Parquet' : ''}`)
    const path = await written(`${width}`, { width, height, count })
    const whole = scanned(path)
    const kept = whole.seconds <= seconds && whole.peak <= gigabytes && whole.failed.length === 0
    if (!kept) missed++
    const bar = `bar ${seconds} s and ${gigabytes} GB for ${full.toLocaleString('en-US')}`
    say(`  ${textOf(whole)}; ${bar}: ${kept ? (count < full ? 'not tried' : 'kept') : 'MISSED'}`)
    for (const text of [...whole.failed, ...whole.found]) say(`  ${text}`)
    if (values.halves) {
      const half = scanned(await written(`${width}-half`, { width, height, count: Math.round(count / 2) }))
      const grows = whole.processor / half.processor
      if (grows > 2 * leeway) missed++
      say(`  ${textOf(half)}; twice the pictures take ${grows.toFixed(2)} times the processor seconds`)
    }
    if (values.each) eachOf(path, whole)
    rmSync(path, { recursive: true })
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(missed === 0 ? 0 : 1)
