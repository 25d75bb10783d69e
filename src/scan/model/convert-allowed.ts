import { type Member, type Model, type ModelFile, membersOf, type Program } from '../../core/index.ts'

/** Formats whose programs do nothing but put tensors together, when they name nothing else. */
const formats = new Set(['zip', 'tar', 'pickle', 'torch-legacy', 'torch-tar', 'npy', 'npz'])

/** All that a checkpoint of tensors names; whatever else it names makes it something else. */
const allowed: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'collections.defaultdict',
  'builtins.dict',
  '__builtin__.dict',
  'builtins.set',
  '__builtin__.set',
  '_codecs.encode',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_tensor_v3',
  'torch._utils._rebuild_parameter',
  'torch._utils._rebuild_parameter_with_state',
  'torch.Size',
  'torch.device',
  'numpy.core.multiarray._reconstruct',
  'numpy._core.multiarray._reconstruct',
  'numpy.core.multiarray.scalar',
  'numpy._core.multiarray.scalar',
  'numpy.ndarray',
  'numpy.dtype',
])

const storages =
  /^torch(\.storage)?\.(Double|Float|Half|BFloat16|Long|Int|Short|Char|Byte|Bool|ComplexFloat|ComplexDouble|Untyped)Storage$/
const dtypes =
  /^torch\.(float(16|32|64|8_e4m3fn|8_e5m2)|bfloat16|u?int(8|16|32|64)|bool|complex(64|128)|half|float|double|long|int|short)$/

const isAllowed = (name: string): boolean => allowed.has(name) || storages.test(name) || dtypes.test(name)

/** Reasons why a model is no checkpoint of tensors alone; none when it may be converted. */
export function objections(model: Model): string[] {
  const reasons = new Set<string>()
  for (const { name, reason } of model.leftOut) reasons.add(`${name} could not be read: ${reason}.`)
  for (const file of model.files)
    for (const member of membersOf(file.root)) for (const reason of against(file, member)) reasons.add(reason)
  return [...reasons]
}

function* against(file: ModelFile, member: Member): Generator<string> {
  yield* ofMember(file, member)
  for (const program of member.programs) yield* ofProgram(member, program)
}

function* ofMember({ root }: ModelFile, { path, unread, notes, depth }: Member): Generator<string> {
  if (depth === 0 && !formats.has(root.format ?? ''))
    yield `${path} is ${root.format ?? 'of no known format'}, no checkpoint of pickles or NumPy arrays.`
  for (const { start, end, reason } of unread.slice(0, 3))
    yield `${path}: bytes ${start} to ${end} are not understood: ${reason}`
  for (const note of notes) if (note.severity !== 'info') yield `${path}: ${note.text}`
}

function* ofProgram({ path }: Member, { language, acts, incomplete }: Program): Generator<string> {
  if (language !== 'pickle') yield `${path} holds a program in ${language}; tensors need none.`
  if (incomplete !== undefined) yield `${path}: not all of the program could be read: ${incomplete}`
  if (language !== 'pickle') return
  for (const { kind, module, name, offset } of acts) {
    if (kind === 'persist') continue
    const full = module === '' ? name : `${module}.${name}`
    const known = kind === 'import' || kind === 'call' || kind === 'set'
    if (!known || !isAllowed(full))
      yield `${path}: at byte ${offset} it ${does[kind]} ${JSON.stringify(full.slice(0, 200))}, which rebuilds no tensor.`
  }
}

const does = {
  import: 'names',
  call: 'calls',
  set: 'sets the state of',
  persist: 'asks for',
  unresolved: 'computes what it names:',
  operator: 'uses',
  reach: 'reaches for',
} as const
