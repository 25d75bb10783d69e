/** What the stories of the demo share: where they write, how they speak, and the scan at their end. */
import { spawnSync } from 'node:child_process'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { styleText } from 'node:util'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const out = join(root, 'build', 'demo')

const colour = process.stdout.isTTY === true && process.env.NO_COLOR === undefined
export const paint = (style: 'bold' | 'dim' | 'red' | 'green', text: string) => (colour ? styleText(style, text) : text)
export const say = (text = '') => process.stdout.write(`${text}\n`)

/** A path as the reader would type it. */
export const shown = (path: string) => relative(process.cwd(), path) || path

/** Scans the poisoned file, says the verdict and where the report is; the story failed where nothing was found. */
export function scanned(file: string, further: readonly string[]): void {
  const report = file.replace(/[^/\\]*$/, 'report.html')
  const args = ['scan', shown(file), '--out', shown(report)]
  const from = performance.now()
  const scan = spawnSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args], { stdio: 'inherit' })
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  say()
  const verdicts: Record<number, string> = { 0: 'pass', 1: 'block', 3: 'hold' }
  const verdict = verdicts[scan.status ?? 2]
  if (verdict === undefined) {
    say('The scan could not be done (see above).')
    process.exit(1)
  }
  say(`${paint('bold', `Verdict: ${verdict}`)} after ${seconds} s (exit code ${scan.status}).`)
  say(`Report:  ${pathToFileURL(report).href}`)
  say()
  say('Try it yourself:')
  for (const command of [args.join(' '), ...further]) say(`  npx bezoar ${command}`)
  process.exitCode = verdict === 'pass' ? 1 : 0
}
