import type { Act } from '../../core/index.ts'
import { leaves } from './places.ts'
import known from './tensorflow-names.json' with { type: 'json' }
import type { Judge, Verdict } from './verdict.ts'

const names: ReadonlySet<string> = new Set(known.names)

/** Operators that no model needs to be run, and what they can do. */
const dangerous: Readonly<Record<string, string>> = {
  ReadFile: 'It reads any file.',
  WriteFile: 'It writes any file.',
  MatchingFiles: 'It lists the files of the machine.',
  MatchingFilesDataset: 'It lists the files of the machine.',
  ExperimentalMatchingFilesDataset: 'It lists the files of the machine.',
  PyFunc: 'It calls a function of Python.',
  PyFuncStateless: 'It calls a function of Python.',
  EagerPyFunc: 'It calls a function of Python.',
  SqlDataset: 'It opens a database and runs a query.',
  ExperimentalSqlDataset: 'It opens a database and runs a query.',
  Save: 'It writes a file of its own choice.',
  SaveSlices: 'It writes a file of its own choice.',
  SaveDataset: 'It writes files of its own choice.',
  SaveDatasetV2: 'It writes files of its own choice.',
  DistributedSave: 'It writes files of its own choice.',
  LoadDataset: 'It reads a dataset from any place, with functions that are run.',
  RpcClient: 'It connects to another machine.',
  RpcServer: 'It opens a port to other machines.',
  RpcCall: 'It runs a function on another machine.',
  RpcServerRegister: 'It opens a function to other machines.',
  RpcServerStart: 'It opens a port to other machines.',
  ImmutableConst: 'It maps a file into memory.',
}
/** Operators that read or write files in training and in some honest models; where they stand outside of one, a person looks. */
const reaching: Readonly<Record<string, string>> = {
  WholeFileReader: 'It reads files.',
  WholeFileReaderV2: 'It reads files.',
  TextLineReader: 'It reads files.',
  TextLineReaderV2: 'It reads files.',
  TFRecordReader: 'It reads files.',
  TFRecordReaderV2: 'It reads files.',
  FixedLengthRecordReader: 'It reads files.',
  FixedLengthRecordReaderV2: 'It reads files.',
  LMDBReader: 'It reads a database.',
  LMDBDataset: 'It reads a database.',
  ExperimentalLMDBDataset: 'It reads a database.',
  TextLineDataset: 'It reads files.',
  TFRecordDataset: 'It reads files.',
  TFRecordDatasetV2: 'It reads files.',
  FixedLengthRecordDataset: 'It reads files.',
  FixedLengthRecordDatasetV2: 'It reads files.',
  CSVDataset: 'It reads files.',
  CSVDatasetV2: 'It reads files.',
  ExperimentalCSVDataset: 'It reads files.',
  SnapshotDataset: 'It writes and reads files.',
  SnapshotDatasetV2: 'It writes and reads files.',
  SnapshotDatasetReader: 'It reads files.',
  SnapshotNestedDatasetReader: 'It reads files.',
  LoadAndRemapMatrix: 'It reads a checkpoint.',
  DatasetFromGraph: 'It runs a graph that stands in a text, where nobody here reads it.',
  CreateSummaryFileWriter: 'It writes files.',
  CreateSummaryDbWriter: 'It writes a database.',
  FileSystemSetConfiguration: 'It changes how files are reached.',
  RemoteCall: 'It runs a function on a device that it names.',
  DebugIdentity: 'It sends numbers to addresses that it names.',
  DebugIdentityV2: 'It writes what passes through it to a folder.',
  DebugIdentityV3: 'It sends numbers to addresses that it names.',
  DebugNanCount: 'It sends numbers to addresses that it names.',
  DebugNumericSummary: 'It sends numbers to addresses that it names.',
  DataServiceDataset: 'It connects to another machine.',
  DataServiceDatasetV2: 'It connects to another machine.',
  DataServiceDatasetV3: 'It connects to another machine.',
  DataServiceDatasetV4: 'It connects to another machine.',
  RegisterDataset: 'It connects to another machine.',
  RegisterDatasetV2: 'It connects to another machine.',
  DecodeProtoV2: 'It may read descriptions from a file.',
  EncodeProto: 'It may read descriptions from a file.',
}
const savers = new Set(['SaveV2', 'MergeV2Checkpoints', 'DTensorRestoreV2', 'Restore', 'RestoreSlice', 'RestoreV2'])
const tables = new Set(['InitializeTableFromTextFile', 'InitializeTableFromTextFileV2'])
const caches = new Set(['CacheDataset', 'CacheDatasetV2'])
/** Texts of which TensorFlow's own savers put together where a checkpoint goes. */
const honest = /^(model|part|\.part|_temp(_[0-9a-f]{32})?\/part|_temp|\^s3:\/\/\.\*|)$/
/** Operators of widely used libraries that stand beside TensorFlow. */
const libraries: readonly (readonly [RegExp, string])[] = [
  [
    /^(CaseFoldUTF8|NormalizeUTF8(WithOffsetsMap)?|FindSourceOffsets|Sentencepiece\w+|Wordpiece\w+)$/,
    'TensorFlow Text',
  ],
  [/^(WhitespaceTokenize\w+|UnicodeScript\w+|RegexSplit\w+|SplitMerge\w+|TFText\w*>\w+|Rouge\w+)$/, 'TensorFlow Text'],
  [/^(FastBert\w+|FastWordpiece\w+|ConstrainedSequence|MaxSpanningTree|NgramsStringJoin)$/, 'TensorFlow Text'],
  [/^(SimpleML\w+|YggdrasilDecisionForest\w*)$/, 'TensorFlow Decision Forests'],
  [/^Addons>\w+$/, 'TensorFlow Addons'],
  [/^TFRA>\w+$/, 'TensorFlow Recommenders Addons'],
  [/^(Tfl|TFL|Lattice)\w+$/, 'TensorFlow Lattice'],
  [/^(TRTEngineOp|GetCalibrationDataOp|InitializeTRTResource|CreateTRTResourceHandle)$/, 'NVIDIA TensorRT'],
  [/^(NeuronOp|IpuOp|HorovodAllreduce|HorovodBroadcast)$/, 'an accelerator'],
]
const fix = 'Do not load the model. Get it from its publisher again, exported for serving.'

