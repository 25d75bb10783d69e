import type { Act, ActKind, Value } from '../core/index.ts'
import { everySetting, isListOf, type Setting, type Standing, textOf, under } from './settings.ts'

/** More acts than any honest configuration names. */
const mostActs = 20_000
const mostText = 200

/** What loaders would import, call or fetch because a configuration says so. */
export function settingActs(roots: readonly Setting[]): { acts: Act[]; more: boolean } {
  const acts = new Map<string, Act>()
  for (const standing of everySetting(roots))
    for (const act of actsAt(standing)) {
      const key = `${act.kind}\0${act.module}\0${act.name}\0${act.by}`
      const known = acts.get(key)
      if (!known && acts.size >= mostActs) return { acts: [...acts.values()], more: true }
      acts.set(key, known ? { ...known, count: known.count + 1 } : act)
    }
  return { acts: [...acts.values()], more: false }
}

function* actsAt(standing: Standing): Generator<Act> {
  const { setting, key, outer } = standing
  const reader = readers[key]
  if (reader) yield* reader(setting, outer, key)
  if (setting.values !== undefined) yield* shapedLike(setting)
}

type Reader = (setting: Setting, outer: Setting | null, key: string) => Generator<Act>

/** What a key means to the library that looks for it. */
const readers: Readonly<Record<string, Reader>> = {
  __proto__: null as never,
  // transformers: `AutoModel: modeling_x.XModel`, or the code of another repository: `owner/repo--modeling_x.XModel`.
  *auto_map(setting) {
    for (const [slot, value] of entriesOf(setting))
      for (const text of textsOf(value)) yield named('import', text.text, text.at, 'auto_map', [constant(slot)])
  },
  // transformers: pipelines that a configuration brings along.
  *custom_pipelines(setting) {
    for (const [slot, value] of entriesOf(setting))
      for (const impl of under(value, 'impl'))
        for (const text of textsOf(impl))
          yield named('import', text.text, text.at, 'custom_pipelines', [constant(slot)])
  },
  *custom_pipeline(setting) {
    for (const { text, at } of textsOf(setting)) yield act('reach', '', text, at, 'custom_pipeline')
  },
  // hydra and all that instantiate by it.
  *_target_(setting, outer) {
    for (const { text, at } of textsOf(setting))
      yield named('call', text, at, '_target_', argumentsOf(outer, '_target_'))
  },
  // Latent diffusion has `target` beside `params`; NeMo has the class of the whole model in `target`.
  *target(setting, outer) {
    const parameters = outer ? (under(outer, 'params')[0] ?? null) : null
    for (const { text, at } of textsOf(setting))
      if (parameters || isClassName(text) || (outer && under(outer, 'nemo_version').length > 0))
        yield named('call', text, at, 'target', argumentsOf(parameters))
  },
  // Lightning: `class_path` beside `init_args`.
  *class_path(setting, outer) {
    for (const { text, at } of textsOf(setting))
      if (text.includes('.'))
        yield named('call', text, at, 'class_path', argumentsOf(under(outer!, 'init_args')[0] ?? null))
  },
  *trust_remote_code(setting) {
    const { scalar } = setting
    if (scalar === true || scalar === 1 || (typeof scalar === 'string' && /^(true|yes|on|1)$/i.test(scalar)))
      yield act('set', '', 'trust_remote_code', setting.start, 'trust_remote_code', [constant(true)])
  },
  // peft: imports `parent_library` and takes `base_model_class` from it.
  *auto_mapping(setting) {
    const library = textOf(under(setting, 'parent_library')[0])
    const name = textOf(under(setting, 'base_model_class')[0])
    if (library) yield act('import', library, name ?? '', setting.start, 'auto_mapping')
  },
  // mlflow: the module whose `_load_pyfunc` is called.
  *loader_module(setting, outer) {
    for (const { text, at } of textsOf(setting)) {
      const code = outer ? textOf(under(outer, 'code')[0]) : null
      yield act('import', text, '_load_pyfunc', at, 'loader_module', code ? [constant(code)] : [])
    }
  },
  *model_code_path(setting) {
    for (const { text, at } of textsOf(setting)) yield act('import', '', text, at, 'model_code_path')
  },
  *weight_map(setting) {
    for (const [, value] of entriesOf(setting)) {
      const file = textOf(value)
      if (file !== null && leaves(file)) yield act('reach', '', file, value.start, 'weight_map')
    }
  },
  *weightsManifest(setting) {
    for (const group of setting.values ?? [])
      for (const paths of under(group, 'paths'))
        for (const { text, at } of textsOf(paths)) if (leaves(text)) yield act('reach', '', text, at, 'weightsManifest')
  },
  // conda and requirements: where packages come from, when it is not the usual index.
  *pip(setting) {
    yield* packagesIn(setting)
  },
  *dependencies(setting) {
    yield* packagesIn(setting)
  },
}

