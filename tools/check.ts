/**
 * Everything that must hold: types, style, direction, freshness of what is generated, and all tests.
 * Ends with `N passed, N failed` (each check and each test counts one). `--quick` leaves the tests out.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const script = (path: string, ...args: string[]) => [join(modules, path), ...args]
const tool = (name: string, ...args: string[]) => ['--import', 'tsx', `tools/${name}.ts`, ...args]

interface Check {
  readonly name: string
  /** Arguments of node. */
  readonly run: readonly string[]
}

const checks: readonly Check[] = [
  { name: 'types', run: script('typescript7/bin/tsc', '-p', '.') },
  { name: 'style', run: script('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.') },
  { name: 'direction', run: script('dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'bench', 'tools') },
  { name: 'nothing unused', run: script('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  { name: 'house rules', run: tool('house') },
  { name: 'registries', run: tool('registry', '--check') },
  { name: 'pages', run: tool('docs', '--check') },
  { name: 'report schema', run: tool('schema', '--check') },
  { name: 'public API', run: tool('api', '--check') },
  { name: 'accuracy on models', run: tool('lab-models', '--check') },
]

interface Tally {
  passed: number
  failed: number
  skipped: number
}

function runChecks(tally: Tally): void {
  for (const { name, run } of checks) {
    const from = performance.now()
    const { status, stdout, stderr } = spawnSync(process.execPath, run, { cwd: root, encoding: 'utf8' })
    const ok = status === 0
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - from) / 1000).toFixed(1)} s)`)
    if (!ok) console.log(`${stdout}${stderr}`.trimEnd())
    tally[ok ? 'passed' : 'failed']++
  }
}

/** The parts of vitest's JSON result that are counted. */
interface Result {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

function runTests(tally: Tally): void {
  const folder = mkdtempSync(join(tmpdir(), 'bezoar-check-'))
  const file = join(folder, 'result.json')
  const vitest = script(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  )
  const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' })
  try {
    const result = JSON.parse(readFileSync(file, 'utf8')) as Result
    count(result, status ?? 1, tally)
  } catch {
    console.log('FAIL vitest ended without a result')
    tally.failed++
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function count(result: Result, status: number, tally: Tally): void {
  tally.passed += result.numPassedTests
  tally.failed += result.numFailedTests
  tally.skipped += result.numPendingTests + result.numTodoTests
  for (const { status: outcome, name, assertionResults } of result.testResults) {
    const told = assertionResults.some(test => test.status === 'failed')
    if (outcome === 'failed' && !told) {
      console.log(`FAIL ${name} could not run`)
      tally.failed++
    }
    for (const test of assertionResults) if (test.status === 'failed') console.log(`FAIL ${test.fullName}`)
  }
  // An error outside any test (an unhandled rejection) fails the run without failing a test.
  if (status !== 0 && tally.failed === 0) tally.failed++
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 }
runChecks(tally)
if (!process.argv.includes('--quick')) runTests(tally)
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''
console.log(`${tally.passed} passed, ${tally.failed} failed${skipped}`)
process.exitCode = tally.failed > 0 ? 1 : 0
