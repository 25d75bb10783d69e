import { basename } from 'node:path'
import { type Column, defaultLimits, Fault, type Limits, type Part, type Role, type Table } from '../core/index.ts'
import { fileSource, sha256Of } from '../sources/index.ts'
import { type Found, findFiles } from './find.ts'
import { namedParts } from './pictures/named.ts'
import { tableOf } from './reader.ts'
import { columnNamed, inferRoles, type RoleFlags, readsLikeProse } from './roles.ts'
import { type Sampled, sample, withLabels, withPictures } from './sampled.ts'
import { isTalkShape, shapeColumns, shapedRoles } from './shapes/index.ts'
import { sniffFile } from './sniff.ts'
import type { PartSpec, TableSpec } from './spec.ts'
import { unpacked } from './unpacked.ts'

/** How to open a table. */
export interface OpenOptions {
  /** Columns by role, over what names and content suggest. */
  readonly roles?: RoleFlags
  readonly limits?: Partial<Limits>
  /** Keep only the files of these splits. */
  readonly splits?: readonly string[]
  /** Hugging Face configuration to read, when a folder has several. */
  readonly config?: string
  /** Name of the table; the path when absent. */
  readonly name?: string
  readonly rowsPerBatch?: number
  /** SHA-256 of every part as stored; true when absent. */
  readonly digest?: boolean
  /** What `-` reads; standard input when absent. */
  readonly stdin?: AsyncIterable<Uint8Array>
}

/** A table that came from files. */
export interface OpenedTable extends Table {
  /** Files that were found and left out, with the reason: what nobody looked at. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[]
  /** Files of which nothing at all can be read, with the reason: their rows are lost. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[]
  /** Pictures that files of the table name, files of labels, lists of classes: no rows of their own, and bytes that a digest must cover. */
  readonly named: readonly Part[]
  /** Plain data that describes the table. */
  readonly spec: TableSpec
  /** Removes what reading left on the disk. */
  close(): Promise<void>
}

/** Opens files, folders, globs, dataset layouts and `-` as one table. Throws a Fault when there is nothing to judge. */
export async function openTable(paths: readonly string[], options: OpenOptions = {}): Promise<OpenedTable> {
  const limits = { ...defaultLimits, ...options.limits }
  const found = await findFiles(paths, options)
  try {
    return await assemble(paths, found, limits, options)
  } catch (reason) {
    await found.close()
    throw reason
  }
}

async function assemble(
  paths: readonly string[],
  found: Found,
  limits: Limits,
  options: OpenOptions,
): Promise<OpenedTable> {
  const leftOut = [...found.leftOut]
  const sampled: Sampled[] = []
  for (const file of found.files) {
    let sha256: string | null = null
    for (const each of await unpacked(file, limits, found)) {
      const seen = await sniffFile(each, limits)
      if ('reason' in seen) {
        if (each.named) throw unknown(each.name, seen.reason)
        leftOut.push({ name: each.name, reason: seen.reason })
        continue
      }
      if (options.digest !== false) sha256 ??= await sha256Of(await fileSource(file.path))
      sampled.push(await sample({ ...seen, sha256 }, limits, found, options.roles ?? {}))
    }
  }
  const paired = await withLabels(sampled, limits, found)
  const tables = found.pictures ? await withPictures(paired, found, limits, options, leftOut) : paired
  if (tables.length === 0)
    throw new Fault(
      'nothing-to-do',
      `${paths.join(', ')}: no file that holds a table.`,
      'Name a file or a folder with data.',
    )
  const { columns, parts } = align(tables, options.roles ?? {})
  const spec: TableSpec = {
    name:
      options.name ??
      (paths.length === 1 ? (paths[0] === '-' ? 'stdin' : basename(paths[0]!)) : `${paths.length} paths`),
    parts,
    columns,
    limits,
    rowsPerBatch: options.rowsPerBatch ?? null,
    sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes * (part.codec || part.pictures ? 8 : 1), 0),
  }
  const unreadable = tables.flatMap(({ part, trouble }) => (trouble ? [{ name: part.name, reason: trouble }] : []))
  const named = [...besideRows(sampled, paired), ...(await namedParts(tables, options.digest !== false))]
  return { ...tableOf(spec), leftOut, unreadable, named, spec, close: found.close }
}

/** Files whose rows went into those of others: labels of pictures, names of classes. */
const besideRows = (sampled: readonly Sampled[], paired: readonly Sampled[]): Part[] => {
  const kept = new Set(paired.map(({ part }) => part.name))
  return sampled
    .filter(({ part }) => !kept.has(part.name))
    .map(({ part: { name, sizeBytes, format, sha256 } }) => ({
      name,
      sizeBytes,
      format,
      ...(sha256 === null ? {} : { sha256 }),
    }))
}

const unknown = (name: string, reason: string): Fault =>
  new Fault(
    'unknown-format',
    `${name}: ${reason}.`,
    'Known: JSON Lines, JSON, CSV, TSV, text, Parquet, Arrow, SQLite, WARC, ARC, CDXJ, MediaWiki XML, folders of pictures, WebDataset, IDX, CIFAR binary, NumPy. A model is scanned with --as model.',
  )

