import type { ProtoField, ProtoMessage } from './protobuf.ts'
import { messagesIn, type ProtoValues } from './protobuf-values.ts'
import { attributesOf, type GraphNode, sourceOf } from './tensorflow-graph.ts'

/** Inputs by which operators name files, addresses, commands and functions of Python, by their place. */
export const namingInputs: Readonly<Record<string, readonly number[]>> = {
  ReadFile: [0],
  WriteFile: [0, 1],
  MatchingFiles: [0],
  MatchingFilesDataset: [0],
  ExperimentalMatchingFilesDataset: [0],
  Save: [0],
  SaveSlices: [0],
  SaveV2: [0],
  Restore: [0],
  RestoreSlice: [0],
  RestoreV2: [0],
  MergeV2Checkpoints: [0, 1],
  ShardedFilename: [0],
  ShardedFilespec: [0],
  LoadAndRemapMatrix: [0],
  InitializeTableFromTextFile: [1],
  InitializeTableFromTextFileV2: [1],
  InitializeTableFromDataset: [1],
  SqlDataset: [0, 1, 2],
  ExperimentalSqlDataset: [0, 1, 2],
  LoadDataset: [0],
  SaveDataset: [1],
  SaveDatasetV2: [1],
  DistributedSave: [1],
  SnapshotDataset: [1],
  SnapshotDatasetV2: [1],
  CacheDataset: [1],
  CacheDatasetV2: [1],
  TextLineDataset: [0],
  TFRecordDataset: [0],
  TFRecordDatasetV2: [0],
  FixedLengthRecordDataset: [0],
  FixedLengthRecordDatasetV2: [0],
  LMDBDataset: [0],
  ExperimentalLMDBDataset: [0],
  CSVDataset: [0],
  CSVDatasetV2: [0],
  CreateSummaryFileWriter: [1],
  CreateSummaryDbWriter: [1],
  RemoteCall: [0],
  RpcServer: [0],
  RpcClient: [0],
  DecodeProtoV2: [],
}
/** Attributes by which operators name the same. */
export const namingAttributes = [
  'debug_urls',
  'output_stream',
  'token',
  'descriptor_source',
  'tensor_name_path',
  'filename',
  'address',
  'f',
  'container',
  'file_pattern',
  'serialized_config',
  'dump_root',
  'tfdbg_run_id',
]
/** Operators that pass a text on, or put it together of others. */
const passing = new Set(
  `Identity IdentityN StringJoin ShardedFilename Select SelectV2 Pack ExpandDims Reshape Squeeze ConcatV2 Concat Switch
  RefSwitch Merge Fill Enter Exit StopGradient PlaceholderWithDefault StringStrip StridedSlice Substr GatherV2 Cast
  StaticRegexReplace RegexReplace ReduceJoin EnsureShape Snapshot AsString If StatelessIf DecodeBase64 StringLower
  StringUpper`.split(/\s+/),
)
const mostSteps = 200
const mostText = 200
const mostConstants = 12

/** Where the inputs of an operator come from that name something: texts in quotation marks, or what feeds them. */
export function origins(node: GraphNode, values: ProtoValues): string[] {
  const places = namingInputs[node.op]
  const found = new Set<string>()
  const open = (places ?? []).flatMap(place => node.inputs[place] ?? [])
  const seen = new Set<string>()
  for (let input = open.pop(); input !== undefined && seen.size < mostSteps; input = open.pop()) {
    const name = sourceOf(input)
    if (seen.has(name)) continue
    seen.add(name)
    const from = node.scope.nodes.get(name)
    if (!from) found.add(node.scope.args.has(name) ? 'argument' : 'unknown')
    else if (from.op === 'Const') for (const text of constants(from, values)) found.add(JSON.stringify(text))
    else if (passing.has(from.op)) open.push(...passed(from))
    else if (/^(Placeholder|PlaceholderV2|_Arg)$/.test(from.op)) found.add('placeholder')
    else found.add(`the output of ${from.op}`)
    if (from?.op === 'PlaceholderWithDefault') found.add('placeholder')
  }
  if (seen.size >= mostSteps) found.add('unknown')
  return [...found].sort()
}

/** The inputs whose text an operator passes on: of a choice not the condition. */
function passed({ op, inputs }: GraphNode): readonly string[] {
  const data = inputs.filter(each => !each.startsWith('^'))
  if (/^(Select|SelectV2|If|StatelessIf)$/.test(op)) return data.slice(1)
  return /^(Switch|RefSwitch|StridedSlice|GatherV2|Substr|ReduceJoin|EnsureShape)$/.test(op) ? data.slice(0, 1) : data
}

/** The texts of a constant; numbers have none. */
function constants(node: GraphNode, values: ProtoValues): string[] {
  const tensors = attributesOf(node, 'value', values).flatMap(value => messagesIn(value, 'tensor'))
  const fields = tensors.flatMap(tensor => tensor.fields.filter(field => field.name === 'string_val'))
  return fields.slice(0, mostConstants).map(field => values.textOf(field, mostText))
}

/** Attributes of an operator that name something, as `name=value`. */
export function settings(node: GraphNode, values: ProtoValues): string[] {
  const found: string[] = []
  for (const entry of messagesIn(node.message, 'attr')) {
    const name = values.text(entry, 'key')
    if (!namingAttributes.includes(name)) continue
    for (const value of messagesIn(entry, 'value'))
      for (const text of textsIn(value, values)) if (text) found.push(`${name}=${text}`)
  }
  return found.slice(0, mostConstants)
}

function textsIn(value: ProtoMessage, values: ProtoValues): string[] {
  const isText = (field: ProtoField) => field.name === 's'
  const own = [value, ...messagesIn(value, 'list')].flatMap(each => each.fields.filter(isText))
  const functions = messagesIn(value, 'func').map(each => values.text(each, 'name'))
  return [...own.slice(0, mostConstants).map(field => values.textOf(field, mostText)), ...functions]
}
