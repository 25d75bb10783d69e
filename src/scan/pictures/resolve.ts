/** Finds the picture that a cell of an index names. */
export interface Resolver {
  /** The name of the picture relative to the root; null when nothing or several could be meant. */
  resolve(value: string): string | null
}

/** Steps of a foreign path that are tried as its beginning: `/home/someone/data/train/cat/1.jpg`. */
const mostSteps = 24

/**
 * Resolves names as people write them into indexes: relative to the index or the root, with the beginning of another
 * machine's path, the bare name of a file where only one has it, each also without the ending.
 * @param names pictures relative to the root
 * @param inner folder of the index relative to the root
 */
export function resolver(names: readonly string[], inner: string): Resolver {
  const exact = new Set(names)
  const bare = lazily(() => uniquely(names, baseOf))
  const stems = lazily(() => uniquely(names, stemOf))
  const bareStems = lazily(() => uniquely(names, name => baseOf(stemOf(name))))
  const prefix = inner === '' ? '' : `${inner}/`
  const whole = (path: string): string | null => {
    if (exact.has(prefix + path)) return prefix + path
    return exact.has(path) ? path : null
  }
  const withoutEnding = (path: string): string | null => stems().get(prefix + path) ?? stems().get(path) ?? null
  const anyEnd = (path: string, find: (path: string) => string | null): string | null => {
    for (let at = 0, k = 0; k < mostSteps; k++) {
      const found = find(path.slice(at))
      if (found !== null) return found
      at = path.indexOf('/', at) + 1
      if (at === 0) return null
    }
    return null
  }
  return {
    resolve(value) {
      const path = plainPath(value)
      if (path === '') return null
      return (
        anyEnd(path, whole) ??
        bare().get(baseOf(path)) ??
        anyEnd(path, withoutEnding) ??
        bareStems().get(baseOf(path)) ??
        null
      )
    },
  }
}

const plainPath = (value: string): string =>
  value
    .trim()
    .replaceAll('\\', '/')
    .replace(/^([a-z]:)?\/+|^(\.\/)+/i, '')
const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
const stemOf = (name: string): string => name.replace(/\.[^./]+$/, '')

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Names by key; null where several have one key. */
function uniquely(names: readonly string[], keyOf: (name: string) => string): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  for (const name of names) {
    const key = keyOf(name)
    found.set(key, found.has(key) ? null : name)
  }
  return found
}
