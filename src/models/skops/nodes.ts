import type { Act, Value } from '../../core/index.ts'
import { isList, isObject, type Json, type JsonObject, valuesOf } from '../json-tree.ts'

const mostNodes = 1_000_000
const mostActs = 20_000
const mostArgs = 16
const mostText = 200
const mostDepth = 4

/** What a schema does, and whether all of it was looked at. */
export interface SchemaActs {
  readonly acts: readonly Act[]
  readonly nodes: number
  readonly more: boolean
  /** Members of the archive that hold bytes as they are. */
  readonly byteFiles: ReadonlySet<string>
}

/** A node as skops reads it: with a loader, and the class that it makes. */
interface Node {
  readonly json: JsonObject
  readonly loader: string
  readonly module: string
  readonly name: string
}

/** Containers that are written as themselves when they are no subclass. */
const plain: Readonly<Record<string, string>> = {
  DictNode: 'dict',
  ListNode: 'list',
  SetNode: 'set',
  TupleNode: 'tuple',
}
const silent = new Set(['JsonNode', 'CachedNode'])
const naming = new Set(
  (
    'FunctionNode TypeNode NdArrayNode MaskedArrayNode RandomStateNode RandomGeneratorNode DTypeNode SparseMatrixNode ' +
    'SliceNode BytesNode BytearrayNode'
  ).split(' '),
)
const making = new Set(
  (
    'ObjectNode DictNode ListNode SetNode TupleNode ConstructorFromReduceNode TreeNode LossNode SGDNode ' +
    '_DictWithDeprecatedKeysNode QuantileForestNode'
  ).split(' '),
)

/** What loading a schema does, node by node: each class is imported, most are made into objects. */
export function schemaActs(root: Json): SchemaActs {
  const acts = new Map<string, Act & { count: number }>()
  const byteFiles = new Set<string>()
  let nodes = 0
  const open: Json[] = [root]
  for (let next = open.pop(); next !== undefined && nodes < mostNodes; next = open.pop()) {
    if (isList(next)) open.push(...next.items.toReversed())
    if (!isObject(next)) continue
    open.push(...next.values.toReversed())
    for (const node of nodesAt(next)) {
      nodes++
      for (const act of actsOf(node)) note(acts, act)
      const files = node.loader.startsWith('Byte') ? textsOf(next, 'file') : []
      for (const file of files) byteFiles.add(file)
    }
  }
  const list = [...acts.values()].sort((a, b) => a.offset - b.offset)
  return { acts: list, nodes, more: nodes >= mostNodes || acts.size >= mostActs, byteFiles }
}

function note(acts: Map<string, Act & { count: number }>, act: Act): void {
  const key = JSON.stringify([act.kind, act.module, act.name, act.by, shape(act.args)])
  const known = acts.get(key)
  if (known) known.count++
  else if (acts.size < mostActs) acts.set(key, { ...act })
}

const shape = (args: readonly Value[]): unknown =>
  args.map(each =>
    each.kind === 'list'
      ? shape(each.items)
      : each.kind === 'bytes'
        ? each.size
        : each.kind === 'constant'
          ? String(each.value)
          : each,
  )

const textsOf = (json: JsonObject, key: string): string[] =>
  valuesOf(json, key).filter(value => typeof value === 'string')

/** The readings of an object as a node: a key may occur twice, and readers disagree which one counts. */
function nodesAt(json: JsonObject): Node[] {
  const [modules, names] = [textsOf(json, '__module__'), textsOf(json, '__class__')]
  const of = (loader: string) =>
    (modules.length > 0 ? modules : ['']).flatMap(module =>
      (names.length > 0 ? names : ['']).map(name => ({ json, loader, module, name })),
    )
  return textsOf(json, '__loader__').flatMap(of)
}

