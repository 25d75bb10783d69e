/** `npm run demo`: brings a fresh clone to its feet, then tells the story. */
import { spawnSync } from 'node:child_process'
import { build, install, root } from './setup.mjs'

install()
build()
const story = spawnSync(process.execPath, ['--import', 'tsx', 'tools/demo.ts'], { cwd: root, stdio: 'inherit' })
process.exitCode = story.status ?? 1
