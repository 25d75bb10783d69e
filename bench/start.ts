/**
 * How long a user waits before anything happens, and how much lands on the disk: `npx tsx bench/start.ts`.
 * Every time is the median of five cold processes of the built command. `--no-install` leaves the installation out.
 */
import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bezoar = join(root, 'dist', 'cli', 'main.js')
const folder = mkdtempSync(join(tmpdir(), 'bezoar-start-'))
let missed = 0

function line(what: string, measured: number, bar: number, unit: string): void {
  const held = measured <= bar
  if (!held) missed++
  const digits = unit === 's' ? 2 : 0
  console.log(
    `${what.padEnd(40)} ${measured.toFixed(digits).padStart(8)} ${unit}   bar ${bar} ${unit}   ${held ? 'ok' : 'MISSED'}`,
  )
}

function seconds(args: readonly string[], command = process.execPath): number {
  const from = performance.now()
  const { status, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (status === 2 || status === null) throw new Error(stderr)
  return (performance.now() - from) / 1000
}

function median(args: readonly string[], times = 5): number {
  const all = Array.from({ length: times }, () => seconds(args)).sort((a, b) => a - b)
  return all[times >> 1]!
}

/** A thousand rows of the sample, as the three formats people have most. */
function thousandRows(): string[] {
  const [, ...lines] = readFileSync(join(root, 'samples', 'sms-spam.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
  const rows = lines.slice(0, 1000).map(row => {
    const [label = '', text = ''] = row.split('\t')
    return { text, label }
  })
  const csv = rows.map(({ text, label }) => `"${text.replaceAll('"', '""')}",${label}`)
  const files = { 'rows.jsonl': rows.map(row => JSON.stringify(row)), 'rows.csv': ['text,label', ...csv] }
  return Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), `${text.join('\n')}\n`)
    return join(folder, name)
  })
}

const sizeOf = (path: string): number => {
  const stat = lstatSync(path)
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size
}

/** Bytes of node_modules after `npm install` of the packed package, without development dependencies. */
function installedSize(): number {
  const pack = spawnSync('npm', ['pack', '--pack-destination', folder, '--silent'], { cwd: root, encoding: 'utf8' })
  const archive = join(folder, pack.stdout.trim().split('\n').at(-1) ?? '')
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }')
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', archive]
  const { status, stderr } = spawnSync('npm', install, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return sizeOf(join(folder, 'node_modules'))
}

try {
  line('bezoar --help, cold', median([bezoar, '--help']), 0.25, 's')
  for (const file of thousandRows()) {
    line(
      `bezoar scan of 1,000 rows (${file.split('.').at(-1)}), cold`,
      median([bezoar, 'scan', file, '--quiet']),
      1.5,
      's',
    )
  }
  line('npm run demo, installed and built', seconds([join(root, 'tools', 'demo.mjs')]), 20, 's')
  if (!process.argv.includes('--no-install')) line('production install', installedSize() / 1e6, 250, 'MB')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = missed > 0 ? 1 : 0
