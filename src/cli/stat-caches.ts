import { homedir } from 'node:os'
import { join } from 'node:path'
import { openStatCache, type StoredStatCache } from '../ledger/lean.ts'
import { seen } from './seen.ts'

/** What commands that hash take. */
export interface CacheFlags {
  readonly fast?: boolean
  readonly paranoid?: boolean
  readonly cache?: string
  readonly quiet?: boolean
}

/**
 * The stat cache of a root as the flags want it: read with --fast, begun anew where all is read anyhow and `learns`.
 * None with --paranoid and on a build server, where whoever can write the cache is not whoever reads it.
 */
export function statCacheOf(root: string, flags: CacheFlags, learns: boolean): StoredStatCache | undefined {
  if (flags.paranoid || (!flags.fast && !learns)) return undefined
  if (isBuildServer()) {
    if (flags.fast) note('CI is set: --fast is off, every byte is read.', flags)
    return undefined
  }
  const cache = openStatCache(flags.cache ?? cacheFolder(), root, !flags.fast)
  if (cache.trouble !== null) note(cache.trouble, flags)
  return cache
}

/** Keeps what was learned; says why when it cannot. */
export function saveCache(cache: StoredStatCache | undefined, flags: CacheFlags): void {
  const trouble = cache?.save() ?? null
  if (trouble !== null) note(trouble, flags)
}

const isBuildServer = (): boolean => !['', '0', 'false', undefined].includes(process.env.CI)

function note(text: string, { quiet }: CacheFlags): void {
  if (!quiet) process.stderr.write(`bezoar: ${seen(text)}\n`)
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (XDG_CACHE_HOME) return join(XDG_CACHE_HOME, 'bezoar')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'bezoar')
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'bezoar')
  return join(homedir(), '.cache', 'bezoar')
}
