/** A value of a configuration, JSON or YAML, with its place in the bytes. */
export interface Setting {
  readonly start: number
  end: number
  /** Text, number, truth or null; undefined for objects and lists. */
  readonly scalar?: string | number | boolean | null
  /** Keys of an object, one for each of `values`; undefined for lists. */
  readonly keys?: string[]
  readonly values?: Setting[]
  /** Values that were read, are of no interest to anybody, and are not kept. */
  left?: number
}

export const textOf = (setting: Setting | undefined): string | null =>
  typeof setting?.scalar === 'string' ? setting.scalar : null

/** Every value under a key: of doubled keys one loader takes the last, another the first. */
export const under = ({ keys = [], values = [] }: Setting, key: string): Setting[] =>
  keys.flatMap((k, at) => (k === key ? [values[at]!] : []))

export const isListOf = (setting: Setting | undefined): setting is Setting & { values: Setting[] } =>
  setting?.values !== undefined && setting.keys === undefined

/** One value of a configuration with where it stands. */
export interface Standing {
  readonly setting: Setting
  /** Key or place under which it stands; empty for a root. */
  readonly key: string
  /** The object or list it stands in. */
  readonly outer: Setting | null
  readonly path: readonly string[]
}

/** Every value of a configuration, outer ones first. */
export function* everySetting(roots: readonly Setting[]): Generator<Standing> {
  const open: Standing[] = roots.map(setting => ({ setting, key: '', outer: null, path: [] })).reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    yield next
    const { setting, path } = next
    const { keys, values = [] } = setting
    for (let k = values.length - 1; k >= 0; k--) {
      const key = keys?.[k] ?? String(k)
      open.push({ setting: values[k]!, key, outer: setting, path: path.length < 8 ? [...path, key] : path })
    }
  }
}
