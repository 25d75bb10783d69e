import type { CodeLanguage } from '../core/index.ts'
import type { Pattern, Tree } from './tree.ts'

/** One weakness that a syntax tree shows. One file, named as the rule's id; its examples are its test. */
export interface CodeRule {
  readonly id: string
  /** The most telling first. */
  readonly cwe: readonly string[]
  readonly languages: readonly CodeLanguage[]
  readonly title: string
  /** Nodes that may be weak. */
  readonly pattern: Pattern
  /** True when a matched node is weak indeed; all are when absent. */
  readonly weak?: (node: Tree) => boolean
  /** Strings of which one must stand in the code for the rule to be tried at all: cheap, before any tree. */
  readonly needs?: readonly string[]
  /** Pieces of code with the weakness, and the same without. */
  readonly vulnerable: readonly string[]
  readonly fixed: readonly string[]
}

/** Declares a rule. */
export const rule = (definition: CodeRule): CodeRule => definition
