import type { Act } from '../../core/index.ts'
import names from './keras-names.json' with { type: 'json' }
import present from './keras-present.json' with { type: 'json' }
import type { Judge, Verdict } from './verdict.ts'

const namesOf = (...groups: readonly (keyof typeof names)[]): ReadonlySet<string> =>
  new Set(groups.flatMap(group => names[group].names))
const classes = namesOf(
  'layers',
  'values',
  'operations',
  'initializers',
  'optimizers',
  'losses',
  'metrics',
  'regularizers',
  'policies',
  'addons',
)
const functions = namesOf('functions', 'tensor functions', 'initializers')
const hub = namesOf('hub')
const installed: ReadonlySet<string> = new Set(present.names)

const kerasModule =
  /^(keras|tf_keras|keras_core|tensorflow\.keras|tensorflow\.python\.keras|tf\.keras)(\.[a-z_][a-z0-9_]*)*$/
const hubModule = /^(keras_hub|keras_nlp|keras_cv|keras_tuner)(\.[a-z_][a-z0-9_]*)*$/
/** Parts of Keras whose functions read, write, fetch and load. */
const reachingModule =
  /\.(utils|saving|config|models|datasets|preprocessing|backend|export|callbacks|legacy|applications|distribution|visualization)(\.|$)/
const remedy = 'Load the weights alone into a model built from code that you trust.'

/** Classes of Keras that run code or load files, and what they do. */
const dangerous: Readonly<Record<string, string>> = {
  TorchModuleWrapper: 'It unpickles a whole PyTorch module from the configuration (CVE-2025-49655).',
  JaxLayer: 'It calls functions that the configuration names.',
  FlaxLayer: 'It calls functions that the configuration names.',
  TFSMLayer: 'It loads and runs a TensorFlow SavedModel from a path in the configuration.',
}
/** Functions that models call and no honest configuration names. */
const deniedFunctions: Readonly<Record<string, string>> = {
  get_file: 'It fetches a file from any address to any place (CVE-2025-8747).',
  load_model: 'It loads another model, with what that one runs.',
  load_weights: 'It reads any file.',
  enable_unsafe_deserialization: "It turns Keras's safe mode off (CVE-2025-9906).",
  func_load: 'It makes a function of marshalled code.',
  deserialize_keras_object: 'It makes an object of another configuration.',
  exec: 'It runs any Python code.',
  eval: 'It runs any Python expression.',
  compile: 'It compiles any Python code.',
  __import__: 'It imports any module.',
  getattr: 'It reaches any attribute.',
  open: 'It opens any file.',
}

/** Families of TensorFlow's functions that only compute, by the first part of their name. */
const computing =
  /^(__operators__|math|nn|linalg|image|signal|strings|random|dtypes|sets|bitwise|ragged|sparse|Tensor|RaggedTensor|SparseTensor)\.[\w.]+$/
/** Functions of TensorFlow that stand on their own and only compute. */
const plainFunctions = new Set(
  `abs acos acosh add add_n argmax argmin argsort asin asinh atan atan2 atanh boolean_mask broadcast_to cast clip_by_norm
  clip_by_value clip_by_global_norm concat constant convert_to_tensor cos cosh cumsum divide einsum ensure_shape equal exp
  expand_dims eye fill floor gather gather_nd greater greater_equal identity less less_equal linspace logical_and
  logical_not logical_or matmul maximum meshgrid minimum multiply negative norm not_equal one_hot ones ones_like pad pow
  range rank realdiv reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum
  repeat reshape reverse reverse_sequence roll round saturate_cast scalar_mul scatter_nd searchsorted sequence_mask shape
  sigmoid sign sin sinh size slice sort space_to_batch split sqrt square squeeze stack stop_gradient strided_slice
  subtract tan tanh tensordot tensor_scatter_nd_update tile timestamp transpose truediv truncatediv unique unstack where
  zeros zeros_like`.split(/\s+/),
)
const fileFunctions =
  /^(io|raw_ops|saved_model|data|train|compat|summary|distribute|lookup|queue|keras|audio|autograph|py_function|numpy_function|load_library|load_op_library|print|Module|function|import_graph_def|graph_util|profiler|sysconfig|test|tpu|xla|experimental|feature_column|initializers|estimator)(\.|$)/
const plainNodes = new Set(
  `Abs Add AddN AddV2 ArgMax ArgMin BatchMatMul BatchMatMulV2 BiasAdd BroadcastTo Cast ClipByValue Concat ConcatV2 Conv2D
  Cos Cumsum DepthToSpace Einsum Elu Equal Exp ExpandDims Fill Floor FloorDiv GatherV2 Greater GreaterEqual Identity
  LeakyRelu Less LessEqual Log LogicalAnd LogicalNot LogicalOr MatMul Max MaxPool Maximum Mean Min Minimum MirrorPad Mul
  Neg NotEqual OneHot Pack Pad PadV2 Pow Prod Range RealDiv Relu Relu6 Reshape ResizeBilinear ResizeNearestNeighbor
  ReverseV2 Round Rsqrt Select SelectV2 Shape Sigmoid Sign Sin Slice Softmax Softplus SpaceToDepth Split SplitV Sqrt Square
  SquaredDifference Squeeze StridedSlice Sub Sum Tanh Tile TopKV2 Transpose Unpack Where ZerosLike`.split(/\s+/),
)

