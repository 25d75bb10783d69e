import { isAlias, isCollection, isMap, isPair, isScalar, type Node, parseAllDocuments } from 'yaml'
import type { Value } from '../../core/index.ts'
import type { Setting } from '../settings.ts'
import type { Tag } from '../yaml-tags.ts'

/** A text of YAML: its documents as settings, and its tags. Places are counted in characters. */
export interface YamlText {
  readonly roots: Setting[]
  readonly tags: Tag[]
  /** Why not all of it was understood. */
  readonly trouble: string | null
  /** Aliases would make it grow without measure. */
  readonly bomb: boolean
}

/** Nodes after aliases are followed; honest configurations have a few thousand. */
const mostNodes = 200_000

/** Deeper texts take the parser's time and memory without measure. */
const mostIndent = 400
const mostDepth = 200
const mostDirectives = 300

/** Why a text is not given to the parser. */
export const beyond = 'it is nested too deeply, or has too many directives or documents'

/** Reads YAML; says its trouble and never throws. */
export function readYaml(text: string): YamlText {
  const maker = new Maker()
  if (isDeep(text)) return { roots: [], tags: [], trouble: beyond, bomb: false }
  let trouble: string | null = null
  try {
    const documents = parseAllDocuments(text, {
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
      stringKeys: false,
      version: '1.1',
    })
    for (const document of Array.isArray(documents) ? documents : []) {
      trouble ??= document.errors[0]?.message.slice(0, 200) ?? null
      if (document.contents) maker.root(document.contents)
    }
  } catch (reason) {
    trouble = reason instanceof RangeError ? 'it is nested too deeply' : String(reason).slice(0, 200)
  }
  return { roots: maker.roots, tags: maker.tags, trouble, bomb: maker.weight > mostNodes }
}

/** Makes settings of nodes, without recursion for what a parser has let through. */
class Maker {
  readonly roots: Setting[] = []
  readonly tags: Tag[] = []
  weight = 0
  private readonly anchors = new Map<string, { setting: Setting; weight: number }>()

  root(node: unknown): void {
    this.roots.push(this.setting(node as Node).setting)
    this.anchors.clear()
  }

  private setting(node: Node | null | undefined): { setting: Setting; weight: number } {
    const [start, end] = node?.range ?? [0, 0]
    if (isAlias(node)) {
      const known = this.anchors.get(node.source)
      this.weight += known?.weight ?? 1
      return known && this.weight <= mostNodes ? known : { setting: { start, end, scalar: null }, weight: 1 }
    }
    this.weight++
    if (node?.tag) this.tags.push({ tag: node.tag, at: start, args: [] })
    const made = isCollection(node)
      ? this.collection(node, start, end)
      : { setting: scalarOf(node, start, end), weight: 1 }
    if (node?.tag && this.tags.length > 0) this.argue(node.tag, start, made.setting)
    const anchor = node && 'anchor' in node ? node.anchor : undefined
    if (anchor) this.anchors.set(anchor, made)
    return made
  }

  private collection(node: Node, start: number, end: number): { setting: Setting; weight: number } {
    const setting: Setting = { start, end, values: [], ...(isMap(node) ? { keys: [] } : {}) }
    let weight = 1
    for (const item of isCollection(node) ? node.items : []) {
      const value = this.setting((isPair(item) ? item.value : item) as Node)
      weight += value.weight
      setting.values!.push(value.setting)
      if (isPair(item)) setting.keys?.push(this.key(item.key as Node))
    }
    return { setting, weight }
  }

  private key(node: Node | null): string {
    const { setting } = this.setting(node)
    return setting.scalar === undefined ? '' : String(setting.scalar)
  }

  /** Gives the tag at a place what it would be called with. */
  private argue(tag: string, at: number, setting: Setting): void {
    const known = this.tags.findLastIndex(each => each.at === at && each.tag === tag)
    const args = (setting.values ?? [setting]).flatMap(({ scalar }): Value[] =>
      scalar === undefined
        ? []
        : [{ kind: 'constant', value: typeof scalar === 'string' ? scalar.slice(0, 200) : scalar }],
    )
    if (known >= 0) this.tags[known] = { tag, at, args: args.slice(0, 16) }
  }
}

function scalarOf(node: Node | null | undefined, start: number, end: number): Setting {
  if (!isScalar(node)) return { start, end, scalar: null }
  const { value } = node
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null
  return { start, end, scalar: isPlain ? value : String(node.source ?? value) }
}

/** True for a text that no parser should be given: counts brackets as if all counted, and the columns that indentation and compact lists take. */
export function isDeep(text: string): boolean {
  let depth = 0
  for (const bracket of text.replace(/"(?:[^"\\\n]|\\.)*"/g, '').match(/[[\]{}]/g) ?? []) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > mostDepth) return true
  }
  if (/(?:[-?:] ){150}/.test(text) || (text.match(/^(?:%|---|\.\.\.)/gm) ?? []).length > mostDirectives) return true
  if (/(?<=^|\s)(?:[!&*]\S*[ \t]+){12}/m.test(text)) return true
  return (text.match(/^[ \t?:-]*/gm) ?? []).some(lead => lead.length > mostIndent)
}