/** Gives roles by the first file, finds the same columns in the others, and remarks where they differ. */
function align(sampled: readonly Sampled[], flags: RoleFlags): { columns: Column[]; parts: PartSpec[] } {
  const all = [...new Set(sampled.flatMap(s => s.columns))]
  for (const wanted of Object.values(flags))
    if (!columnNamed(all, wanted))
      throw new Fault(
        'no-such-column',
        `No column "${wanted}".`,
        `The columns are: ${all.map(c => `"${c}"`).join(', ') || 'none'}.`,
      )
  const lead = sampled.find(s => s.columns.length > 0) ?? sampled[0]!
  const talk = talkOf(sampled, flags)
  const columns = [...talk, ...restOf(lead, flags)]
  const parts = sampled.map(s => partOf(s, lead, columns.slice(talk.length), flags))
  const roles = new Set(columns.flatMap(c => c.role ?? []))
  for (const [i, part] of parts.entries())
    for (const [role, name] of Object.entries(part.roles) as [Role, string][]) {
      if (roles.has(role)) continue
      const column = restOf(sampled[i]!, flags).find(c => c.role === role) ?? { name, role }
      roles.add(role)
      const at = columns.findIndex(c => c.name === name && !c.role)
      if (at >= 0) columns[at] = column
      else columns.push(column)
    }
  for (const name of all)
    if (!columns.some(c => c.name === name) && !parts.some(p => Object.values(p.roles).includes(name)))
      columns.push({ name })
  const splits = new Set(parts.map(p => p.split))
  if (!roles.has('split') && splits.size > 1)
    columns.push({ name: 'split', role: 'split', because: 'layout of the files' })
  return { columns: columns.map(column => withProse(column, sampled)), parts }
}

/** Columns of conversations in any of the files, each with each of its roles once. */
function talkOf(sampled: readonly Sampled[], flags: RoleFlags): Column[] {
  const all = sampled.flatMap(({ shape, samples }) => (shape ? shapeColumns(shape, samples, flags) : []))
  return all.filter(({ name, role }, i) => all.findIndex(each => each.name === name && each.role === role) === i)
}

/** What is inferred of the columns of one file that belong to no conversation. */
function restOf({ samples, own, shape, index }: Sampled, flags: RoleFlags): Column[] {
  if (!shape) return inferRoles(samples, flags, { own, image: index?.column })
  const inner = new Set(Object.values(shape.columns).flat())
  const plain = samples.filter(({ name }) => !inner.has(name))
  const given = Object.entries(flags).filter(([, name]) => plain.some(sample => columnNamed([sample.name], name)))
  return inferRoles(plain, Object.fromEntries(given), {
    talk: isTalkShape(shape) ? shapedRoles : ['ratings'],
    told: shape.told,
    image: index?.column,
  })
}

function withProse(column: Column, sampled: readonly Sampled[]): Column {
  if (column.role !== undefined) return column
  const own = sampled.flatMap(({ samples }) => samples.filter(({ name }) => name === column.name))
  return own.some(({ cells }) => readsLikeProse(cells)) ? { ...column, prose: true } : column
}

function partOf(sampled: Sampled, lead: Sampled, roles: readonly Column[], flags: RoleFlags): PartSpec {
  const { part, columns, shape } = sampled
  if (part.pictures) {
    const message = sampled.remark
    return {
      ...part,
      roles: sampled.own ?? {},
      shape,
      remarks: message ? [{ kind: 'unlisted-picture', message, lost: false }] : [],
    }
  }
  const own: Partial<Record<Role, string>> = {}
  const remarks: { kind: string; message: string; lost: boolean }[] = []
  const drift = (name: string, as: string) =>
    remarks.push({
      kind: 'header-drift',
      message: `Column "${name}" is called "${as}" in ${lead.part.name}; they were read as one.`,
      lost: false,
    })
  const inferred = columns === lead.columns ? roles : restOf(sampled, presentFlags(flags, columns))
  const derived = new Set<Role>(shape && isTalkShape(shape) ? shapedRoles : [])
  for (const { role, name } of roles) {
    if (!role) continue
    const same = columnNamed(columns, name) ?? inferred.find(c => c.role === role)?.name
    if (same !== undefined) own[role] = same
    if (same !== undefined && same !== name) drift(same, name)
    if (same === undefined && columns.length > 0 && !derived.has(role))
      remarks.push({
        kind: 'missing-column',
        message: `There is no column "${name}" here, as there is in ${lead.part.name}.`,
        lost: false,
      })
  }
  for (const { role, name } of inferred) if (role && !own[role] && !Object.values(own).includes(name)) own[role] = name
  const classes = own.image !== undefined && own.label !== undefined ? sampled.classes?.[own.label] : undefined
  return { ...part, roles: own, shape, remarks, ...(classes ? { classes } : {}) }
}

const presentFlags = (flags: RoleFlags, columns: readonly string[]): RoleFlags =>
  Object.fromEntries(Object.entries(flags).filter(([, wanted]) => columnNamed(columns, wanted)))
