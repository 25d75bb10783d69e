import { shortly } from './calls.ts'
import { isConstant } from './flow.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** Text that begins like a statement of SQL. */
export const sqlText =
  /^\s*\(?\s*(?:select\b[\s\S]*\bfrom\b|select\s+\S+\(|insert\s+(?:ignore\s+)?into\b|replace\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|(?:drop|create|alter|truncate)\s+(?:table|user|database|view|index|schema|role|column|or\b|temp)|merge\s+into\b|grant\s+\w+|exec(?:ute)?\s+\w+|call\s+\w+\(|with\s+\w+\s+as\s*\(|pragma\s+\w+|show\s+(?:tables|columns)|use\s+[`{%])/i

/** Text that reads like HTML. */
export const htmlText = /<\/?[a-z!][^>]*>?|&nbsp;/i

/** What a name is assigned or handed to: the target of an assignment, the keyword of a call, the key of a table. */
export function heldIn(node: Tree): string {
  for (const up of node.ancestors().slice(0, 8)) {
    const kind = String(up.kind())
    if (kind === 'assignment') return shortly(up.field('left'), 120)
    if (kind === 'keyword_argument') return shortly(up.field('name'), 120)
    if (kind === 'pair') return shortly(up.field('key'), 120)
    if (/_definition$|^module$|^block$/.test(kind)) break
  }
  return ''
}

/** The text of a literal without its marks; null for anything but a plain string. */
export function literal(node: Tree | null | undefined): string | null {
  if (node?.kind() !== 'string') return null
  const text = shortly(node, 2000)
  if (text === '' || node.namedChildren().some(child => child.kind() === 'interpolation')) return null
  return text.replace(/^[a-zA-Z]{0,2}(?:"""|'''|["'])/, '').replace(/(?:"""|'''|["'])$/, '')
}

/** True for a plain `True`. */
export const isTrue = (node: Tree | null | undefined): boolean => shortly(node) === 'True'
/** True for a plain `False`. */
export const isFalse = (node: Tree | null | undefined): boolean => shortly(node) === 'False'

/** True when there is a value and it is not fixed in the code. */
export const varies = (node: Tree | null | undefined, piece: Piece): boolean => !!node && !isConstant(node, piece)
