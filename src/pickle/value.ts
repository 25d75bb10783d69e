/**
 * What a pickle would build, as far as it can be known without running it. Shared values are one object, and lists may
 * hold themselves through the memo: walk with a budget. Globals and calls stand for what nobody made.
 */
export type PickleValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | PickleBytes
  | PickleItems
  | PickleDict
  | PickleGlobal
  | PickleCall
  | PicklePersistent
  | PickleOpaque

/** Bytes that stand in the file; `offset` is the place of the first one, absent when they are written with escapes. */
export interface PickleBytes {
  readonly kind: 'bytes'
  readonly size: number
  readonly offset: number
}

/** Values in a row; `more` of them were not kept. */
export interface PickleItems {
  readonly kind: 'tuple' | 'list' | 'set' | 'frozenset'
  readonly items: readonly PickleValue[]
  readonly more?: number
}

/** Keys and their values, in the order of the file, equal keys too; `more` of them were not kept. */
export interface PickleDict {
  readonly kind: 'dict'
  readonly entries: readonly (readonly [PickleValue, PickleValue])[]
  readonly more?: number
}

/** Something named from outside; the name as the file has it, dots included. */
export interface PickleGlobal {
  readonly kind: 'global'
  readonly module: string
  readonly name: string
}

/** What a call would give, with what is done to it afterwards. */
export interface PickleCall {
  readonly kind: 'call'
  readonly callee: PickleValue
  readonly args: readonly PickleValue[]
  /** Keyword arguments of NEWOBJ_EX. */
  readonly keywords?: PickleValue
  /** State of the last BUILD. */
  readonly state?: PickleValue
  /** Values appended or added to it. */
  readonly items?: readonly PickleValue[]
  /** Keys set on it. */
  readonly entries?: readonly (readonly [PickleValue, PickleValue])[]
}

/** Something that the loader finds by an id: a storage of torch. */
export interface PicklePersistent {
  readonly kind: 'persistent'
  readonly id: PickleValue
}

/** Known only to the run. */
export interface PickleOpaque {
  readonly kind: 'opaque'
  readonly why: string
}
