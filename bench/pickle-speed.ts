/**
 * What the pickle machine costs on its own: `npx tsx bench/pickle-speed.ts`. Time and processor time of the best of three
 * runs for 6.9 million opcodes (53 MB) and for a thousand small pickles, and the peak memory of this process.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryBytes, modelLimits } from '../src/core/index.ts'
import { runPickle } from '../src/pickle/index.ts'
import { fileBytes } from '../src/sources/index.ts'
import { writeBigPickle, writeSmallPickles } from './model-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'bezoar-pickles-'))
const { steps } = modelLimits

function best(what: string, read: () => string): void {
  let least = Number.POSITIVE_INFINITY
  let work = Number.POSITIVE_INFINITY
  let said = ''
  for (let run = 0; run < 3; run++) {
    const from = performance.now()
    const before = process.cpuUsage()
    said = read()
    const { user, system } = process.cpuUsage(before)
    work = Math.min(work, user + system)
    least = Math.min(least, performance.now() - from)
  }
  const peak = process.resourceUsage().maxRSS / 1024
  console.log(
    `${what}: ${(least / 1000).toFixed(2)} s (processor ${(work / 1e6).toFixed(2)} s), ${said}; peak ${peak.toFixed(0)} MB so far`,
  )
}

function readFile(path: string): { size: number; acts: number } {
  const bytes = fileBytes(path)
  try {
    const { program, end, damaged } = runPickle(bytes, 0, { steps })
    if (damaged !== undefined || end !== bytes.size) throw new Error(`${path}: ${damaged ?? 'not read to its end'}`)
    return { size: bytes.size, acts: program.acts.length }
  } finally {
    bytes.close()
  }
}

const big = join(folder, 'big.pkl')
writeBigPickle(big)
best('6.9 M opcodes', () => `${(readFile(big).size / 1e6).toFixed(1)} MB`)

const small = join(folder, 'small')
writeSmallPickles(small)
const paths = readdirSync(small).map(name => join(small, name))
best(`${paths.length} small pickles`, () => `${paths.reduce((sum, path) => sum + readFile(path).acts, 0)} acts`)

/** Five million opcodes that do something: calls whose results are called, given state and thrown away. */
const busy = Buffer.alloc(5_000_000)
const round = Buffer.from('cm\nf\n(N}K\x01tR}b0', 'latin1')
for (let at = 0; at < busy.length - round.length; at += round.length) round.copy(busy, at)
busy.fill('N', Math.floor((busy.length - 1) / round.length) * round.length)
busy[busy.length - 1] = 0x2e
best('calls and states, 5 MB', () => `${runPickle(memoryBytes(busy), 0, { steps }).program.acts.length} acts`)

rmSync(folder, { recursive: true })
