/**
 * Split view: how far pictures look apart after honest changes, what is lost and caught on a list with both, and how
 * long ten million addresses take. `npx tsx bench/split-view.ts [--rows 10000000] [--only pictures|rows]`
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { looksApart, parseLooks, pick, type Random, type Row, recordOf, sameLooks, seeded } from '../src/core/index.ts'
import { digestMismatch, domainConcentration, reRegisteredDomain } from '../src/detectors/index.ts'
import { foldEngine } from '../src/engines/index.ts'
import { judgeRows } from '../src/lab/index.ts'
import { joinUrls, judge, openTable } from '../src/scan/index.ts'
import { lookAtPicture } from '../src/sources/index.ts'
import { statistics } from '../src/statistics/index.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000000' },
    only: { type: 'string' },
    every: { type: 'string', default: '3' },
  },
})
const pictures = fileURLToPath(new URL('../../shared/data/images', import.meta.url))
const day = 86_400_000
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`
let missed = 0

function bar(what: string, text: string, held: boolean): void {
  if (!held) missed++
  console.log(`${what.padEnd(58)} ${text.padStart(12)}   ${held ? 'met' : 'MISSED'}`)
}

/** A real picture's looks, and those of the same picture after honest changes. */
interface Seen {
  readonly own: string
  readonly encoded: string | null
  readonly resized: string | null
  readonly cropped: string | null
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory()
      ? filesUnder(join(folder, entry.name))
      : /\.(png|jpe?g)$/i.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  )

const looksOf = async (bytes: Uint8Array): Promise<string | null> => {
  const seen = await lookAtPicture(bytes)
  return 'looks' in seen ? seen.looks : null
}

/** Saves pictures as servers do: again as JPEG or WebP, at half to double size, cropped by up to a tenth. */
async function seenPictures(): Promise<Seen[]> {
  const { default: sharp } = await import('sharp')
  const random = seeded(11)
  const files = filesUnder(pictures).sort()
  const all: Seen[] = []
  for (const file of files.filter((_, i) => i % Number(values.every) === 0)) {
    const bytes = readFileSync(file)
    const own = await looksOf(bytes)
    const { width = 0, height = 0 } = await sharp(bytes).metadata()
    if (own === null) continue
    const quality = 50 + Math.floor(45 * random())
    const save = (picture: import('sharp').Sharp) =>
      random() < 0.7 ? picture.jpeg({ quality }) : picture.webp({ quality })
    const scale = 0.5 * 4 ** random()
    const edge = Math.round(0.05 * random() * Math.min(width, height)) + 1
    const inside = { left: edge, top: edge, width: width - 2 * edge, height: height - 2 * edge }
    all.push({
      own,
      encoded: await looksOf(await save(sharp(bytes)).toBuffer()),
      resized: await looksOf(
        await save(sharp(bytes).resize({ width: Math.max(8, Math.round(width * scale)) })).toBuffer(),
      ),
      cropped: await looksOf(await save(sharp(bytes).extract(inside)).toBuffer()),
    })
  }
  return all
}

const apart = (a: string | null, b: string | null): number =>
  a === null || b === null ? 64 : (looksApart(parseLooks(a)!, parseLooks(b)!) ?? 64)

function tellDistances(seen: readonly Seen[]): void {
  const others = seen.map((one, i) => apart(one.own, seen[(i * 7 + 13) % seen.length]!.own))
  console.log(
    `${seen.length} real pictures, bits of 64 between looks    median   99 %    max   within ${sameLooks.picture}`,
  )
  const groups = [
    ['the same, saved again', seen.map(s => apart(s.own, s.encoded))],
    ['the same, half to double size', seen.map(s => apart(s.own, s.resized))],
    ['the same, cropped by up to a tenth', seen.map(s => apart(s.own, s.cropped))],
    ['another picture', others],
  ] as const
  for (const [name, distances] of groups) {
    const sorted = distances.toSorted((a, b) => a - b)
    const at = (share: number) => String(sorted[Math.floor(share * (sorted.length - 1))])
    const within = sorted.filter(d => d <= sameLooks.picture).length / sorted.length
    console.log(
      `  ${name.padEnd(44)} ${at(0.5).padStart(6)} ${at(0.99).padStart(6)} ${at(1).padStart(6)} ${percent(within).padStart(10)}`,
    )
  }
}

const hexOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const nthDomain = (k: number): string => `site${k}.${['com', 'net', 'org', 'de', 'co.uk'][k % 5]}`
const zipf = (count: number, random: Random): number => Math.min(count, Math.floor((count + 1) ** random()))

type Truth = 'honest' | 'swapped' | 're-bought'

/** A list of which 5 % were re-encoded, 9 % resized, 1 % swapped, and 0.7 % stand on domains with a new owner. */
function simulated(seen: readonly Seen[], count: number, random: Random): { rows: Row[]; truth: Truth[] } {
  const curated = Date.UTC(2021, 0, 1)
  const domains = Array.from({ length: count }, () => zipf(count / 10, random))
  const rowsOf = new Map<number, number>()
  for (const k of domains) rowsOf.set(k, (rowsOf.get(k) ?? 0) + 1)
  const bought = new Set<number>()
  let left = 0.007 * count
  for (const [k, n] of [...rowsOf].sort((a, b) => hexOf(String(a[0])).localeCompare(hexOf(String(b[0])))))
    if (n <= left && n < 0.002 * count) {
      bought.add(k)
      left -= n
    }
  const truth: Truth[] = []
  const rows = domains.map((k, i): Row => {
    const one = pick(seen, random)
    const fate = random()
    const isBought = bought.has(k)
    const isSwapped = !isBought && fate < 0.01
    const stranger = () => pick(seen.filter(s => s !== one).slice(0, 400), random).own
    const now = isBought || isSwapped ? stranger() : fate < 0.06 ? one.encoded : fate < 0.15 ? one.resized : one.own
    const digest = hexOf(`${i}`)
    truth.push(isBought ? 're-bought' : isSwapped ? 'swapped' : 'honest')
    return {
      url: `https://www.${nthDomain(k)}/pictures/${i}.jpg`,
      time: new Date(curated + (i % 30) * day).toISOString(),
      registered: new Date(isBought ? curated + 400 * day : curated - (1000 + (k % 5000)) * day).toISOString(),
      digest,
      observed: isBought || fate < 0.15 ? hexOf(`now ${i}`) : digest,
      looks: one.own,
      observedLooks: now,
    }
  })
  return { rows, truth }
}

/** Judges the list and tells, by what is true of a row, which reason it was given. */
async function tellList(seen: readonly Seen[]): Promise<void> {
  const { rows, truth } = simulated(seen, 100_000, seeded(3))
  const start = performance.now()
  const judged = await judgeRows(rows, [digestMismatch, reRegisteredDomain, domainConcentration])
  const seconds = (performance.now() - start) / 1000
  const reasons = rows.map(() => new Set<string>())
  for (const { finding, claim } of judged.accusations)
    if (finding.severity !== 'info')
      for (const row of claim.rows ?? []) reasons[recordOf(row)]!.add(`${finding.detector}/${finding.message}`)
  console.log(`\n100,000 rows judged in ${seconds.toFixed(1)} s; rows by what is true of them and the reasons given`)
  const share = (of: Truth, has: (reason: Set<string>) => boolean): number => {
    const own = reasons.filter((_, i) => truth[i] === of)
    return own.filter(has).length / own.length
  }
  for (const of of ['honest', 'swapped', 're-bought'] as const) {
    const given = new Map<string, number>()
    reasons.forEach((set, i) => {
      if (truth[i] === of) for (const reason of set) given.set(reason, (given.get(reason) ?? 0) + 1)
    })
    const said = [...given].sort((a, b) => b[1] - a[1]).map(([reason, n]) => `${reason} ${n}`)
    console.log(
      `  ${of.padEnd(10)} ${String(truth.filter(t => t === of).length).padStart(6)} rows: ${said.join(', ') || 'none'}`,
    )
  }
  const loss = share('honest', set => set.size > 0)
  const swapped = share('swapped', set => set.has('digest-mismatch/changed'))
  const bought = share('re-bought', set => [...set].some(reason => reason.startsWith('re-registered-domain/')))
  bar('honest rows lost (at most 1 %)', percent(loss), loss <= 0.01)
  bar('swapped rows held as changed (at least 99 %)', percent(swapped), swapped >= 0.99)
  bar('rows on re-bought domains held as such (at least 99 %)', percent(bought), bought >= 0.99)
}