/** A dotted name that ends in a class. */
const isClassName = (text: string): boolean => /^[a-z_]\w*(?:\.\w+)+\.[A-Z]\w*$/.test(text)

/** Leads out of the folder of the model: an absolute path, `..`, an address. */
const leaves = (path: string): boolean => /^[\\/~]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)|:\/\//.test(path)

/** Objects that are known by their keys: pipelines of diffusers, modules of sentence-transformers. */
function* shapedLike(setting: Setting): Generator<Act> {
  if (setting.keys === undefined) {
    for (const each of setting.values ?? []) yield* sentenceModule(each)
    return
  }
  const names = under(setting, '_class_name')
  if (names.length === 0) return
  for (const name of names) yield* pairOf(name, '_class_name')
  const isPipeline = under(setting, '_diffusers_version').length > 0 || names.some(n => isListOf(n))
  for (const [key, value] of isPipeline ? entriesOf(setting) : []) if (key !== '_class_name') yield* pairOf(value, key)
}

/** `[library, class]`, as diffusers writes it. */
function* pairOf(value: Setting, key: string): Generator<Act> {
  if (!isListOf(value) || value.values.length !== 2) return
  const [library, name] = value.values.map(textOf)
  if (library && name) yield act('import', library, name, value.start, 'model_index', [constant(key)])
}

function* sentenceModule(each: Setting): Generator<Act> {
  const type = textOf(under(each, 'type')[0])
  if (type === null || !type.includes('.') || under(each, 'path').length === 0) return
  yield named('import', type, under(each, 'type')[0]!.start, 'modules.json')
}

function* packagesIn(setting: Setting): Generator<Act> {
  for (const { text, at } of textsOf(setting)) if (isForeign(text)) yield act('reach', '', text, at, 'requirement')
}

/** A requirement that does not come from the usual index. */
const isForeign = (text: string): boolean =>
  /:\/\/|^\s*-{1,2}(i|f|index-url|extra-index-url|find-links)\b|^git\+/.test(text)

function entriesOf({ keys = [], values = [] }: Setting): (readonly [string, Setting])[] {
  return keys.map((key, at) => [key, values[at]!] as const)
}

/** The texts that a value is, or lists. */
function textsOf(setting: Setting): { text: string; at: number }[] {
  const all = setting.keys === undefined && setting.values ? setting.values : [setting]
  return all.flatMap(each => (typeof each.scalar === 'string' ? [{ text: each.scalar, at: each.start }] : []))
}

const constant = (value: string | number | boolean | null): Value => ({
  kind: 'constant',
  value: typeof value === 'string' ? value.slice(0, mostText) : value,
})

/** The plain values beside a target: what it would be called with. */
function argumentsOf(outer: Setting | null, but = ''): Value[] {
  if (!outer) return []
  const own = entriesOf(outer).filter(([key]) => key !== but)
  const listed = outer.keys === undefined ? (outer.values ?? []) : own.map(([, value]) => value)
  const flat = listed.flatMap(value => (isListOf(value) ? value.values : [value]))
  return flat.flatMap(({ scalar }) => (scalar === undefined ? [] : [constant(scalar)])).slice(0, 16)
}

const act = (
  kind: ActKind,
  module: string,
  name: string,
  offset: number,
  by: string,
  args: readonly Value[] = [],
): Act => ({ kind, module: module.slice(0, mostText), name: name.slice(0, mostText), args, offset, count: 1, by })

/** An act on a dotted name: all but its last part is the module. */
export function named(kind: ActKind, text: string, at: number, by: string, args: readonly Value[] = []): Act {
  const cut = text.lastIndexOf('.')
  return act(kind, cut < 0 ? '' : text.slice(0, cut), text.slice(cut + 1), at, by, args)
}
