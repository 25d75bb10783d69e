import type { Act, Program, Value } from '../core/index.ts'
import { quoted } from './cursor.ts'
import { doubledKeys, isObject, type Json, type JsonObject, valuesOf } from './json-tree.ts'

/** What a Keras configuration would have its loader do, and what it carries in disguise. */
export interface KerasReading {
  readonly program: Program
  /** Texts that are bytes in base64: pickles, archives, code. */
  readonly packed: readonly { readonly offset: number; readonly data: Uint8Array }[]
  /** Objects with a key twice. */
  readonly doubled: readonly { readonly key: string; readonly start: number; readonly end: number }[]
}

const mostArgs = 16
const mostText = 200
const mostPacked = 100
const mostLines = 10_000
const mostCode = 1 << 20
/** Marks of short ASCII texts in marshalled code, and of interned ones. */
const shortTexts = new Set([0x7a, 0x5a])
/** The first characters, in base64, of pickles and of zip, gzip and 7z archives. Marshalled code is told by its place. */
const packedStart = /^(gA[I-X]|UEsD|H4sI|N3q8|KGQ|KGk|Y29z|Y3Bvc2l4)/
/** Keys whose texts are files or addresses that the loader opens. */
const reaching = new Set([
  'vocabulary',
  'idf_weights',
  'filepath',
  'file_path',
  'origin',
  'fname',
  'path',
  'url',
  'filename',
])
const address = /^([a-z][\w+.-]*:\/\/|\\\\)/i

/** All objects of a JSON text, outer ones first. */
function* objectsOf(root: Json): Generator<JsonObject> {
  const open: Json[] = [root]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const inner = next.kind === 'object' ? next.values : next.items
    if (next.kind === 'object') yield next
    for (let k = inner.length - 1; k >= 0; k--) open.push(inner[k]!)
  }
}

/**
 * Reads a Keras configuration as a program: each object with a class is made, each function is looked up and may be
 * called. Of doubled keys every value counts, in every combination. The version it states counts for nothing.
 */
export function readKeras(root: Json, end: number, title = 'model configuration'): KerasReading {
  const acts = new Map<string, { -readonly [K in keyof Act]: Act[K] }>()
  const packed: { offset: number; data: Uint8Array }[] = []
  const doubled: { key: string; start: number; end: number }[] = []
  const add = (act: Omit<Act, 'count'>) => {
    const key = JSON.stringify([act.kind, act.module, act.name, act.by])
    const known = acts.get(key)
    if (known) known.count++
    else acts.set(key, { ...act, count: 1 })
  }
  for (const object of objectsOf(root)) {
    for (const key of doubledKeys(object)) doubled.push({ key, start: object.start, end: object.end })
    for (const act of actsOf(object)) add(act)
    for (const text of textsOf(object))
      if (packed.length < mostPacked && text.length >= 16 && packedStart.test(text))
        packed.push({ offset: object.start, data: Buffer.from(text, 'base64') })
  }
  const all = [...acts.values()]
  const listing = (lines: number) => all.slice(0, Math.min(lines, mostLines)).map(lineOf)
  return { program: { language: 'keras', start: 0, end, acts: all, listing, title }, packed, doubled }
}

function* textsOf(object: JsonObject): Generator<string> {
  for (const value of object.values) {
    if (typeof value === 'string') yield value
    else if (typeof value === 'object' && value !== null && value.kind === 'list')
      for (const item of value.items) if (typeof item === 'string') yield item
  }
}

function* actsOf(object: JsonObject): Generator<Omit<Act, 'count'>> {
  const offset = object.start
  yield* reachesOf(object)
  for (const named of valuesOf(object, 'class_name')) {
    if (typeof named !== 'string') {
      yield {
        kind: 'unresolved',
        module: '',
        name: 'class_name',
        args: [valueIn(named)],
        offset,
        by: 'class that is no text',
      }
      continue
    }
    const configs = orNone(valuesOf(object, 'config'))
    for (const module of orNone(valuesOf(object, 'module')))
      for (const config of configs) yield* made(object, named, typeof module === 'string' ? module : '', config)
  }
}

const orNone = (values: readonly Json[]): readonly Json[] => (values.length > 0 ? values : [null])

/** What Keras makes of one reading of an object with a class. */
function* made(object: JsonObject, name: string, module: string, config: Json): Generator<Omit<Act, 'count'>> {
  const offset = object.start
  const registered = valuesOf(object, 'registered_name').filter(value => typeof value === 'string')
  const args = registered.map(valueIn)
  if (name === 'function' || (typeof config === 'string' && name !== '__lambda__')) {
    const names = new Set([typeof config === 'string' ? config : '', ...registered.filter(each => each !== 'function')])
    for (const each of names)
      if (each !== '') yield { kind: 'call', module, name: each, args, offset, by: 'function of a config' }
    if (name === 'function') return
  }
  if (name === '__lambda__')
    return yield { kind: 'call', module, name: '__lambda__', args: codeNames(config), offset, by: '__lambda__' }
  if (name === '__typespec__') {
    for (const spec of valuesOf(object, 'spec_name'))
      yield { kind: 'operator', module, name: String(spec), args, offset, by: '__typespec__' }
    return
  }
  yield { kind: 'operator', module, name, args, offset, by: 'class of a config' }
  for (const other of registered)
    if (other !== name) yield { kind: 'operator', module, name: String(other), args, offset, by: 'registered name' }
  if (isObject(config)) yield* special(name, config, offset)
}