/** What one node does. What a loader takes for granted is said as it is, whatever the node calls itself. */
function actsOf(node: Node): Act[] {
  const { json, loader, module, name } = node
  const act = (kind: Act['kind'], named: { module: string; name: string }, args: readonly Value[] = []): Act => ({
    kind,
    module: named.module.slice(0, 500),
    name: named.name.slice(0, 500),
    args: args.slice(0, mostArgs),
    offset: json.start,
    count: 1,
    by: loader,
  })
  const own = module === '' && name === '' ? [] : [act('import', { module, name })]
  const [content] = objectsOf(json, 'content')
  if (silent.has(loader) || (plain[loader] === name && module === 'builtins')) return []
  if (loader === 'FunctionNode' && content) return [...own, ...olderFunction(content).map(each => act('import', each))]
  if (naming.has(loader)) return own
  if (making.has(loader)) return [...own, act('call', { module, name }, argumentsOf(json, loader))]
  if (loader === 'OperatorFuncNode') return [...own, act('call', { module: 'operator', name }, [])]
  if (loader === 'PartialNode')
    return [...own, act('call', { module: 'functools', name: 'partial' }, [inner(content, 'func')])]
  if (loader === 'DefaultDictNode')
    return [...own, act('call', { module: 'collections', name: 'defaultdict' }, [inner(content, 'default_factory')])]
  if (loader === 'MethodNode')
    return [
      ...own,
      act('call', { module: 'builtins', name: 'getattr' }, [inner(content, 'obj'), inner(content, 'func')]),
    ]
  return [...own, act('unresolved', { module: '', name: `loader ${loader}` })]
}

const objectsOf = (json: JsonObject | undefined, key: string): JsonObject[] =>
  json ? valuesOf(json, key).filter(isObject) : []

/** Protocol 0 names functions in the content. */
const olderFunction = (content: JsonObject): { module: string; name: string }[] =>
  textsOf(content, 'module_path').flatMap(module => textsOf(content, 'function').map(name => ({ module, name })))

function argumentsOf(json: JsonObject, loader: string): readonly Value[] {
  const [reduce] = objectsOf(json, '__reduce__')
  const [args] =
    loader === 'ConstructorFromReduceNode' ? valuesOf(json, 'content') : reduce ? valuesOf(reduce, 'args') : []
  const value = args === undefined ? null : shownAs(args)
  return value === null ? [] : value.kind === 'list' ? value.items : [value]
}

const inner = (content: JsonObject | undefined, key: string): Value => {
  const [value] = content ? valuesOf(content, key) : []
  return value === undefined ? { kind: 'opaque', why: 'left out' } : shownAs(value)
}

/** A node or a plain value as detectors see it. */
function shownAs(json: Json, depth = 0): Value {
  if (isList(json)) return listOf(json.items, depth)
  if (!isObject(json)) return { kind: 'constant', value: typeof json === 'string' ? json.slice(0, mostText) : json }
  const [node] = nodesAt(json)
  if (!node) return { kind: 'opaque', why: 'an object that is no node' }
  const { loader, module, name } = node
  const [content] = valuesOf(json, 'content')
  if (loader === 'JsonNode') return constantOf(content)
  if (loader === 'TypeNode' || loader === 'FunctionNode') return { kind: 'global', module, name }
  if (loader in plain && isList(content)) return listOf(content.items, depth)
  if (loader === 'CachedNode') return { kind: 'opaque', why: 'an object of before' }
  return { kind: 'call', module, name, args: [] }
}

const listOf = (items: readonly Json[], depth: number): Value => ({
  kind: 'list',
  size: items.length,
  items: depth >= mostDepth ? [] : items.slice(0, mostArgs).map(item => shownAs(item, depth + 1)),
})

/** JSON in a text: numbers, texts and lists of them. */
function constantOf(content: Json | undefined): Value {
  if (typeof content !== 'string') return { kind: 'opaque', why: 'no JSON text' }
  if (content.length > mostText) return { kind: 'constant', value: content.slice(0, mostText) }
  try {
    const value: unknown = JSON.parse(content)
    const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value)
    return { kind: 'constant', value: isPlain ? (value as string | number | boolean | null) : content }
  } catch {
    return { kind: 'constant', value: content }
  }
}
