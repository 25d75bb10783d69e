import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { Fault } from '../core/index.ts'
import { faultOf, spool } from '../sources/index.ts'
import { layoutOf } from './layout.ts'

/** A file that may be a part of the table. */
export interface FoundFile {
  /** As shown to people: relative to the folder that was named. */
  readonly name: string
  readonly path: string
  readonly split: string | null
  readonly member: string | null
  /** True when the caller named this very file, so that it must be readable. */
  readonly named: boolean
}

/** A file that was found and is no part of the table. */
export interface LeftOut {
  readonly name: string
  readonly reason: string
}

export interface Found {
  readonly files: readonly FoundFile[]
  readonly leftOut: readonly LeftOut[]
  /** Hands over something to undo at the end. */
  later(undo: () => Promise<void>): void
  close(): Promise<void>
}

export interface FindOptions {
  readonly splits?: readonly string[]
  readonly config?: string
  readonly stdin?: AsyncIterable<Uint8Array>
}

/** More files than this in one table is more likely a wrong path than a dataset. */
const mostFiles = 100_000
const mostSpooledBytes = 2 ** 40

/** Finds the files that paths, folders, globs and `-` stand for. */
export async function findFiles(paths: readonly string[], options: FindOptions): Promise<Found> {
  if (paths.length === 0)
    throw new Fault('nothing-to-do', 'No path was given.', 'Name a file, a folder, or - for standard input.')
  const files: FoundFile[] = []
  const leftOut: LeftOut[] = []
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const each of closers.splice(0)) await each()
  }
  try {
    for (const path of paths) {
      if (path === '-') {
        const spooled = await spool('stdin', options.stdin ?? process.stdin, mostSpooledBytes)
        closers.push(spooled.close)
        files.push({ name: 'stdin', path: spooled.source.path!, split: null, member: null, named: true })
      } else files.push(...(await filesAt(path, options, leftOut)))
    }
  } catch (reason) {
    await close()
    throw reason
  }
  const wanted = options.splits
  return {
    files: wanted ? files.filter(f => f.split !== null && wanted.includes(f.split)) : files,
    leftOut,
    later: undo => void closers.push(undo),
    close,
  }
}

async function filesAt(path: string, options: FindOptions, leftOut: LeftOut[]): Promise<FoundFile[]> {
  const known = await stat(path).catch(() => undefined)
  if (known?.isDirectory()) return filesIn(path, options, leftOut)
  if (known) return [fileAt(path, basename(path), true)]
  if (/[*?[{]/.test(path)) {
    const matches = await globbed(path)
    if (matches.length > 0) return matches.map(match => fileAt(match, match, true))
    throw new Fault(
      'no-such-path',
      `${path}: nothing matches.`,
      'Check the pattern; quote it so that the shell leaves it alone.',
    )
  }
  const hash = path.lastIndexOf('#')
  const inside = hash > 0 ? await stat(path.slice(0, hash)).catch(() => undefined) : undefined
  if (inside?.isFile()) return [{ ...fileAt(path.slice(0, hash), basename(path), true), member: path.slice(hash + 1) }]
  return stat(path).then(
    () => [],
    reason => Promise.reject(faultOf(reason, path)),
  )
}

const fileAt = (path: string, name: string, named: boolean): FoundFile => ({
  name,
  path: resolve(path),
  split: splitOf(name),
  member: null,
  named,
})

async function filesIn(folder: string, options: FindOptions, leftOut: LeftOut[]): Promise<FoundFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(reason =>
    Promise.reject(faultOf(reason, folder)),
  )
  const found = entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(name => !name.split('/').some(part => part.startsWith('.')) && !isAbout(basename(name)))
    .sort()
  if (found.length > mostFiles)
    throw new Fault('bad-option', `${folder}: more than ${mostFiles} files.`, 'Name the folder that holds the data.')
  const layout = await layoutOf(folder, options.config)
  if (!layout) return found.map(name => fileAt(join(folder, name), name, false))
  const tests = layout.splits.map(({ split, paths }) => ({ split, tests: paths.map(globPattern) }))
  const files: FoundFile[] = []
  for (const name of found) {
    const match = tests.find(({ tests: patterns }) => patterns.some(pattern => pattern.test(name)))
    if (match) files.push({ ...fileAt(join(folder, name), name, false), split: splits[match.split] ?? match.split })
    else leftOut.push({ name, reason: `not in the configuration "${layout.config}" of the dataset card` })
  }
  return files
}

/** Files that speak about a dataset and hold no rows of it. */
const isAbout = (name: string): boolean =>
  /^(readme|license|licence|notice|citation|changelog|sha256sums|md5sums)(\.|$)/i.test(name) ||
  /^(dataset_infos?|state|dataset_dict)\.json$/.test(name) ||
  /^bezoar\.lock$|\.(sig|sigstore|sigstore\.json)$/i.test(name)

const splits: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  test: 'test',
  testing: 'test',
  eval: 'test',
  evaluation: 'test',
  dev: 'validation',
  valid: 'validation',
  validation: 'validation',
  val: 'validation',
}

/** The split that a path names, as Hugging Face reads it: a word between separators. */
export function splitOf(name: string): string | null {
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .reverse()
  return words.map(word => splits[word]).find(split => split !== undefined) ?? null
}

/** Files that a glob matches, below the folder that its fixed part names. */
export async function globbed(pattern: string): Promise<string[]> {
  const parts = pattern.split('/')
  const fixed = parts.findIndex(part => /[*?[{]/.test(part))
  const root = parts.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '.')
  const test = globPattern(parts.slice(fixed).join('/'))
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .filter(name => test.test(name))
    .sort()
    .map(name => (root === '.' ? name : join(root, name)))
}

/** A glob as a pattern: `*`, `**`, `?`, `[abc]` and `{a,b}`. */
export function globPattern(glob: string): RegExp {
  let source = ''
  let depth = 0
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!
    if (c === '*' && glob[i + 1] === '*') {
      source += glob[i + 2] === '/' ? '(?:.*/)?' : '.*'
      i += glob[i + 2] === '/' ? 2 : 1
    } else if (c === '*') source += '[^/]*'
    else if (c === '?') source += '[^/]'
    else if (c === '[' && glob.indexOf(']', i + 2) > 0) {
      const end = glob.indexOf(']', i + 2)
      source += `[${glob
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replaceAll('\\', '\\\\')}]`
      i = end
    } else if (c === '{') {
      depth++
      source += '(?:'
    } else if (c === '}' && depth > 0) {
      depth--
      source += ')'
    } else if (c === ',' && depth > 0) source += '|'
    else source += c.replace(/[.+^${}()|\\[\]]/g, '\\$&')
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`)
}
