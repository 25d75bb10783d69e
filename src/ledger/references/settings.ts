import { commitOf, digestOf, isRepository, isUrl, pinIn, shownUrl } from './pin.ts'
import type { Group, Leaf, Named, ReferenceUse } from './reference.ts'

/** `owner/name--module.Class`: code of another repository, as Transformers and Sentence Transformers import it. */
const foreignCode = /^([\w.-]+\/[\w.-]+)--[\w.]+$/

/** Keys that name a model elsewhere, and what becomes of it. */
const models: ReadonlyMap<string, ReferenceUse> = new Map([
  ['base_model_name_or_path', 'loaded'],
  ['source_model_name', 'loaded'],
  ['pretrained_model_name_or_path', 'loaded'],
  ['_name_or_path', 'named'],
  ['model_name_or_path', 'named'],
  ['base_model', 'named'],
])

/** Keys that stand beside a name and say which version of it. */
const revisionKeys = ['revision', 'base_model_revision', 'source_model_revision', 'code_revision', 'rev_lock', 'commit']

/** Keys whose addresses are read as data. */
const dataKeys = /^(?:data_files|data_url|download_url|url|urls|path|uri|source|train|test|validation|\d+)$/

/** Keys below which packages are listed that somebody installs. */
const installs = /dependenc|requirement|^pip$|package|install/i

/** What the maps and lists of a file of settings name outside of the artifact. */
export function namedInSettings(groups: readonly Group[], name: string): Named[] {
  // A list of records is data, whatever its cells say; the one list of settings is that of Sentence Transformers.
  const isData = (group: Group) => /^\d+$/.test(group.path[0] ?? '') && !/(?:^|\/)modules\.json$/i.test(name)
  return groups.flatMap(group =>
    isData(group)
      ? []
      : [
          ...described(group),
          ...[...group.leaves].flatMap(([key, leaf]) => namedBy(key.replace(/ \d+$/, ''), leaf, group, name)),
        ],
  )
}

function namedBy(key: string, leaf: Leaf, group: Group, name: string): Named[] {
  const value = leaf.value.trim()
  if (value.length < 3 || value.length > 4096) return []
  const beside = revisionIn(group)
  const git = /(?:^|[\s@])(git\+[a-z]+:\/\/[^\s;]+)/i.exec(value)?.[1]
  if (git !== undefined && group.path.some(part => installs.test(part))) return [named(git, leaf, 'runs')]
  const code = foreignCode.exec(value)?.[1]
  if (code !== undefined && namesCode(key, group)) return [named(code, leaf, 'runs', beside)]
  const use = models.get(key)
  if (use !== undefined && isElsewhere(value, use)) return [named(value, leaf, use, beside)]
  if (group.path.at(-1) === 'base_model' && isRepository(value)) return [named(value, leaf, 'named', beside)]
  if (key === 'image' && isComposition(name) && !value.includes('$')) return [named(value, leaf, 'runs')]
  if (/^hf:\/\//i.test(value)) return [named(value, leaf, 'read', beside)]
  return []
}

const named = (url: string, { line }: Leaf, use: ReferenceUse, pin: string | null = null): Named => ({
  line,
  url: shownUrl(url),
  pin: pinIn(url) ?? pin,
  use,
})

const namesCode = (key: string, { path }: Group): boolean =>
  path.includes('auto_map') || path.includes('custom_pipelines') || ['auto_map', 'type', 'class_name'].includes(key)

const isComposition = (name: string): boolean => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name)

/** A hub or an address; a path of the machine that trained says nothing. Old names on the hub have no owner. */
const isElsewhere = (value: string, use: ReferenceUse): boolean =>
  isUrl(value) || isRepository(value) || (use === 'loaded' && /^[A-Za-z][\w.-]{2,95}$/.test(value))

function revisionIn({ leaves }: Group): string | null {
  for (const key of revisionKeys) {
    const commit = commitOf(leaves.get(key)?.value)
    if (commit !== null) return commit
  }
  return null
}

/** Groups that describe one thing elsewhere: Croissant files, imports of DVC, downloads with checksums. */
function described({ path, leaves }: Group): Named[] {
  const croissant = leaves.get('contentUrl')
  if (croissant && isUrl(croissant.value))
    return [named(croissant.value, croissant, 'read', digestOf(leaves.get('sha256')?.value))]
  const url = leaves.get('url')
  if (url && path.at(-1) === 'repo') return [named(url.value, url, 'read', commitOf(leaves.get('rev_lock')?.value))]
  const checksum = leaves.get('checksum')
  const key = path.at(-1) ?? ''
  if (checksum && isUrl(key)) return [named(key, checksum, 'read', digestOf(checksum.value))]
  return addresses({ path, leaves })
}

/** Addresses under keys that say that data is read from there, or below `data_files` of a card. */
function addresses({ path, leaves }: Group): Named[] {
  const listed = path.some(part => /^(?:data_files|deps|urls)$/.test(part))
  return [...leaves].flatMap(([key, leaf]) => {
    const told = key === 'data_files' || key === 'data_url' || key === 'download_url' || (listed && dataKeys.test(key))
    if (!told || !/^(?:https?|ftp|s3|gs):\/\/\S+$/i.test(leaf.value)) return []
    const digest = digestOf(leaves.get('sha256')?.value ?? leaves.get('checksum')?.value)
    return [named(leaf.value, leaf, 'read', digest)]
  })
}
