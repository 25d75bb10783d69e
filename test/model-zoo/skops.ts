import { zipOf } from './containers/zip-file.ts'
import type { Sample } from './sample.ts'

/** A node of a schema. */
interface Node {
  readonly __class__: string
  readonly __module__: string
  readonly __loader__: string
  readonly [key: string]: unknown
}

const node = (loader: string, path: string, more: Readonly<Record<string, unknown>> = {}): Node => {
  const dot = path.lastIndexOf('.')
  return { __class__: path.slice(dot + 1), __module__: path.slice(0, dot), __loader__: loader, ...more, __id__: 140 }
}
const json = (value: unknown): Node =>
  node('JsonNode', 'builtins.str', { content: JSON.stringify(value), is_json: true })
const dict = (content: Readonly<Record<string, Node>>): Node =>
  node('DictNode', 'builtins.dict', {
    content,
    key_types: node('ListNode', 'builtins.list', {
      content: Object.keys(content).map(() => node('TypeNode', 'builtins.str')),
    }),
  })
const tuple = (...content: readonly Node[]): Node => node('TupleNode', 'builtins.tuple', { content })
const list = (...content: readonly Node[]): Node => node('ListNode', 'builtins.list', { content })
const object = (path: string, content: Readonly<Record<string, Node>> = {}): Node =>
  node('ObjectNode', path, { content: dict(content) })
const array = node('NdArrayNode', 'numpy.ndarray', { type: 'numpy', file: '140.npy' })

const npy = new Uint8Array(
  Buffer.from(
    `\x93NUMPY\x01\0v\0${"{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }".padEnd(117)}\n${'\0'.repeat(8)}`,
    'latin1',
  ),
)
const letters = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A file as skops writes it. */
const fileOf = (schema: string): Uint8Array =>
  zipOf([
    { name: '140.npy', data: npy },
    { name: 'schema.json', data: letters(schema) },
  ])
const skops = (root: Node): Uint8Array =>
  fileOf(JSON.stringify({ ...root, protocol: 2, _skops_version: '0.13.0' }, null, 2))

const forest = object('sklearn.ensemble._forest.RandomForestClassifier', {
  n_estimators: json(10),
  estimator: object('sklearn.tree._classes.DecisionTreeClassifier', { criterion: json('gini') }),
  estimators_: list(
    object('sklearn.tree._classes.DecisionTreeClassifier', {
      tree_: node('TreeNode', 'sklearn.tree._tree.Tree', {
        __reduce__: { args: tuple(json(4), array, json(1)) },
        content: dict({ max_depth: json(2), nodes: array }),
      }),
    }),
  ),
  classes_: array,
  dtype: node('TypeNode', 'numpy.float64'),
})
const pipeline = object('sklearn.pipeline.Pipeline', {
  steps: list(
    tuple(
      json('log'),
      object('sklearn.preprocessing._function_transformer.FunctionTransformer', {
        func: node('FunctionNode', 'numpy.log1p'),
      }),
    ),
    tuple(
      json('sgd'),
      object('sklearn.linear_model._stochastic_gradient.SGDClassifier', {
        loss_function_: node('LossNode', 'sklearn.linear_model._sgd_fast.Hinge', {
          __reduce__: { args: tuple(json(1)) },
          content: dict({}),
        }),
        rng: node('RandomStateNode', 'numpy.random.mtrand.RandomState', { content: dict({}) }),
        matrix: node('SparseMatrixNode', 'scipy.sparse._csr.csr_matrix', { type: 'scipy', file: '141.npz' }),
        counts: node('DefaultDictNode', 'collections.defaultdict', {
          content: { main: dict({}), default_factory: node('TypeNode', 'builtins.int') },
        }),
        order: node('DictNode', 'collections.OrderedDict', { content: {}, key_types: list() }),
      }),
    ),
  ),
})

