/**
 * What a fresh clone needs before anything else can run: dependencies and a build. Plain JavaScript, because nothing
 * is installed yet.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

/** Compiles src to dist when a source is newer than the last build. `onFailure` ends the process. */
export function build(onFailure = () => process.exit(2)) {
  const done = join(root, 'dist', '.built')
  const since = existsSync(done) ? statSync(done).mtimeMs : 0
  if (newest(join(root, 'src')) < since && statSync(join(root, 'tsconfig.build.json')).mtimeMs < since) return
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const tsc = spawnSync(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (tsc.status !== 0) {
    console.error('The build failed (see above).')
    onFailure()
  }
  pages()
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755)
  writeFileSync(done, '')
}

/** Puts each plugin's page and accuracy beside its compiled code, for `bezoar explain`. */
function pages() {
  for (const kind of ['detectors', 'attacks', 'statistics', 'formats']) {
    cpSync(join(root, 'src', kind), join(root, 'dist', kind), {
      recursive: true,
      filter: path => statSync(path).isDirectory() || /[\\/](page\.md|accuracy\.json)$/.test(path),
    })
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
