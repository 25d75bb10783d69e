import type { Program } from '../core/index.ts'
import { ActList } from './acts.ts'
import type { ProtoMessage } from './protobuf.ts'
import { messagesIn, type ProtoValues } from './protobuf-values.ts'
import { calledBy, type GraphNode, type GraphScope, scopesOf, upstream } from './tensorflow-graph.ts'
import { namingInputs, origins, settings } from './tensorflow-paths.ts'

/** A graph with what stands around it: what saves it, what is asked of it, files that belong to it. */
export interface GraphSurroundings {
  /** `MetaGraphDef`s; none for a graph that stands alone. */
  readonly metas: readonly ProtoMessage[]
}

/** What TensorFlow would run: each operator of the graph and of every function, with the files that it names. */
export function tensorflowProgram(
  graphs: readonly ProtoMessage[],
  { metas }: GraphSurroundings,
  values: ProtoValues,
): Program {
  const scopes = scopesOf(graphs, values)
  const saving = savingNodes(scopes, metas, values)
  const functions = new Set(scopes.map(scope => scope.name))
  const acts = new ActList()
  for (const scope of scopes)
    for (const node of scope.nodes.values()) {
      const { op, message } = node
      const by = functions.has(op)
        ? 'function of the model'
        : saving(node)
          ? 'saver'
          : scope.name
            ? 'function'
            : 'graph'
      acts.add('operator', '', op, by, message.start, by === 'function of the model' ? [] : namedBy(node, values))
    }
  for (const meta of metas)
    for (const asset of messagesIn(meta, 'asset_file_def'))
      acts.add('reach', '', values.text(asset, 'filename'), 'asset', asset.start)
  const start = graphs[0]?.start ?? 0
  const end = graphs.at(-1)?.end ?? 0
  const listing = (lines: number) => linesOf(scopes, lines)
  return { language: 'tensorflow', start, end, acts: acts.all(), listing, ...acts.incomplete }
}

/** What an operator names: files, addresses, functions of Python. Ordinary ones name nothing. */
function namedBy(node: GraphNode, values: ProtoValues): string[] {
  if (!(node.op in namingInputs) && !/Py|Debug|Print|Remote|Rpc|Proto|Summary|Dataset|Reader|Dump/.test(node.op))
    return []
  return [...origins(node, values), ...settings(node, values)]
}

/**
 * Tells nodes that only the saver of the model runs: those before its save and restore operators, and functions that
 * nothing else calls. What a signature of the model runs too is no such node.
 */
function savingNodes(
  scopes: readonly GraphScope[],
  metas: readonly ProtoMessage[],
  values: ProtoValues,
): (node: GraphNode) => boolean {
  const savers = metas.flatMap(meta => messagesIn(meta, 'saver_def'))
  const main = scopes.filter(scope => scope.name === '')
  const roots = savers.flatMap(saver => [values.text(saver, 'save_tensor_name'), values.text(saver, 'restore_op_name')])
  const served = new Set(main.flatMap(scope => [...upstream(scope, signatures(metas, values))]))
  const nodes = new Set(main.flatMap(scope => [...upstream(scope, roots)]).filter(node => !served.has(node)))
  const callers = new Map<string, GraphNode[]>()
  const bodies = new Map<string, GraphNode[]>()
  for (const scope of scopes)
    for (const node of scope.nodes.values()) {
      grouped(bodies, scope.name, node)
      for (const called of calledBy(node, values)) grouped(callers, called, node)
    }
  const isSaving = new Map<string, boolean>()
  const open = [...nodes].flatMap(node => calledBy(node, values))
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (isSaving.has(name)) continue
    const all = callers.get(name) ?? []
    isSaving.set(
      name,
      all.every(node => (node.scope.name === '' ? nodes.has(node) : isSaving.get(node.scope.name))),
    )
    if (isSaving.get(name)) for (const node of bodies.get(name) ?? []) open.push(...calledBy(node, values))
  }
  return node => (node.scope.name === '' ? nodes.has(node) : isSaving.get(node.scope.name) === true)
}

function grouped(groups: Map<string, GraphNode[]>, name: string, node: GraphNode): void {
  const known = groups.get(name)
  if (known) known.push(node)
  else groups.set(name, [node])
}

/** Nodes that the signatures of a model give as their results. */
function signatures(metas: readonly ProtoMessage[], values: ProtoValues): string[] {
  return metas
    .flatMap(meta => messagesIn(meta, 'signature_def'))
    .flatMap(entry => messagesIn(entry, 'value'))
    .flatMap(signature => messagesIn(signature, 'outputs'))
    .flatMap(entry => messagesIn(entry, 'value'))
    .map(info => values.text(info, 'name'))
}

function linesOf(scopes: readonly GraphScope[], most: number): string[] {
  const lines: string[] = []
  for (const scope of scopes)
    for (const node of scope.nodes.values()) {
      if (lines.length >= most) return lines
      const inputs = node.inputs.slice(0, 8).join(', ')
      const where = scope.name ? `${scope.name}: ` : ''
      lines.push(`${node.message.start}: ${where}${node.name} = ${node.op}(${inputs})`)
    }
  return lines
}