/** Judges one operator of a graph or of a function, and the files that a model says are its own. */
export const judgeTensorflow: Judge = act => {
  if (act.kind === 'reach') return assetOf(act)
  if (act.kind !== 'operator') return null
  if (act.by === 'function of the model') return allowed('A function that the model itself defines.')
  const { name } = act
  if (savers.has(name)) return saverOf(act)
  if (tables.has(name)) return tableOf(act)
  if (name in dangerous) return denied(dangerous[name]!)
  if (name === 'PrintV2') return printOf(act)
  if (caches.has(name) && textsOf(act).some(text => text !== ''))
    return review('It keeps a copy of its data in files that it names.')
  if (name in reaching) return reachingOf(act)
  if (names.has(name)) return allowed('An operator of TensorFlow.')
  const library = libraries.find(([op]) => op.test(name))
  if (library)
    return {
      list: 'review',
      severity: 'info',
      mechanism: `An operator of ${library[1]}; it needs that library to run.`,
    }
  const mechanism = 'It is not of TensorFlow: a library that the model needs decides what it does.'
  return { list: 'unknown', severity: 'hold', mechanism, remedy: 'Look at the library that implements it.' }
}

const allowed = (mechanism: string): Verdict => ({ list: 'allowed', severity: 'info', mechanism })
const review = (mechanism: string): Verdict => ({ list: 'review', severity: 'hold', mechanism, remedy: fix })
const denied = (mechanism: string): Verdict => ({ list: 'denied', severity: 'block', mechanism, remedy: fix })

/** What an act names: texts in quotation marks are constants, `name=value` is a setting, the rest says what feeds it. */
function argumentsOf({ args }: Act): string[] {
  return args.flatMap(arg => (arg.kind === 'constant' && typeof arg.value === 'string' ? [arg.value] : []))
}

function textsOf(act: Act): string[] {
  return argumentsOf(act).flatMap(arg => {
    if (!arg.startsWith('"')) return []
    // A text that was cut off is still a text.
    const inner = /^"((?:[^"\\]|\\.)*)/.exec(arg)?.[1] ?? ''
    return [inner.replace(/\\(["\\/])/g, '$1')]
  })
}

const settingsOf = (act: Act, name: string): string[] =>
  argumentsOf(act).flatMap(arg => (arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : []))

/** Saving and restoring is ordinary where the loader says to where; a model that says so itself reaches out. */
function saverOf(act: Act): Verdict {
  const writes = act.name === 'SaveV2' || act.name === 'MergeV2Checkpoints'
  const fed = argumentsOf(act)
  if (textsOf(act).some(text => !honest.test(text)))
    return writes
      ? denied('It writes to a place that the model chooses.')
      : review('It reads from a place that the model chooses.')
  const isFed = fed.some(arg => arg === 'placeholder' || arg === 'argument')
  const isStrange = fed.some(arg => arg === 'unknown' || arg.startsWith('the output of'))
  if (act.by === 'saver' && isFed && !isStrange) return allowed("An operator of the model's own saver.")
  if (act.by === 'graph' && isFed && !isStrange) return allowed('A saver whose place the loader chooses.')
  if (!writes && isFed) return allowed('It reads a checkpoint from a place that the loader chooses.')
  return review('It saves or restores outside of the saver of the model.')
}

/** Tables are filled from files that belong to the model. */
function tableOf(act: Act): Verdict {
  const bad = textsOf(act).find(text => leaves(text) !== null)
  if (bad !== undefined) return review('It fills a table from a file outside of the model.')
  const isStrange = argumentsOf(act).some(arg => arg.startsWith('the output of'))
  return isStrange ? review('It fills a table from a file that only the run knows.') : allowed('A table from a file.')
}

function printOf(act: Act): Verdict {
  const stream = settingsOf(act, 'output_stream').find(text => text.startsWith('file:'))
  return stream === undefined ? allowed('It prints.') : denied('It writes into a file that it names.')
}

function reachingOf(act: Act): Verdict {
  const mechanism = reaching[act.name]!
  const addresses = [
    ...settingsOf(act, 'debug_urls'),
    ...settingsOf(act, 'tfdbg_run_id'),
    ...settingsOf(act, 'address'),
  ]
  if (addresses.some(text => /^[a-z]+:\/\//i.test(text))) return denied(mechanism)
  if (/^(Decode|Encode)Proto/.test(act.name)) {
    const isInside = settingsOf(act, 'descriptor_source').every(text => /^((local|bytes):\/\/|$)/.test(text))
    return isInside ? allowed('It takes a message apart.') : review(mechanism)
  }
  return review(mechanism)
}

/** Files of the model: they must lie in its folder. */
function assetOf({ name }: Act): Verdict {
  const why = leaves(name)
  return why ? denied(`A file of the model whose path ${why}.`) : allowed('A file of the model.')
}
