/**
 * `npm run demo`: brings a fresh clone to its feet, then tells its story. `-- --instructions` tells that of an assistant,
 * `-- --images [folder]` that of a stop sign.
 */
import { spawnSync } from 'node:child_process'
import { build, install, root } from './setup.mjs'

install()
build()
const given = process.argv.slice(2)
const tales = { '--instructions': 'tools/demo-instructions.ts', '--images': 'tools/demo-images.ts' }
const chosen = Object.keys(tales).find(flag => given.includes(flag))
const tale = chosen ? tales[chosen] : 'tools/demo.ts'
const story = spawnSync(process.execPath, ['--import', 'tsx', tale, ...given.filter(argument => argument !== chosen)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = story.status ?? 1
