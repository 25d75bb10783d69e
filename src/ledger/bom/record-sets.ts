import type { LockedArtifact, LockedPart, LockedTable } from '../lock/schema.ts'
import { partFinder } from '../statements/index.ts'
import { contentTypeOf } from './media-type.ts'
import { iriPath } from './names.ts'

/** Formats whose columns Croissant can name. */
const tabular: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/jsonlines': 'jsonl',
  'application/x-parquet': 'parquet',
}

/** Identifier of a file in a Croissant document; those of sets and records begin with another word. */
export const fileId = ({ name }: LockedPart): string => `file/${iriPath(name)}`

/** Path of a part from the folder of the lock. */
export function pathOf({ root, parts }: LockedArtifact, { name }: LockedPart): string {
  const isFile = parts.length === 1 && (root === name || root.endsWith(`/${name}`))
  if (isFile) return root
  return root === '' || root === '.' ? name : `${root}/${name}`
}

/** The rows of a locked table in Croissant: its files as sets, and for each format of them the records and fields. */
export function tablesOf(artifact: LockedArtifact): { readonly sets: object[]; readonly recordSet: object[] } {
  const { table } = artifact
  if (!table) return { sets: [], recordSet: [] }
  const partAt = partFinder(artifact)
  const byFormat = new Map<string, LockedPart[]>()
  for (const shard of table.shards) {
    const part = partAt(shard.name)
    const format = part ? contentTypeOf(part.name) : ''
    if (!part || !(format in tabular)) continue
    const alike = byFormat.get(format)
    if (alike) alike.push(part)
    else byFormat.set(format, [part])
  }
  const groups = [...byFormat].map(([format, parts]) => ({ format, parts, isOnly: byFormat.size === 1 }))
  return {
    sets: groups.filter(({ parts }) => parts.length > 1).map(group => fileSetOf(artifact, group)),
    recordSet: table.columns.length === 0 ? [] : groups.map(group => recordSetOf(table, group)),
  }
}

interface Group {
  readonly format: string
  readonly parts: readonly LockedPart[]
  readonly isOnly: boolean
}

const setId = ({ format }: Group): string => `set/${tabular[format]}`

/** The files by their names and not by a pattern, so that a file that was never locked is not one of them. */
function fileSetOf(artifact: LockedArtifact, group: Group) {
  return {
    '@type': 'cr:FileSet',
    '@id': setId(group),
    name: `${group.parts.length} files`,
    encodingFormat: group.format,
    includes: group.parts.map(part => pathOf(artifact, part).replace(/[*?[\]]/g, '[$&]')),
  }
}

function recordSetOf({ columns, rows, shards }: LockedTable, group: Group) {
  const id = group.isOnly ? 'rows' : `rows-${tabular[group.format]}`
  const [only] = group.parts
  const source =
    group.parts.length > 1 ? { fileSet: { '@id': setId(group) } } : { fileObject: { '@id': fileId(only!) } }
  const names = new Set(columns.map(({ name }) => name).filter(name => name !== ''))
  const roles = new Map(columns.map(({ name, role }) => [name, role]))
  const own = new Set(group.parts.map(part => part.name))
  const count = group.isOnly ? rows : shards.reduce((sum, shard) => sum + (own.has(shard.name) ? shard.rows : 0), 0)
  return {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: id,
    description: `${count.toLocaleString('en-US')} rows.`,
    field: [...names].map(name => ({
      '@type': 'cr:Field',
      '@id': `${id}/${iriPath(name).replaceAll('/', '%2F')}`,
      name,
      ...(roles.get(name) === undefined ? {} : { description: `Role: ${roles.get(name)}.` }),
      dataType: dataTypes[roles.get(name) ?? ''] ?? 'sc:Text',
      source: { ...source, extract: { column: name } },
    })),
  }
}

/** A lock knows what columns mean, not how their cells are stored: text, but for what the role says. */
const dataTypes: Readonly<Record<string, string>> = { url: 'sc:URL' }
