import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AnyDetector, type AnyStatistic, Fault } from '../core/index.ts'
import { detectors as builtIn } from '../detectors/index.ts'
import { statistics as builtInStatistics } from '../statistics/index.ts'

/** What packages of strangers bring. */
export interface Plugins {
  readonly detectors: readonly AnyDetector[]
  readonly statistics: readonly AnyStatistic[]
}

/**
 * Loads packages that the caller named. A package exports `detectors` (a list, or one as its default export) and, when
 * they ask for measurements of their own, `statistics`.
 * @param from folder whose node_modules, and those above it, are searched.
 * @param judged paths under judgement: a package that lies in one of them is refused, for its code would run.
 */
export async function loadPlugins(
  names: readonly string[],
  from: string,
  judged: readonly string[] = [],
): Promise<Plugins> {
  const detectors: AnyDetector[] = []
  const statistics: AnyStatistic[] = []
  for (const name of names) {
    const entry = entryOf(name, from)
    refuseInside(name, entry, judged)
    const module: unknown = await import(pathToFileURL(entry).href)
    const found = contentsOf(name, module)
    refuseTwice(name, found.detectors, [...builtIn, ...detectors])
    refuseTwice(name, found.statistics, [...builtInStatistics, ...statistics])
    detectors.push(...found.detectors)
    statistics.push(...found.statistics)
  }
  return { detectors, statistics }
}

const packageName = /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i

/** The file of a package's front door, as its package.json names it. */
function entryOf(name: string, from: string): string {
  if (!packageName.test(name)) {
    throw new Fault('unknown-id', `"${name}" is not the name of a package.`, 'Name an installed package, not a path.')
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', name)
    if (existsSync(join(home, 'package.json'))) return realpathSync(join(home, doorOf(home)))
    if (folder === dirname(folder)) break
  }
  throw new Fault('unknown-id', `The plugin "${name}" is not installed.`, `Run: npm install ${name}`)
}

function doorOf(home: string): string {
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { exports?: unknown; main?: unknown }
  return importOf(manifest.exports) ?? (typeof manifest.main === 'string' ? manifest.main : 'index.js')
}

function importOf(exports: unknown): string | null {
  if (typeof exports === 'string') return exports
  if (typeof exports !== 'object' || exports === null) return null
  for (const key of ['.', 'node', 'import', 'default'] as const) {
    const found = importOf((exports as Record<string, unknown>)[key])
    if (found) return found
  }
  return null
}

function refuseInside(name: string, entry: string, judged: readonly string[]): void {
  const inside = judged.find(path => existsSync(path) && (entry + sep).startsWith(realpathSync(path) + sep))
  if (inside === undefined) return
  const remedy = 'Install it outside: code of what is judged never runs.'
  throw new Fault('unknown-id', `The plugin "${name}" lies inside ${inside}, which is being judged.`, remedy)
}

function contentsOf(name: string, module: unknown): Plugins {
  const exported = module as { detectors?: unknown; statistics?: unknown; default?: unknown }
  const detectors = [exported.detectors ?? exported.default ?? []].flat() as AnyDetector[]
  const statistics = [exported.statistics ?? []].flat() as AnyStatistic[]
  const isDetector = (d: AnyDetector) =>
    typeof d?.id === 'string' && typeof d.detect === 'function' && d.options && d.input
  const isStatistic = (s: AnyStatistic) => typeof s?.id === 'string' && typeof s.add === 'function'
  if (detectors.length === 0 || !detectors.every(isDetector) || !statistics.every(isStatistic)) {
    throw new Fault('unknown-id', `The package "${name}" exports no detectors.`, 'It must export `detectors`.')
  }
  return { detectors, statistics }
}

function refuseTwice(name: string, found: readonly { id: string }[], known: readonly { id: string }[]): void {
  const twice = found.find(plugin => known.some(other => other.id === plugin.id))
  if (!twice) return
  throw new Fault('unknown-id', `The plugin "${name}" brings "${twice.id}", which there is already.`, 'Leave it out.')
}