/** Layers whose configuration carries code or the name of a function of TensorFlow. */
function* special(name: string, config: JsonObject, offset: number): Generator<Omit<Act, 'count'>> {
  const each = (key: string) => valuesOf(config, key)
  if ((/lambda$/i.test(name) && !/^(TF|Slicing)OpLambda$/.test(name)) || each('function_type').length > 0)
    for (const key of ['function', 'output_shape', 'mask'])
      for (const value of each(key)) {
        const carried = codeIn(value, each(`${key}_type`))
        if (carried)
          yield { kind: 'call', module: '', name: carried, args: codeNames(value), offset, by: `${name} layer, ${key}` }
      }
  if (name === 'TFOpLambda')
    for (const value of [...each('function'), ...each('symbol')])
      yield { kind: 'operator', module: 'tf', name: String(value), args: [], offset, by: `${name} layer` }
  if (name === 'ClassMethod')
    for (const value of each('method_name'))
      yield {
        kind: 'operator',
        module: 'tf',
        name: `${each('cls_symbol').at(-1)}.${value}`,
        args: [],
        offset,
        by: `${name} layer`,
      }
  if (name === 'TensorFlowOpLayer')
    for (const value of each('node_def'))
      yield {
        kind: 'operator',
        module: 'node',
        name: nodeOf(value),
        args: [valueIn(value)],
        offset,
        by: `${name} layer`,
      }
}

/** `__code__` for marshalled code, the name for a function that the loader must know. */
function codeIn(value: Json, types: readonly Json[]): string | null {
  if (typeof value === 'string') return types.includes('lambda') || value.length > mostText ? '__code__' : value
  if (typeof value !== 'object' || value === null) return null
  if (value.kind === 'list') return typeof value.items[0] === 'string' ? '__code__' : null
  return value.keys.includes('class_name') ? null : value.keys.includes('code') ? '__code__' : null
}

/** Short texts in marshalled code, most of them names that it uses: what people need to see what it does. */
function codeNames(value: Json): Value[] {
  const packed = [...textsIn(value)].find(text => /^[\w+/=\s]{16,}$/.test(text))
  if (packed === undefined) return [valueIn(value)]
  const code = Buffer.from(packed.slice(0, mostCode), 'base64')
  const names = new Set<string>()
  for (let at = 0; at + 1 < code.length && names.size < mostArgs; at++) {
    const end = at + 2 + code[at + 1]!
    const text = shortTexts.has(code[at]! & 0x7f) ? code.toString('latin1', at + 2, end) : ''
    if (text.length !== code[at + 1] || !/^[\w./ :-]{2,60}$/.test(text)) continue
    names.add(text)
    at = end - 1
  }
  return names.size > 0 ? [...names].map(valueIn) : [valueIn(value)]
}

/** Texts of a value, of its list, or of the lists and objects in it. */
function* textsIn(value: Json): Generator<string> {
  const open: Json[] = [value]
  for (let next = open.pop(); next !== undefined && open.length < 1000; next = open.pop()) {
    if (typeof next === 'string') yield next
    else if (typeof next === 'object' && next !== null)
      open.push(...(next.kind === 'list' ? next.items : next.values).slice(0, mostArgs))
  }
}

/** The operator of a serialised node: its second field, behind its name (tensorflow/core/framework/node_def.proto). */
function nodeOf(value: Json): string {
  if (typeof value !== 'string') return ''
  const json = /"op"\s*:\s*"(\w+)"/.exec(value)
  if (json) return json[1]!
  const named = value.charCodeAt(1)
  const at = 2 + named
  if (value.charCodeAt(0) !== 10 || value.charCodeAt(at) !== 18) return ''
  return value.slice(at + 2, at + 2 + value.charCodeAt(at + 1))
}

/** Files and addresses that a configuration names. */
function* reachesOf(object: JsonObject): Generator<Omit<Act, 'count'>> {
  for (const [k, key] of object.keys.entries()) {
    const value = object.values[k]
    if (typeof value !== 'string' || value === '') continue
    if (!address.test(value) && !(reaching.has(key) && !isChoice(value))) continue
    yield { kind: 'reach', module: '', name: value.slice(0, mostText), args: [], offset: object.start, by: key }
  }
}

/** A word that is no path: `vocabulary: "tf_idf"`. */
const isChoice = (value: string) => /^\w+$/.test(value) && value.length < 16

function valueIn(json: Json): Value {
  if (typeof json === 'string') return { kind: 'constant', value: json.slice(0, mostText) }
  if (typeof json !== 'object' || json === null) return { kind: 'constant', value: json }
  if (json.kind === 'list')
    return { kind: 'list', size: json.items.length, items: json.items.slice(0, mostArgs).map(shallow) }
  return { kind: 'list', size: json.keys.length, items: json.values.slice(0, mostArgs).map(shallow) }
}

const shallow = (json: Json): Value =>
  typeof json === 'object' && json !== null ? { kind: 'opaque', why: 'nested' } : valueIn(json)

const lineOf = ({ kind, module, name, offset, count, by }: Act): string => {
  const full = module === '' ? name : `${module}.${name}`
  const times = count > 1 ? `  # ${count} times` : ''
  if (kind === 'reach') return `${offset}: open(${quoted(name)})  # ${by}${times}`
  return `${offset}: ${full}(${kind === 'operator' ? '**config' : '…'})  # ${by}${times}`
}
