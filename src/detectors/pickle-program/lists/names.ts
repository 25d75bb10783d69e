/**
 * What an allowed name may be used for. `data`: it may be named, and never called (a function that an estimator
 * remembers). `type`: objects of it may be made without running its constructor, and given their state. `call`: it may
 * be called with arguments.
 */
export type Use = 'data' | 'type' | 'call'

/** What the arguments of an allowed call must be. */
export interface Takes {
  /** All arguments are constants, or tuples and lists of constants. */
  readonly constants?: boolean
  /** The arguments at these places are classes of which the call makes an object: each must be allowed to be made. */
  readonly makes?: readonly number[]
  /** The argument at a place is a class or function of one of these modules. */
  readonly from?: Readonly<Record<string, readonly string[]>>
  /** No whole number among the arguments is larger: it would be a size to reserve. */
  readonly largest?: number
  /** The arguments at these places are functions or classes for later: null, or allowed by some list. */
  readonly keeps?: readonly number[]
  /** The argument at a place is one of these constants, where it is given. */
  readonly oneOf?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>
  /** At most so many arguments. */
  readonly most?: number
  /** The second argument is an attribute that a list gives for the class (or the object's class) in the first. */
  readonly attribute?: boolean
}

/** Names of one library under one reason. */
export interface ListGroup {
  readonly use: Use
  /** Why they are harmless in this use; for `review`, why a person must look. */
  readonly why: string
  /** Known, and not harmless by itself: the verdict is at best hold. */
  readonly review?: boolean
  readonly takes?: Takes
  readonly names: Readonly<Record<string, readonly string[]>>
}

/** A versioned list of one library, as it stands in its file. */
export interface ListFile {
  readonly library: string
  /** Releases whose sources the names were taken from. */
  readonly versions: string
  readonly groups: readonly ListGroup[]
  /** Packages that it does not know as a whole: strangers use the same names. */
  readonly shared?: readonly string[]
  /** Attributes that may be asked for, by class (`module.name`): members of enums, methods that objects keep. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>
}

/** What a list says of one name. */
export interface Entry extends Omit<ListGroup, 'names'> {
  readonly library: string
}

/** Exact look-up: module and name, nothing derived. */
export interface Names {
  of(module: string, name: string): Entry | null
  /** Attributes of a class that may be asked for. */
  attributes(module: string, name: string): readonly string[]
  /** The list that knows a package as a whole, with its releases; a name that it lacks may be newer than it. */
  speaksFor(packageName: string): string | null
}

/** Makes a list ready for look-ups. */
export function indexed({ library, versions, groups, shared, attributes = {} }: ListFile): Names {
  const modules = new Map<string, Map<string, Entry>>()
  const packages = new Set<string>()
  for (const { names, ...rest } of groups) {
    const entry: Entry = { library, ...rest }
    for (const [module, list] of Object.entries(names)) {
      packages.add(module.split('.', 1)[0]!)
      const known = modules.get(module) ?? new Map<string, Entry>()
      modules.set(module, known)
      for (const name of list) known.set(name, entry)
    }
  }
  return {
    speaksFor: name => (packages.has(name) && !shared?.includes(name) ? `${library} (${versions})` : null),
    of: (module, name) => modules.get(module)?.get(name) ?? null,
    attributes: (module, name) =>
      Object.hasOwn(attributes, `${module}.${name}`) ? attributes[`${module}.${name}`]! : [],
  }
}
