import { unsafeName } from '../../names.ts'

/** A byte range of a file, named `path:start:end`. */
export interface ShardName {
  readonly path: string
  readonly start: number
  readonly end: number
}

/** No file system takes longer paths; the signer of a bundle chooses its names. */
const longestName = 4096

/** True when `name` is a path below a root, written in the one way that the specification allows (6.1.2). */
export const isInside = (name: string): boolean => name.length <= longestName && unsafeName(name) === null

/** Splits the name of a shard at its last two colons; file names may hold colons themselves. */
export function shardOf(name: string): ShardName | null {
  const found = /^([\s\S]+):(0|[1-9][0-9]{0,15}):([1-9][0-9]{0,15})$/.exec(name)
  if (!found) return null
  const [, path = '', start, end] = found
  return Number.isSafeInteger(Number(end)) ? { path, start: Number(start), end: Number(end) } : null
}

/** The name of a shard. */
export const shardName = ({ path, start, end }: ShardName): string => `${path}:${start}:${end}`

/** An entry of an ignore list as it is compared: `./x/` and `x` are one path. */
export const plainPath = (path: string): string => path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '')

/**
 * Says whether a name is one of the paths or lies below one. Paths that name the root itself or leave it hold nothing.
 * Looks up each folder above a name, so that a long list costs no more than a short one.
 */
export function under(paths: readonly string[]): (name: string) => boolean {
  const known = new Set(paths.map(plainPath).filter(isInside))
  return name => {
    for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1))
      if (known.has(name.slice(0, slash))) return true
    return known.has(name)
  }
}