const allowed = (mechanism: string): Verdict => ({ list: 'allowed', severity: 'info', mechanism })
const review = (mechanism: string): Verdict => ({ list: 'review', severity: 'hold', mechanism, remedy })
const unknown = (mechanism: string): Verdict => ({ list: 'unknown', severity: 'hold', mechanism, remedy })
const denied = (mechanism: string): Verdict => ({ list: 'denied', severity: 'block', mechanism, remedy })

/** Judges what a Keras configuration would have its loader make, call or open. */
export const judgeKeras: Judge = act => {
  if (act.kind === 'unresolved') return unknown('The class is no name; nobody knows what a loader makes of it.')
  if (act.kind === 'reach') return reachOf(act)
  if (act.kind === 'call') return callOf(act)
  if (act.module === 'tf') return tensorflowFunction(act.name)
  if (act.module === 'node')
    return plainNodes.has(act.name)
      ? allowed('An operator that computes.')
      : unknown('An operator of TensorFlow that is on no list.')
  return classOf(act)
}

function callOf({ module, name }: Act): Verdict {
  if (name === '__lambda__' || name === '__code__')
    return denied('Its Python bytecode runs when the model is loaded or called.')
  const known = deniedFunctions[name]
  if (known) return denied(known)
  if (module === 'builtins' && !functions.has(name))
    return unknown('A function that the configuration takes for a built-in one.')
  const foreign = outside(module)
  if (foreign) return foreign
  if (functions.has(name) && !reachingModule.test(module)) return allowed('A function of Keras that computes.')
  if (module === '' || !kerasModule.test(module))
    return unknown('A function that Keras does not have: the loader imports it or is given it.')
  return reachingModule.test(module)
    ? denied('A function of Keras that does not compute.')
    : unknown('A function of Keras that is on no list.')
}

function classOf({ module, name, by }: Act): Verdict {
  const known = dangerous[name]
  if (known) return denied(known)
  if (name === 'Lambda') return review('A layer that calls a function which the configuration names or carries.')
  if (by === '__typespec__' && /^tensorflow(\.|$)/.test(module) && classes.has(name))
    return allowed('A shape of inputs.')
  const foreign = outside(module)
  if (foreign) return foreign
  if (hubModule.test(module) || /^keras_(hub|nlp|cv)>/.test(name))
    return hub.has(name.replace(/^.*>/, '')) || classes.has(name)
      ? allowed('A class of KerasHub.')
      : unknown('A class of KerasHub that is on no list.')
  if (module !== '' && !kerasModule.test(module))
    return unknown('The loader imports it from a module that is no part of Keras.')
  if (classes.has(name)) return allowed('A class of Keras.')
  if (kerasModule.test(module)) return unknown('A class of Keras that is on no list.')
  return unknown(
    `A class that Keras does not have${by === 'registered name' ? ', by its registered name' : ''}: the loader imports it or is given it.`,
  )
}

/** Modules that a machine has anyway: what they name runs without anybody having installed it for the model. */
function outside(module: string): Verdict | null {
  if (module === '' || module === 'builtins' || kerasModule.test(module) || hubModule.test(module)) return null
  const top = module.split('.')[0] ?? ''
  if (installed.has(top)) return denied(`The loader imports it from ${top} (CVE-2025-1550).`)
  return null
}

function tensorflowFunction(name: string): Verdict {
  if (fileFunctions.test(name)) return denied('A function of TensorFlow that reaches files, code or the machine.')
  if (plainFunctions.has(name) || computing.test(name)) return allowed('A function of TensorFlow that computes.')
  return unknown('A function of TensorFlow that is on no list.')
}

/** Keys that Keras opens; under another key a file or an address is a setting that somebody else may open. */
const opened = new Set(['vocabulary', 'idf_weights', 'filepath', 'file_path', 'origin', 'fname'])

/** Files and addresses that the loader opens, and whose contents end up in the model (CVE-2025-12058). */
function reachOf({ name, by }: Act): Verdict {
  const leaves = /^([/\\~]|[a-z]:[/\\]|[a-z][\w+.-]*:\/\/)/i.test(name) || name.split(/[/\\]/).includes('..')
  if (leaves && opened.has(by)) return denied(`The loader opens it as \`${by}\`, outside of the model.`)
  return review(`The configuration names it as \`${by}\`.`)
}
