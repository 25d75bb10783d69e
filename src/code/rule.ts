import type { CodeLanguage } from '../core/index.ts'
import type { Call } from './calls.ts'
import type { Piece } from './piece.ts'
import type { Pattern, Tree } from './tree.ts'

/**
 * One weakness that a syntax tree shows. One file, named as the rule's id; its examples are its test. A rule looks at nodes
 * of a `pattern`, at `call`s by the name of what is called, or `where` it likes.
 */
export interface CodeRule {
  readonly id: string
  /** The most telling first. */
  readonly cwe: readonly string[]
  readonly languages: readonly CodeLanguage[]
  readonly title: string
  /** Nodes that may be weak. `{ rule: { kind } }` alone costs nothing: all rules share one walk. */
  readonly pattern?: Pattern
  /** True when a matched node is weak indeed; all are when absent. */
  readonly weak?: (node: Tree, piece: Piece) => boolean
  /** Calls by what is called: `subprocess.run`, `new SqlCommand`, `db.query().get`. Shared between rules as well. */
  readonly call?: {
    readonly name: RegExp
    /** True when the call is weak indeed; all are when absent. */
    readonly weak?: (call: Call, piece: Piece) => boolean
  }
  /** Weak nodes found in any other way. */
  readonly where?: (piece: Piece) => Iterable<Tree>
  /** Strings of which one must stand in the code for the rule to be tried at all: cheap, before any tree. */
  readonly needs?: readonly string[]
  /** Pieces of code with the weakness, and the same without. */
  readonly vulnerable: readonly string[]
  readonly fixed: readonly string[]
}

/** Declares a rule. */
export const rule = (definition: CodeRule): CodeRule => definition
