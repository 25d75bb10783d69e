import type { Expression } from './jinja/ast.ts'
import { has, isSaid, type Known } from './known.ts'

/** A name, its attributes and constant subscripts; null for all else, and for what a call gives. */
export function pathOf(x: Expression): string | null {
  if (x.type === 'name') return x.name
  if (x.type !== 'member' && x.type !== 'index') return null
  const object = pathOf(x.object)
  const part = x.type === 'member' ? `.${x.name}` : subscriptOf(x.key)
  return object === null || part === null ? null : object + part
}

function subscriptOf(key: Expression): string | null {
  if (key.type === 'text' || key.type === 'number') return `[${JSON.stringify(key.value)}]`
  const isLast = key.type === 'unary' && key.operator === '-' && key.value.type === 'number'
  return isLast ? `[-${(key.value as { value: number }).value}]` : null
}

const conjunctsOf = (x: Expression): Expression[] =>
  x.type === 'binary' && x.operator === 'and' ? [...conjunctsOf(x.left), ...conjunctsOf(x.right)] : [x]

/** The path of which it is asked whether it is a mapping; a text is never one. */
const mappingIn = (x: Expression): string | null =>
  x.type === 'test' && x.name === 'mapping' ? pathOf(x.operand) : null

/** The path that is asked for a word. */
const searchedIn = (x: Expression): string | null =>
  x.type === 'binary' && x.operator.endsWith('in') && x.left.type === 'text' ? pathOf(x.right) : null

/**
 * Questions in an `and` that only look for a key, since the same thing was found to be a mapping right before. Between
 * the two nothing may stand that could put a text in its place.
 */
export function keyTests(x: Expression): Expression[] {
  const found: Expression[] = []
  const mappings = new Set<string>()
  for (const each of conjunctsOf(x)) {
    const [mapping, searched] = [mappingIn(each), searchedIn(each)]
    if (mapping !== null) mappings.add(mapping)
    else if (searched === null) mappings.clear()
    else if (mappings.has(searched)) found.push(each)
  }
  return found
}

/** True when a branch is taken only if something is there: tools, or documents. */
export function needs(x: Expression, isThat: (x: Expression) => boolean): boolean {
  if (x.type === 'binary' && x.operator === 'and') return needs(x.left, isThat) || needs(x.right, isThat)
  if (x.type === 'binary' && x.operator === 'or') return needs(x.left, isThat) && needs(x.right, isThat)
  return x.type === 'name' && isThat(x)
}

/** Tools as the caller gives them, and nothing that the template made up. */
export const areTools = (known: Known): boolean =>
  has(known, 'tools') && !isSaid(known) && !known.items && !known.keys && known.pieces === ''
