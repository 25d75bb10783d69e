/**
 * What a fresh clone needs before anything else can run: dependencies and a build. Plain JavaScript, because nothing
 * is installed yet.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.bezoar-lock')

/** Installs from the lock file when node_modules is missing or belongs to another lock. No install scripts run. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (existsSync(join(modules, '.package-lock.json')) && fresh()) return writeFileSync(stamp, lock)
  console.error('Installing dependencies (once) ...')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // A registry without packages for other platforms makes `ci` refuse a lock that `install` can still follow.
  if (!npm(['ci', ...flags]) && !npm(['install', '--no-save', ...flags])) {
    console.error('The installation failed (see above). Is the package registry reachable?')
    process.exit(2)
  }
  writeFileSync(stamp, lock)
}

function npm(args) {
  const path = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 2, 2] }
  const done = path?.endsWith('.js')
    ? spawnSync(process.execPath, [path, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  return done.status === 0
}

/** True when what npm wrote into node_modules names the same versions as the lock. */
function fresh() {
  const read = path => JSON.parse(readFileSync(path, 'utf8')).packages
  const wanted = read(join(root, 'package-lock.json'))
  const found = read(join(modules, '.package-lock.json'))
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || found[path]?.version === version,
  )
}

/**
 * Compiles src to dist when a source is newer than the last build. It compiles beside dist and then swaps, so that
 * whoever runs the old build, or builds too, never sees half a folder. `onFailure` ends the process.
 */
export function build(onFailure = () => process.exit(2)) {
  const dist = join(root, 'dist')
  const done = join(dist, '.built')
  const since = existsSync(done) ? statSync(done).mtimeMs : 0
  if (newest(join(root, 'src')) < since && statSync(join(root, 'tsconfig.build.json')).mtimeMs < since) return
  const next = join(root, 'build', `dist-${process.pid}`)
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { recursive: true })
  // Written first: what is edited while this compiles is newer, and the next build takes it in.
  writeFileSync(join(next, '.built'), '')
  const tsc = ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', next]
  if (spawnSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 2, 2] }).status !== 0) {
    rmSync(next, { recursive: true, force: true })
    console.error('The build failed (see above).')
    onFailure()
    return
  }
  pages(next)
  chmodSync(join(next, 'cli', 'main.js'), 0o755)
  swap(next, dist)
}

/** Puts each plugin's page and accuracy beside its compiled code, for `bezoar explain`. */
function pages(dist) {
  for (const kind of ['detectors', 'attacks', 'statistics', 'formats']) {
    cpSync(join(root, 'src', kind), join(dist, kind), {
      recursive: true,
      filter: path => statSync(path).isDirectory() || /[\\/](page\.md|accuracy\.json)$/.test(path),
    })
  }
}

/** Puts the folder `next` in the place of `place`. Of two processes that do so at once, the later one wins. */
export function swap(next, place) {
  const old = `${next}-old`
  for (let tries = 1; ; tries++) {
    try {
      if (existsSync(place)) renameSync(place, old)
      renameSync(next, place)
      break
    } catch (reason) {
      // Another process was faster: its folder is gone already, or stands here already.
      const raced = ['ENOENT', 'EEXIST', 'ENOTEMPTY', 'EPERM'].includes(reason.code)
      if (!raced || tries === 100 || !existsSync(next)) throw reason
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
  }
}

function newest(folder) {
  let latest = statSync(folder).mtimeMs
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install()
  build()
}
