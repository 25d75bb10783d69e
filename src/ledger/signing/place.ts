import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'

/** The name that a file has in a tree; null when it lies elsewhere. Links above either are followed, not its own. */
export function nameIn(root: string, path: string): string | null {
  const from = real(resolve(root))
  const to = join(real(dirname(resolve(path))), basename(path))
  const name = relative(from, to)
  if (name === '' || name === '..' || name.startsWith(`..${sep}`) || resolve(from, name) !== to) return null
  return sep === '/' ? name : name.replaceAll(sep, '/')
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
