import { dirname, join, relative } from 'node:path'

/** A picture where it was found. */
export interface PicturePath {
  /** The folder that was named; null when the picture itself was. */
  readonly folder: string | null
  /** Its name in that folder, or its path. */
  readonly file: string
  /** The split where a dataset card says it. */
  readonly split: string | null
}

/** Pictures below one folder. */
export interface FoundPictures {
  /** Folder that all names begin at. */
  readonly root: string
  /** Names of files relative to the root, with `/`. */
  readonly names: readonly string[]
  /** The split of a name where a dataset card says it. */
  readonly splits?: ReadonlyMap<string, string>
}

/** More pictures than the largest labelled collection has: a wrong path, then. */
export const mostPictures = 4_000_000

/** Brings pictures of one or several folders under one root; null when there are none. */
export function gathered(pictures: readonly PicturePath[]): FoundPictures | null {
  const first = pictures[0]
  if (!first) return null
  const roots = new Set(pictures.map(({ folder, file }) => folder ?? dirname(file)))
  const root = [...roots].reduce(sharedFolder)
  const named = new Map<string, string | null>()
  const prefixes = new Map([...roots].map(folder => [folder, relative(root, folder).replaceAll('\\', '/')]))
  for (const { folder, file, split } of pictures) {
    const prefix = prefixes.get(folder ?? dirname(file))!
    const own = folder === null ? relative(dirname(file), file) : file
    named.set(prefix === '' ? own : `${prefix}/${own}`, split)
  }
  const splits = new Map([...named].flatMap(([name, split]) => (split === null ? [] : [[name, split] as const])))
  return { root, names: [...named.keys()].sort(), ...(splits.size > 0 ? { splits } : {}) }
}

/** The deepest folder that holds both. */
function sharedFolder(a: string, b: string): string {
  let shared = a
  while (shared !== dirname(shared) && b !== shared && !b.startsWith(join(shared, '/'))) shared = dirname(shared)
  return shared
}
