/** `npm run demo`, with `-- --instructions` for the other story: brings a fresh clone to its feet, then tells it. */
import { spawnSync } from 'node:child_process'
import { build, install, root } from './setup.mjs'

install()
build()
const tale = process.argv.includes('--instructions') ? 'tools/demo-instructions.ts' : 'tools/demo.ts'
const story = spawnSync(process.execPath, ['--import', 'tsx', tale], { cwd: root, stdio: 'inherit' })
process.exitCode = story.status ?? 1
