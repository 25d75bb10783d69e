/**
 * Near-duplicates of a million texts: time, memory, recall of planted pairs by similarity, and false links.
 * `npx tsx bench/near-duplicates.ts [rows=1000000] [tokens=40]`
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nearDuplicatesDefaults, type Random, recordOf, seeded, words } from '../src/core/index.ts'
import { foldEngine } from '../src/engines/index.ts'
import { openTable } from '../src/scan/index.ts'
import { type NearDuplicates, nearDuplicates, statistics } from '../src/statistics/index.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const length = Number(process.argv[3] ?? 40)
const planted = 2000
const levels = [0.9, 0.8, 0.7, 0.65] as const

const prose = (random: Random): string[] => Array.from({ length }, () => `w${Math.floor(50_000 ** random())}`)

/** Text of row `i`; the last rows are edited copies of the first ones. */
function textOfRow(i: number): string {
  const pair = i - (rows - planted)
  const text = prose(seeded(pair < 0 ? i : pair))
  if (pair < 0) return text.join(' ')
  const level = levels[pair % levels.length]!
  const random = seeded(0x5eed + pair)
  // A changed word breaks two pairs of neighbours: e changes leave n + 1 − 2e of n + 1 + 2e.
  const edits = Math.round(((1 - level) / (1 + level)) * ((length + 1) / 2))
  for (let e = 0; e < edits; e++) text[Math.floor((e + random()) * (length / edits))] = `x${i}y${e}`
  return text.join(' ')
}

function write(path: string): void {
  const file = openSync(path, 'w')
  for (let first = 0; first < rows; first += 10_000) {
    let lines = ''
    for (let i = first; i < Math.min(rows, first + 10_000); i++) lines += `{"text":"${textOfRow(i)}"}\n`
    writeSync(file, lines)
  }
  closeSync(file)
}

const pairsOf = (text: string): Set<string> => {
  const all = ['', ...words(text), '']
  return new Set(all.slice(1).map((word, k) => `${all[k]} ${word}`))
}

/** Jaccard similarity of two texts by its definition, without any hash. */
function similarity(a: string, b: string): number {
  const [x, y] = [pairsOf(a), pairsOf(b)]
  const both = [...x].filter(pair => y.has(pair)).length
  return both / (x.size + y.size - both)
}

function tell({ clusters, complete }: NearDuplicates): void {
  const clusterOf = new Map(clusters.flatMap((c, k) => c.rows.map(row => [recordOf(row), k] as const)))
  console.log('planted near  pairs of similarity 0.6 or more  found together')
  for (const [k, level] of levels.entries()) {
    const all = Array.from({ length: planted }, (_, pair) => pair).filter(pair => pair % levels.length === k)
    const near = all.filter(pair => similarity(textOfRow(pair), textOfRow(rows - planted + pair)) >= 0.6)
    const met = near.filter(pair => clusterOf.has(pair) && clusterOf.get(pair) === clusterOf.get(rows - planted + pair))
    console.log(`${level}  ${near.length}  ${met.length} (${((100 * met.length) / near.length).toFixed(1)} %)`)
  }
  const origin = (record: number): number => (record >= rows - planted ? record - (rows - planted) : record)
  const wrong = clusters.filter(c => new Set(c.rows.map(row => origin(recordOf(row)))).size > 1)
  console.log(`groups that join strangers: ${wrong.length} of ${clusters.length}; every row compared: ${complete}`)
}

const folder = mkdtempSync(join(tmpdir(), 'near-duplicates-'))
try {
  const path = join(folder, 'rows.jsonl')
  write(path)
  const table = await openTable([path], {})
  const engine = foldEngine(table, new Map(statistics.map(s => [s.id, s])))
  const start = performance.now()
  const before = process.cpuUsage()
  const { found } = await engine.measure({ found: nearDuplicates.request(nearDuplicatesDefaults) })
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  await engine.close()
  const seconds = `${wall.toFixed(1)} s wall, ${((user + system) / 1e6).toFixed(1)} s cpu`
  const memory = `${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`
  console.log(`${rows.toLocaleString('en-US')} rows × ${length} tokens from JSON lines: ${seconds}, ${memory}`)
  tell(found)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
