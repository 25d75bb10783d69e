import type { CodeLanguage } from '../core/index.ts'
import { type Call, callsOf } from './calls.ts'
import type { Flow } from './flow.ts'
import { type Names, namesOf } from './names.ts'
import type { Tree } from './tree.ts'

/** Nodes of one kind that are looked at: hostile code is all brackets or all dots. */
const mostNodes = 2000

/** Where a node stands and of what kind it is: the same node of two walks has the same place. */
export const placeOf = (node: Tree): string => {
  const { start, end } = node.range()
  return `${start.index} ${end.index} ${String(node.kind())}`
}

/** Kinds that rules ask for, and words that are no kinds, by language: what was learned from earlier pieces. */
const asked = new Map<CodeLanguage, { readonly known: Set<string>; readonly unknown: Set<string> }>()

function kindsOf(language: CodeLanguage) {
  const found = asked.get(language) ?? { known: new Set<string>(), unknown: new Set<string>() }
  asked.set(language, found)
  return found
}

function isKind(kind: string, { language, root }: Piece): boolean {
  const { known, unknown } = kindsOf(language)
  if (known.has(kind)) return true
  if (unknown.has(kind)) return false
  try {
    root.find({ rule: { kind } })
    known.add(kind)
    return true
  } catch {
    unknown.add(kind)
    return false
  }
}

/** A parsed piece of code, with what rules share: nodes by kind, calls and where names come from. */
export class Piece {
  readonly language: CodeLanguage
  readonly code: string
  readonly root: Tree
  /** What values are made of, as far as it was asked. */
  readonly flows = new Map<string, Flow>()
  /** Steps that are left for following values, in all rules together: hostile code would ask for millions. */
  steps = 25_000
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
    if (kinds.length === 1) return this.#of(kinds[0]!)
    const key = kinds.join(' ')
    const known = this.#kinds.get(key)
    if (known) return known
    const placed = kinds.flatMap(kind => this.#of(kind).map(node => ({ node, at: node.range().start.index })))
    const found = placed.sort((a, b) => a.at - b.at).map(({ node }) => node)
    this.#kinds.set(key, found)
    return found
  }

  #of(kind: string): readonly Tree[] {
    const known = this.#kinds.get(kind)
    if (known) return known
    if (!isKind(kind, this)) return []
    // One walk for every kind that some rule has ever asked for: a walk for each would cost more than all rules.
    const wanted = [...kindsOf(this.language).known].filter(one => !this.#kinds.has(one))
    const buckets = new Map<string, Tree[]>(wanted.map(one => [one, []]))
    for (const node of this.root.findAll({ rule: { any: wanted.map(one => ({ kind: one })) } })) {
      const bucket = buckets.get(String(node.kind()))
      if (bucket && bucket.length < mostNodes) bucket.push(node)
    }
    for (const [one, nodes] of buckets) this.#kinds.set(one, nodes)
    return this.#kinds.get(kind) ?? []
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
