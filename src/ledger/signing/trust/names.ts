import { unsafeName } from '../../names.ts'

/** A byte range of a file, named `path:start:end`. */
export interface ShardName {
  readonly path: string
  readonly start: number
  readonly end: number
}

/** True when `name` is a path below a root, written in the one way that the specification allows (6.1.2). */
export const isInside = (name: string): boolean => unsafeName(name) === null

/** Splits the name of a shard at its last two colons; file names may hold colons themselves. */
export function shardOf(name: string): ShardName | null {
  const found = /^([\s\S]+):(0|[1-9][0-9]{0,15}):([1-9][0-9]{0,15})$/.exec(name)
  if (!found) return null
  const [, path = '', start, end] = found
  return Number.isSafeInteger(Number(end)) ? { path, start: Number(start), end: Number(end) } : null
}

/** The name of a shard. */
export const shardName = ({ path, start, end }: ShardName): string => `${path}:${start}:${end}`

/** True when `name` is `path` or lies below it; entries that name the root itself or leave it match nothing. */
export const isUnder = (name: string, path: string): boolean =>
  isInside(path) && (name === path || name.startsWith(`${path}/`))

/** An entry of an ignore list as it is compared: `./x/` and `x` are one path. */
export const plainPath = (path: string): string => path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '')