const system = json('true')
const wicked: readonly (readonly [name: string, root: Node, names: string, verdict: 'hold' | 'block'])[] = [
  [
    'operator node',
    node('OperatorFuncNode', 'operator.methodcaller', { attrs: tuple(json('system'), system) }),
    'operator.methodcaller',
    'block',
  ],
  [
    'operator node under another module',
    node('OperatorFuncNode', 'builtins.attrgetter', { attrs: tuple(json('system')) }),
    'operator.attrgetter',
    'block',
  ],
  [
    'method node',
    node('MethodNode', 'sklearn.pipeline.Pipeline', {
      content: { func: '__init__', obj: object('sklearn.pipeline.Pipeline') },
    }),
    'getattr',
    'block',
  ],
  [
    'method node of a denied object',
    node('MethodNode', 'subprocess.Popen', { content: { func: 'wait', obj: object('subprocess.Popen') } }),
    'subprocess.Popen',
    'block',
  ],
  ['reduce node', node('ConstructorFromReduceNode', 'os.system', { content: tuple(system) }), 'os.system', 'block'],
  [
    'loss node of another class',
    node('LossNode', 'subprocess.Popen', { __reduce__: { args: tuple(system) }, content: dict({}) }),
    'subprocess.Popen',
    'block',
  ],
  ['object of a denied class', object('subprocess.Popen'), 'subprocess.Popen', 'block'],
  ['object of an unknown class', object('mypkg.models.Net'), 'mypkg.models.Net', 'block'],
  ['unknown function', forestWith(node('FunctionNode', 'mypkg.tools.score')), 'mypkg.tools.score', 'hold'],
  ['denied function', forestWith(node('FunctionNode', 'os.system')), 'os.system', 'block'],
  [
    'denied function of protocol 0',
    forestWith(node('FunctionNode', 'builtins.function', { content: { module_path: 'os', function: 'system' } })),
    'os.system',
    'block',
  ],
  ['denied type', forestWith(node('TypeNode', 'builtins.eval')), 'builtins.eval', 'block'],
  [
    'partial of a denied function',
    node('PartialNode', 'functools.partial', {
      content: { func: node('FunctionNode', 'os.system'), args: tuple(system), kwds: dict({}), namespace: dict({}) },
    }),
    'os.system',
    'block',
  ],
  [
    'dictionary of another class',
    node('DictNode', 'os.system', { content: {}, key_types: list() }),
    'os.system',
    'block',
  ],
  [
    'key types that are called',
    node('DictNode', 'builtins.dict', { content: { true: json(1) }, key_types: list(node('TypeNode', 'os.system')) }),
    'os.system',
    'block',
  ],
  ['unknown loader', node('EvalNode', 'builtins.int', { content: '1' }), 'EvalNode', 'block'],
]

function forestWith(func: Node): Node {
  return object('sklearn.preprocessing._function_transformer.FunctionTransformer', { func })
}

const twice = `{"__loader__": "ObjectNode", "__class__": "Pipeline", "__class__": "Popen", "__module__": "sklearn.pipeline", "__module__": "subprocess", "content": null, "protocol": 2}`
const escaped = JSON.stringify(node('TypeNode', 'os.system')).replaceAll('os', '\\u006fs')

/** Files of skops: what they make must be listed, whatever the nodes call themselves. */
export const samples: readonly Sample[] = [
  ...wicked.map(
    ([name, root, names, verdict]): Sample => ({
      name: `skops: ${name}`,
      class: 'skops node',
      files: { 'model.skops': skops(root) },
      verdict,
      names,
    }),
  ),
  {
    name: 'skops: keys twice',
    class: 'skops node',
    files: { 'model.skops': fileOf(twice) },
    verdict: 'block',
    names: 'subprocess.Popen',
  },
  {
    name: 'skops: escaped names',
    class: 'skops node',
    files: { 'model.skops': fileOf(escaped) },
    verdict: 'block',
    names: 'os.system',
  },
  {
    name: 'skops: under another name',
    class: 'skops node',
    files: { 'weights.bin': skops(object('subprocess.Popen')) },
    verdict: 'block',
    names: 'subprocess.Popen',
  },
  ...Object.entries({ forest, pipeline }).map(
    ([name, root]): Sample => ({
      name: `honest skops ${name}`,
      class: 'honest',
      files: { 'model.skops': skops(root) },
      verdict: 'pass',
    }),
  ),
]
