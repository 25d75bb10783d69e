import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { Fault } from '../core/index.ts'
import { faultOf, spool } from '../sources/index.ts'
import { logName, quarantineFolder, quarantineName } from './clean-log.ts'
import { layoutOf } from './layout.ts'
import { type FoundPictures, gathered, mostPictures, type PicturePath } from './pictures/gather.ts'
import { beginsAsPicture, isPictureName } from './pictures/names.ts'
import { walked } from './pictures/walk.ts'

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
  /** Pictures among what was found, which are no files of records; null when there are none. */
  readonly pictures: FoundPictures | null
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
  const pictures: PicturePath[] = []
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
        continue
      }
      const all = await filesAt(path, options, leftOut)
      for (const each of all) 'file' in each ? pictures.push(each) : files.push(each)
    }
  } catch (reason) {
    await close()
    throw reason
  }
  const wanted = options.splits
  return {
    files: wanted ? files.filter(f => f.split !== null && wanted.includes(f.split)) : files,
    pictures: gathered(pictures),
    leftOut,
    later: undo => void closers.push(undo),
    close,
  }
}

type FoundPath = FoundFile | PicturePath

async function filesAt(path: string, options: FindOptions, leftOut: LeftOut[]): Promise<FoundPath[]> {
  const known = await stat(path).catch(() => undefined)
  if (known?.isDirectory()) return filesIn(path, options, leftOut)
  const named = (file: string, name: string): FoundPath =>
    isPictureName(file) || beginsAsPicture(file)
      ? { folder: null, file: resolve(file), split: null }
      : fileAt(file, name, true)
  if (known) return [named(path, basename(path))]
  if (/[*?[{]/.test(path)) {
    const matches = await globbed(path)
    if (matches.length > 0) return matches.map(match => named(match, match))
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

/** The files of a folder and its pictures, as its dataset card has them if there is one. */
async function filesIn(folder: string, options: FindOptions, leftOut: LeftOut[]): Promise<FoundPath[]> {
  const { names, passed } = await walked(folder)
  leftOut.push(...passed)
  const aside = names.includes(logName)
    ? new Set(names.map(topOf).filter(top => cleaningsOwn.has(top)))
    : new Set<string>()
  for (const name of aside) leftOut.push({ name, reason: 'it is of a cleaning, which put it aside' })
  const found = names.filter(name => !isAbout(basename(name)) && !aside.has(topOf(name)))
  const called = found.filter(isPictureName)
  const rest = found.filter(name => !isPictureName(name))
  if (rest.length > mostFiles || called.length > mostPictures)
    throw new Fault('bad-option', `${folder}: too many files for one table.`, 'Name the folder that holds the data.')
  const [root, layout] = [resolve(folder), await layoutOf(folder, options.config)]
  const begun = new Set(rest.filter(name => beginsAsPicture(join(folder, name))))
  const pictures = begun.size === 0 ? called : [...called, ...begun].sort()
  const files = rest.filter(name => !begun.has(name))
  if (!layout)
    return [
      ...files.map(name => fileAt(join(folder, name), name, false)),
      ...pictures.map(file => ({ folder: root, file, split: null })),
    ]
  const tests = layout.splits.map(({ split, paths }) => ({ split, tests: paths.map(globPattern) }))
  const splitIn = (name: string): string | null => {
    const match = tests.find(({ tests: patterns }) => patterns.some(pattern => pattern.test(name)))
    if (!match) leftOut.push({ name, reason: `not in the configuration "${layout.config}" of the dataset card` })
    return match ? (splits[match.split] ?? match.split) : null
  }
  return [
    ...files.flatMap(name => {
      const split = splitIn(name)
      return split === null ? [] : [{ ...fileAt(join(folder, name), name, false), split }]
    }),
    ...pictures.flatMap(file => {
      const split = splitIn(file)
      return split === null ? [] : [{ folder: root, file, split }]
    }),
  ]
}

/** What a cleaning writes beside the rows it keeps. */
const cleaningsOwn: ReadonlySet<string> = new Set([logName, quarantineName, 'originals', quarantineFolder])
const topOf = (name: string): string => name.split('/', 1)[0]!

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
