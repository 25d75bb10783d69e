import type { Act, ActKind, Value } from '../core/index.ts'
import { named } from './settings-acts.ts'

/** A tag as it stands, and where. */
export interface Tag {
  /** Resolved: `tag:yaml.org,2002:python/object/apply:os.system`, `!new:torch.nn.Linear`. */
  readonly tag: string
  readonly at: number
  readonly args: readonly Value[]
}

const standard = 'tag:yaml.org,2002:'
/** A tag where a node may begin. */
const written = /(?<=^|[\s,[\]{}:?&*-])!(<[^>\n]{1,500}>|[^\s,[\]{}]{0,500})/g
const mostTags = 20_000
/** What the tag makes of the node, by its name. */
const python: Readonly<Record<string, ActKind>> = {
  'object/apply': 'call',
  'object/new': 'call',
  object: 'call',
  name: 'import',
  module: 'import',
}
/** HyperPyYAML, which speech models are configured with. */
const hyper: Readonly<Record<string, ActKind>> = {
  new: 'call',
  apply: 'call',
  applyref: 'call',
  name: 'import',
  module: 'import',
  include: 'reach',
}
/** Tags that stand for plain values. */
const plain =
  /^(python\/(none|bool|str|unicode|bytes|int|long|float|complex|list|tuple|dict)|str|int|float|bool|null|seq|map|set|omap|pairs|binary|timestamp|merge|value|yaml)$/
const plainLocal = /^!(ref|copy|tuple|PLACEHOLDER)?$/

/** Tags wherever a reader might see one: for texts that are no valid YAML for us and may be for others. */
export function scannedTags(text: string): Tag[] {
  const prefixes = new Map([...text.matchAll(/^%TAG[ \t]+(\S+)[ \t]+(\S+)/gm)].map(m => [m[1]!, m[2]!] as const))
  const tags: Tag[] = []
  for (const match of text.matchAll(written)) {
    if (tags.length >= mostTags) break
    tags.push({ tag: resolved(match[0], prefixes), at: match.index, args: [] })
  }
  return tags
}

function resolved(written: string, prefixes: ReadonlyMap<string, string>): string {
  if (written.startsWith('!<')) return written.slice(2, -1)
  const [, handle = '!', suffix = ''] = /^(!(?:[\w-]*!)?)(.*)$/s.exec(written) ?? []
  const prefix = prefixes.get(handle) ?? (handle === '!!' ? standard : handle)
  return prefix + decoded(suffix)
}

function decoded(suffix: string): string {
  try {
    return decodeURIComponent(suffix)
  } catch {
    return suffix
  }
}

/** What a loader that knows the tags would do. Nothing for tags of plain values. */
export function tagActs(tags: readonly Tag[]): Act[] {
  return tags.flatMap(({ tag, at, args }) => {
    const act = actOf(tag, at, args)
    return act ? [act] : []
  })
}

function actOf(tag: string, at: number, args: readonly Value[]): Act | null {
  const [, family, rest] = /^(?:tag:yaml\.org,2002:|!)python\/([\w/]+):(.*)$/s.exec(tag) ?? []
  if (family !== undefined)
    return family in python && python[family] !== undefined && (family === 'module' || family === 'name')
      ? named('import', rest!, at, `!!python/${family}`, args)
      : named('call', rest!, at, `!!python/${family}`, args)
  const [, verb, target] = /^!([a-z]+):(.+)$/s.exec(tag) ?? []
  const does = verb === undefined ? undefined : hyper[verb]
  if (does === 'reach')
    return { kind: 'reach', module: '', name: target!.slice(0, 200), args, offset: at, count: 1, by: '!include' }
  if (does) return named(does, target!, at, `!${verb}`, args)
  if (tag.startsWith(standard)) return standardAct(tag.slice(standard.length), at, args)
  if (plainLocal.test(tag)) return null
  return { kind: 'unresolved', module: '', name: tag.slice(0, 200), args, offset: at, count: 1, by: 'tag' }
}

/** Tags beside the plain ones: classes of Java, functions of JavaScript, objects of Ruby. */
function standardAct(name: string, at: number, args: readonly Value[]): Act | null {
  if (plain.test(name)) return null
  return named('call', name.replaceAll('/', '.'), at, `!!${name.split(/[/.:]/, 1)[0]}`, args)
}
