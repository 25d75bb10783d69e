import type { ProtoMessage } from './protobuf.ts'
import { messagesIn, type ProtoValues } from './protobuf-values.ts'

/** One operator of a graph or of a function in its library. */
export interface GraphNode {
  readonly name: string
  readonly op: string
  /** Names of the nodes that it takes from; `^` marks those that only run before it. */
  readonly inputs: readonly string[]
  readonly message: ProtoMessage
  readonly scope: GraphScope
}

/** A graph, or a function in its library: names are unique in it. */
export interface GraphScope {
  /** Name of the function; empty for the graph itself. */
  readonly name: string
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** Arguments of the function. */
  readonly args: ReadonlySet<string>
}

const mostInputs = 10_000

/** The graph and the functions of its library, as scopes of nodes; doubled names are kept under further names. */
export function scopesOf(graphs: readonly ProtoMessage[], values: ProtoValues): GraphScope[] {
  const scopes = graphs.map(graph => scopeOf('', messagesIn(graph, 'node'), [], values))
  for (const library of graphs.flatMap(graph => messagesIn(graph, 'library')))
    for (const fn of messagesIn(library, 'function')) {
      const signatures = messagesIn(fn, 'signature')
      const name = signatures.map(each => values.text(each, 'name')).at(-1) ?? ''
      const args = signatures.flatMap(each => messagesIn(each, 'input_arg').map(arg => values.text(arg, 'name')))
      scopes.push(scopeOf(name || '?', messagesIn(fn, 'node_def'), args, values))
    }
  return scopes
}

function scopeOf(
  name: string,
  messages: readonly ProtoMessage[],
  args: readonly string[],
  values: ProtoValues,
): GraphScope {
  const nodes = new Map<string, GraphNode>()
  const scope: GraphScope = { name, nodes, args: new Set(args) }
  for (const message of messages) {
    const own = values.text(message, 'name')
    const key = nodes.has(own) ? `${own}#${message.start}` : own
    const inputs = values.texts(message, 'input', mostInputs)
    nodes.set(key, { name: own, op: values.text(message, 'op'), inputs, message, scope })
  }
  return scope
}

/** The node that an input names: `^node`, `node:1` and `node:output:1` are all of `node`. */
export const sourceOf = (input: string): string => {
  const name = input.startsWith('^') ? input.slice(1) : input
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(0, colon)
}

/** The values that a node has under an attribute: all of them, when it is doubled. */
export function attributesOf(node: GraphNode, name: string, values: ProtoValues): ProtoMessage[] {
  return messagesIn(node.message, 'attr')
    .filter(entry => values.text(entry, 'key') === name)
    .flatMap(entry => messagesIn(entry, 'value'))
}

/** Names of the functions that a node calls, by any of its attributes. */
export function calledBy(node: GraphNode, values: ProtoValues): string[] {
  return messagesIn(node.message, 'attr')
    .flatMap(entry => messagesIn(entry, 'value'))
    .flatMap(value => [value, ...messagesIn(value, 'list')])
    .flatMap(value => messagesIn(value, 'func'))
    .map(called => values.text(called, 'name'))
}

/** All nodes that must run before those named do. */
export function upstream(scope: GraphScope, names: readonly string[]): Set<GraphNode> {
  const found = new Set<GraphNode>()
  const open = names.map(sourceOf)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = scope.nodes.get(name)
    if (!node || found.has(node)) continue
    found.add(node)
    for (const input of node.inputs) open.push(sourceOf(input))
  }
  return found
}
