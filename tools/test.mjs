/** `npm test`: brings a fresh clone to its feet, then checks everything that must hold. */
import { spawnSync } from 'node:child_process'
import { build, install, root } from './setup.mjs'

install()
build(() => {
  console.log('0 passed, 1 failed')
  process.exit(1)
})
const check = spawnSync(process.execPath, ['--import', 'tsx', 'tools/check.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = check.status ?? 1
