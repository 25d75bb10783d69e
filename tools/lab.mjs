/** `npm run lab [detector]`: measures the detectors again and writes their accuracy.json. */
import { spawnSync } from 'node:child_process'
import { install, root } from './setup.mjs'

install()
const folders = process.argv.slice(2).map(id => `src/detectors/${id}/`)
const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...(folders.length > 0 ? folders : ['src/detectors/'])]
const done = spawnSync(process.execPath, [...vitest, '-t', 'writes accuracy.json'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, BEZOAR_LAB: 'write' },
})
process.exitCode = done.status ?? 1
