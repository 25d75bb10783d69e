import type { CodeLanguage } from '../core/index.ts'
import { type Call, callsOf } from './calls.ts'
import { type Names, namesOf } from './names.ts'
import type { Tree } from './tree.ts'

/** Nodes of one kind that are looked at: hostile code is all brackets or all dots. */
const mostNodes = 2000

const placeOf = (node: Tree): string => {
  const { start, end } = node.range()
  return `${start.index} ${end.index}`
}

/** A parsed piece of code, with what rules share: nodes by kind, calls and where names come from. */
export class Piece {
  readonly language: CodeLanguage
  readonly code: string
  readonly root: Tree
  readonly #kinds = new Map<string, readonly Tree[]>()
  #calls: readonly Call[] | undefined
  #names: Names | undefined
  #byNode: Map<string, Call> | undefined

  constructor(code: string, language: CodeLanguage, root: Tree) {
    this.code = code
    this.language = language
    this.root = root
  }

  /** Nodes of these kinds, in the order of the code. A kind that the grammar does not know has none. */
  all(...kinds: string[]): readonly Tree[] {
    const key = kinds.join(' ')
    const known = this.#kinds.get(key)
    if (known) return known
    const found = this.#find(kinds).slice(0, mostNodes)
    this.#kinds.set(key, found)
    return found
  }

  #find(kinds: string[]): Tree[] {
    try {
      return this.root.findAll({ rule: { any: kinds.map(kind => ({ kind })) } })
    } catch {
      return kinds.length > 1 ? kinds.flatMap(kind => this.#find([kind])) : []
    }
  }

  /** Calls and constructions. */
  get calls(): readonly Call[] {
    this.#calls ??= callsOf(this)
    return this.#calls
  }

  /** The call that a node is. */
  callAt(node: Tree): Call | null {
    this.#byNode ??= new Map(this.calls.map(call => [placeOf(call.node), call]))
    return this.#byNode.get(placeOf(node)) ?? null
  }

  /** Functions, their parameters and what names are set to. */
  get names(): Names {
    this.#names ??= namesOf(this)
    return this.#names
  }
}
