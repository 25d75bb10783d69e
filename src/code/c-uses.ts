import { scopeOf } from './c.ts'
import type { Piece } from './piece.ts'
import type { Tree } from './tree.ts'

/** What becomes of a variable next. */
export type Use = 'set' | 'tested' | 'used' | 'none'

export interface NextUse {
  readonly use: Use
  /** The code of the use and what follows it. */
  readonly code: string
}

/** How far a use is looked for: functions that read on longer are rare, and hostile code must not cost more. */
const reach = 3000

/** A place `a.b` as a pattern of how C may write it. */
export const written = (place: string): string =>
  place
    .split('.')
    .map(part => part.replace(/[^\w]/g, ''))
    .join('\\s*(?:->|\\.)\\s*')

/** Code after a node to the end of its block, or to where the block is left. */
export function restOfBlock(piece: Piece, node: Tree): string {
  const { code, start } = scopeOf(piece, node)
  const from = node.range().end.index - start
  const rest = code.slice(from, from + reach)
  let depth = 0
  for (const { 0: token, index } of rest.matchAll(
    /[{}]|\b(?:return|goto|break|continue|exit|abort|throw|case|default)\b/g,
  )) {
    if (token === '{') depth++
    else if (token === '}' && --depth < 0) return rest.slice(0, index)
    else if (depth === 0 && /^\w/.test(token)) {
      const end = rest.indexOf(';', index)
      return token === 'case' || token === 'default' ? rest.slice(0, index) : rest.slice(0, end < 0 ? rest.length : end)
    }
  }
  return rest
}

/** What a place meets first in some code. */
export function nextUse(place: string, code: string): NextUse {
  const found = new RegExp(`(?<![\\w.>])${written(place)}(?!\\w)`).exec(code)
  if (!found) return { use: 'none', code: '' }
  const before = code.slice(Math.max(0, found.index - 60), found.index)
  const after = code.slice(found.index + found[0].length)
  const rest = code.slice(found.index)
  if (/^\s*=(?!=)/.test(after) && !/\*\s*$/.test(before)) return { use: 'set', code: rest }
  if (/&\s*$/.test(before) && !/&&\s*$/.test(before)) return { use: 'set', code: rest }
  if (
    /!\s*\(?\s*$|\b(?:if|while|assert|IS_ERR\w*|unlikely|likely|\w*(?:ASSERT|CHECK|check)\w*)\s*\(\s*(?:\(\s*)*$/.test(
      before,
    ) &&
    !/^\s*(?:->|\[)/.test(after)
  )
    return { use: 'tested', code: rest }
  if (/^\s*\)*\s*(?:[!=]=|\?|&&|\|\|)/.test(after) || /(?:[!=]=|&&|\|\|)\s*(?:\(\s*)*$/.test(before))
    return { use: 'tested', code: rest }
  return { use: 'used', code: rest }
}
