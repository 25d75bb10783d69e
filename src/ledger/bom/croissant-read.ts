import { basename } from 'node:path'
import { Fault } from '../../core/index.ts'
import { parsedJson } from '../statements/index.ts'

/** Digests by their length in hexadecimal digits: documents put all of them into one field. */
export const digestKinds = {
  sha256: { digits: 64, title: 'SHA-256' },
  sha1: { digits: 40, title: 'SHA-1' },
  md5: { digits: 32, title: 'MD5' },
} as const
export type DigestKind = keyof typeof digestKinds

/** A file that a Croissant document lists. */
export interface ListedFile {
  readonly id: string
  /** Where it may lie in a folder, likeliest first. */
  readonly paths: readonly string[]
  /** What the document gives as digests, told apart by length; SHA-256 first. */
  readonly digests: readonly { readonly kind: DigestKind; readonly value: string }[]
  /** What stands where a digest should, as written. */
  readonly stated?: string
  /** True when it is a file within an archive of the dataset. */
  readonly isInside: boolean
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** Reads the files of a Croissant document of any version. @throws Fault `bad-report` when it is none. */
export function listedFiles(text: string, name: string): ListedFile[] {
  const remedy = 'Give a Croissant document (JSON-LD) with a distribution.'
  const document = parsedJson(text, { name, code: 'bad-report', remedy })
  const nodes = isFields(document) && Array.isArray(document['@graph']) ? document['@graph'] : [document]
  const distribution = nodes.filter(isFields).flatMap(node => listOf(given(node, 'distribution')))
  if (distribution.length === 0) throw new Fault('bad-report', `${name} lists no files.`, remedy)
  return distribution.filter(isFields).filter(isFileObject).map(listedFile)
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** A property by any of the names that contexts give it. */
function given(node: Fields, key: string): unknown {
  const names = [
    key,
    `sc:${key}`,
    `cr:${key}`,
    `schema:${key}`,
    `https://schema.org/${key}`,
    `http://schema.org/${key}`,
  ]
  return names.map(name => node[name]).find(value => value !== undefined && value !== null)
}

const textAt = (node: Fields, key: string): string | undefined => {
  const value = listOf(given(node, key))[0]
  const inner = isFields(value) ? value['@value'] : value
  return typeof inner === 'string' ? inner.trim() : undefined
}

const isFileObject = (node: Fields): boolean =>
  listOf(node['@type']).some(type => typeof type === 'string' && /(^|[:/#])FileObject$/.test(type))

function listedFile(node: Fields): ListedFile {
  const name = textAt(node, 'name')
  const id = typeof node['@id'] === 'string' ? node['@id'] : (name ?? '(no name)')
  const url = textAt(node, 'contentUrl')
  const stated = textAt(node, 'sha256') ?? textAt(node, 'md5')
  const digests = [textAt(node, 'sha256'), textAt(node, 'md5')].flatMap(text => digestIn(text) ?? [])
  const order = Object.keys(digestKinds)
  return {
    id,
    paths: [...new Set(url === undefined ? [name ?? id] : pathsOf(url, name))],
    digests: digests.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    ...(stated === undefined ? {} : { stated }),
    isInside: given(node, 'containedIn') !== undefined,
  }
}

function digestIn(text: string | undefined): { kind: DigestKind; value: string } | null {
  if (text === undefined || !/^[0-9a-fA-F]+$/.test(text)) return null
  const kind = (Object.keys(digestKinds) as DigestKind[]).find(one => digestKinds[one].digits === text.length)
  return kind ? { kind, value: text.toLowerCase() } : null
}

/** A relative address decoded and as it is; of an address elsewhere only the name that the file has or is given. */
function pathsOf(url: string, name: string | undefined): string[] {
  const isElsewhere = /^([A-Za-z][A-Za-z0-9+.-]*:|\/\/)/.test(url)
  if (!isElsewhere) return [decoded(url), url]
  const last = basename(url.replace(/[?#].*$/s, ''))
  return [decoded(last), last, basename(name ?? '')].filter(path => path !== '')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
