/** R code as it was read. Vectors of data are not held. */
export type RNode =
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly items: readonly RNode[]; readonly offset: number }
  | { readonly kind: 'other'; readonly what: string }

export const other = (what: string): RNode => ({ kind: 'other', what })

const mostText = 200
const mostArgs = 12

/** A line of R for people; not always R that could be run. */
export function deparsed(node: RNode, depth = 0): string {
  if (node.kind === 'symbol') return node.name
  if (node.kind === 'text') return JSON.stringify(node.text.slice(0, mostText))
  if (node.kind === 'number') return String(node.value)
  if (node.kind === 'other') return node.what
  if (depth > 6) return '…'
  const [callee, ...args] = node.items
  const shown = args.slice(0, mostArgs).map(arg => deparsed(arg, depth + 1))
  const name = callee ? deparsed(callee, depth + 1) : ''
  if (args.length === 2 && /^(\W+|%.*%|<-)$/.test(name)) return `${shown[0]} ${name} ${shown[1]}`.slice(0, mostText)
  return `${name}(${shown.join(', ')}${args.length > mostArgs ? ', …' : ''})`.slice(0, mostText)
}

/** Every call in a piece of code, outer ones first, with the name of what is called. */
export function* callsIn(root: RNode): Generator<{ name: string; module: string; node: RNode & { kind: 'call' } }> {
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind !== 'call') continue
    const callee = calleeOf(node.items[0])
    if (callee.name === '::' || callee.name === ':::') yield { ...calleeOf(node), node }
    else yield { ...callee, node }
    if (takesFunctions.has(callee.name)) yield* handedOn(node)
    for (let k = node.items.length - 1; k >= 0; k--) open.push(node.items[k]!)
  }
}

/** Functions that call what they are given, or find it by its name. */
const takesFunctions = new Set(
  'do.call match.fun get get0 mget lapply sapply vapply mapply Map Reduce Filter Recall purrr apply tapply outer exec'.split(
    ' ',
  ),
)

function* handedOn(
  node: RNode & { kind: 'call' },
): Generator<{ name: string; module: string; node: RNode & { kind: 'call' } }> {
  for (const item of node.items.slice(1)) if (textOf(item) !== '') yield { module: '', name: textOf(item), node }
}

/** `system`, or `base` and `system` of `base::system`; a function that is computed has no name. */
function calleeOf(callee: RNode | undefined): { module: string; name: string } {
  if (callee?.kind === 'symbol') return { module: '', name: callee.name }
  if (callee?.kind === 'text') return { module: '', name: callee.text }
  if (callee?.kind !== 'call') return { module: '', name: callee?.kind === 'other' ? callee.what : '' }
  const [operator, module, name] = callee.items
  const isQualified = operator?.kind === 'symbol' && /^(:::?|\$|@)$/.test(operator.name)
  if (!isQualified || !module || !name) return { module: '', name: 'a computed function' }
  return { module: textOf(module), name: textOf(name) }
}

const textOf = (node: RNode) => (node.kind === 'symbol' ? node.name : node.kind === 'text' ? node.text : '')

/** All names that a piece of code writes. */
export function namesIn(root: RNode): ReadonlySet<string> {
  const names = new Set<string>()
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'symbol') names.add(node.name)
    else if (node.kind === 'call') for (const item of node.items) open.push(item)
  }
  return names
}
