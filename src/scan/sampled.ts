import type { Cell, Limits, RecordBatch, RecordFile } from '../core/index.ts'
import { formats } from '../formats/index.ts'
import { Broken, spool } from '../sources/index.ts'
import type { Found } from './find.ts'
import { arranged } from './pictures/arrange.ts'
import type { PictureIndex } from './pictures/indexes.ts'
import { classesIn, listsClasses, pairsOf } from './pictures/pairs.ts'
import { digestOfPictures } from './pictures/parts.ts'
import { bytesOf, openPart } from './reader.ts'
import type { RoleFlags, Sample } from './roles.ts'
import { type Shape, shapeOf } from './shapes/index.ts'
import type { PartSpec } from './spec.ts'

/** Records looked at to give roles to columns. */
const sampleRows = 1000

/** A file, or a folder of pictures, with some of its records. */
export interface Sampled {
  readonly part: Omit<PartSpec, 'roles' | 'shape' | 'remarks'>
  readonly columns: readonly string[]
  readonly samples: readonly Sample[]
  /** Roles that the format itself gives. */
  readonly own?: RoleFlags | undefined
  readonly shape: Shape | null
  /** Why nothing of it can be read. */
  readonly trouble?: string | undefined
  /** Names of classes by column, as the format says them. */
  readonly classes?: RecordFile['classes'] | undefined
  /** Which pictures it names, for an index of pictures. */
  readonly index?: PictureIndex
  /** What is odd about a folder of pictures. */
  readonly remark?: string
}

/** Opens a part and reads its first records. */
export async function sample(part: Sampled['part'], limits: Limits, found: Found, flags: RoleFlags): Promise<Sampled> {
  let known = part
  try {
    known = await reachable(part, limits, found)
    const file = await openPart(known, limits)
    const first = await firstBatch(file.records({ rowsPerBatch: sampleRows, take: index => index === 0 }))
    const samples = file.columns.map(name => ({ name, cells: first?.columns.get(name) ?? ([] as Cell[]) }))
    const lost = first?.size === 0 ? first.defects.find(defect => defect.lost) : undefined
    const open = known.format === 'json' || known.format === 'json-lines'
    const shape = file.roles ? null : shapeOf(samples, { flags, open })
    return {
      part: known,
      columns: file.columns,
      samples,
      own: file.roles,
      shape,
      classes: file.classes,
      trouble: lost?.message,
    }
  } catch (reason) {
    if (!(reason instanceof Broken)) throw reason
    return { part: known, columns: [], samples: [], shape: null, trouble: reason.message }
  }
}

/** A format that must jump about in its file cannot do so in compressed data: expands it to a temporary file. */
async function reachable(part: Sampled['part'], limits: Limits, found: Found): Promise<Sampled['part']> {
  if (!part.codec || formats.find(format => format.id === part.format)?.access !== 'random') return part
  const bytes = await bytesOf(part, limits)
  const { source, close } = await spool(part.name, bytes.stream(), limits.expandedBytes)
  found.later(close)
  return { ...part, path: source.path!, codec: null }
}

async function firstBatch(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch | undefined> {
  for await (const batch of batches) return batch
  return undefined
}

/** Brings files of pictures and files of their labels together, and names the classes that lists beside them name. */
export async function withLabels(sampled: readonly Sampled[], limits: Limits, found: Found): Promise<Sampled[]> {
  const pairs = pairsOf(sampled)
  const taken = new Set([...pairs.values()])
  const arrays = sampled.some(({ part }) => unnamed.has(part.format))
  const list = arrays ? sampled.find(({ part }) => part.format === 'lines' && listsClasses(part.name)) : undefined
  const names = list ? classesIn(list.part.path) : null
  const all: Sampled[] = []
  for (const each of sampled) {
    if (taken.has(each) || (names && each === list)) continue
    const labels = pairs.get(each)
    const part = labels ? { ...each.part, labels: labels.part } : each.part
    const whole = labels ? await sample(part, limits, found, {}) : each
    all.push(names && unnamed.has(part.format) ? { ...whole, classes: { label: names } } : whole)
  }
  return all
}

/** Formats whose labels are numbers without names. */
const unnamed: ReadonlySet<string> = new Set(['cifar', 'idx', 'npy', 'npz'])

/** The files that are tables, and the folders of pictures that no index names. */
export async function withPictures(
  sampled: readonly Sampled[],
  found: Found,
  limits: Limits,
  { digest, splits }: { readonly digest?: boolean; readonly splits?: readonly string[] },
  leftOut: { name: string; reason: string }[],
): Promise<Sampled[]> {
  const { tables, folders, passed } = await arranged(sampled, found.pictures!, limits)
  leftOut.push(...passed)
  const all: Sampled[] = tables.map(({ table, index }) =>
    index ? { ...table, index, part: { ...table.part, naming: index.naming } } : table,
  )
  for (const { remark, ...part } of folders) {
    if (splits && (part.split === null || !splits.includes(part.split))) continue
    const sha256 = digest === false ? null : await digestOfPictures(part.pictures)
    all.push({ ...(await sample({ ...part, sha256 }, limits, found, {})), ...(remark ? { remark } : {}) })
  }
  return all
}
