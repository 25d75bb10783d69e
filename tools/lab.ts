/**
 * Measures every detector on what its own test declares and writes its `accuracy.json`; with `--check` it only holds the
 * files to the code. Names after the options choose detectors.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const names = process.argv.slice(2).filter(arg => !arg.startsWith('-'))
const folders = names.length > 0 ? names.map(name => `src/detectors/${name}/`) : ['src/detectors/']
const env = process.argv.includes('--check') ? process.env : { ...process.env, BEZOAR_LAB: 'write' }
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...folders, '-t', 'accuracy.json', '--maxWorkers=1', '--reporter=verbose'],
  { cwd: root, env, stdio: 'inherit' },
)
process.exitCode = status ?? 1