/** Writes a list of addresses and a snapshot of the registrations of their domains. */
function writeList(folder: string, count: number): { list: string; snapshot: string } {
  const random = seeded(5)
  const [list, snapshot] = [join(folder, 'urls.csv'), join(folder, 'rdap.jsonl')]
  const out = openSync(list, 'w')
  const known = Math.max(1000, Math.round(count / 20))
  writeSync(out, 'url,time\n')
  for (let first = 0; first < count; first += 20_000) {
    let text = ''
    for (let i = first; i < Math.min(count, first + 20_000); i++)
      text += `https://img${i % 3}.${nthDomain(zipf(known, random))}/p/${i}.jpg,2021-03-${10 + (i % 20)}\n`
    writeSync(out, text)
  }
  closeSync(out)
  const book = openSync(snapshot, 'w')
  for (let first = 1; first <= known; first += 20_000) {
    let text = ''
    for (let k = first; k < Math.min(known + 1, first + 20_000); k++) {
      const year = k % 500 === 0 ? 2023 : 2000 + (k % 20)
      text += `{"domain":"${nthDomain(k)}","registeredAt":"${year}-05-06"${k % 1000 === 1 ? ',"errorCode":404' : ''}}\n`
    }
    writeSync(book, text)
  }
  closeSync(book)
  return { list, snapshot }
}

async function tellSpeed(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'split-view-'))
  try {
    const { list, snapshot } = writeList(folder, count)
    const load = loadavg()[0]!.toFixed(1)
    const start = performance.now()
    const before = process.cpuUsage()
    const table = await joinUrls(await openTable([list], {}), { rdap: snapshot })
    const engine = foldEngine(table, new Map(statistics.map(s => [s.id, s])), { threads: 2 })
    const detectors = [domainConcentration, reRegisteredDomain]
    const { outcomes } = await judge({ table, engine, detectors, seed: 1 })
    await engine.close()
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6
    console.log(
      `\n${count.toLocaleString('en-US')} addresses, ${Math.round(count / 20).toLocaleString('en-US')} domains: joined and judged, 2 threads`,
    )
    for (const { detector, status, reason, findings } of outcomes)
      console.log(`  ${detector}: ${status} ${reason ?? ''} ${findings.length} findings; ${findings[0]?.text ?? ''}`)
    const processor = `${((user + system) / 1e6).toFixed(0)} s of processor, load ${load} before`
    if (count !== 10_000_000)
      return console.log(
        `  ${seconds.toFixed(1)} s, ${processor}, ${Math.round(megabytes)} MB; the bars are for 10,000,000`,
      )
    bar(`wall (at most 60 s); ${processor}`, `${seconds.toFixed(1)} s`, seconds <= 60)
    bar('memory (at most 1 GB)', `${Math.round(megabytes)} MB`, megabytes <= 1000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (values.only !== 'rows') {
  if (existsSync(pictures)) {
    const seen = await seenPictures()
    tellDistances(seen)
    await tellList(seen)
  } else console.log(`no pictures in ${pictures}: the list is not simulated`)
}
if (values.only !== 'pictures') await tellSpeed(Number(values.rows))
process.exitCode = missed > 0 ? 1 : 0
