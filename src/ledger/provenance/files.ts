import { type Row, type Table, tableOfRows } from '../../core/index.ts'
import type { LockedPart } from '../lock/schema.ts'
import type { TreeSignatures } from '../signing/seal.ts'
import type { Difference } from '../verify/difference.ts'

/** How an artifact stands to its lock: what was locked of it, and in what it differs. */
export interface Standing {
  readonly parts: readonly LockedPart[]
  readonly differences: readonly Difference[]
}

/**
 * The files of an artifact as a table that detectors judge: `item`, the `digest` that was locked, the one `observed`
 * now, and the `seal` of signatures with its `signer`. Columns that nothing is known for are left out.
 * @param name the table's own name, which must not be that of a file of the artifact
 * @param now SHA-256 of files as they are, for those that the comparison did not have to read
 */
export function filesTable(
  name: string,
  standing: Standing | null,
  signatures: TreeSignatures | null,
  now: ReadonlyMap<string, string> = new Map(),
): Table {
  const seals = new Map(signatures?.files.map(file => [file.name, file]))
  const compared = standing ? comparedRows(standing, now) : []
  const sealed = (item: string): Row => {
    const file = seals.get(item)
    return file ? { seal: file.seal, signer: file.signer } : {}
  }
  const rows: Row[] = compared.map(({ part, row }) => ({ ...row, ...sealed(part) }))
  const told = new Set(compared.map(({ part }) => part))
  // With a lock, files that were not asked for are no rows: nothing was compared.
  if (!standing)
    for (const { name: item } of signatures?.files ?? []) if (!told.has(item)) rows.push({ item, ...sealed(item) })
  return tableOfRows(name, rows)
}

interface Compared {
  /** Name of the file as it is now. */
  readonly part: string
  readonly row: Row
}

function comparedRows({ parts, differences }: Standing, now: ReadonlyMap<string, string>): Compared[] {
  const byPart = new Map<string, Difference[]>()
  for (const difference of differences) {
    const of = difference.kind === 'renamed' ? difference.other! : difference.part
    byPart.set(of, [...(byPart.get(of) ?? []), difference])
  }
  const rows = parts.flatMap(part => {
    const own = byPart.get(part.name)
    byPart.delete(part.name)
    return own ? own.flatMap(one => lockedRows(part, one, now)) : [whole(part)]
  })
  return [...rows, ...[...byPart.values()].flat().flatMap(one => newRows(one, now))]
}

const whole = ({ name, sha256 }: LockedPart): Compared => ({
  part: name,
  row: { item: name, digest: sha256, observed: sha256 },
})

/** What is neither bytes nor nothing, as a word that no digest equals. */
const word = (text: string): string => text.slice(0, 200)

function lockedRows(
  { name, sha256 }: LockedPart,
  difference: Difference,
  now: ReadonlyMap<string, string>,
): Compared[] {
  const { kind, part, text, found } = difference
  const was = { part: name, row: { item: name, digest: sha256, observed: null } }
  if (kind === 'unreadable') return []
  if (kind === 'removed') return [was]
  if (kind === 'renamed') return [was, { part, row: { item: part, digest: null, observed: sha256 } }]
  if (kind === 'changed' || kind === 'swapped') {
    const observed = found?.sha256 ?? now.get(name)
    // Without a digest of the present bytes the locked ones are gone all the same.
    if (observed === undefined)
      return [{ part: name, row: { item: `${name} (${text})`, digest: sha256, observed: null } }]
    return [{ part: name, row: { item: name, digest: sha256, observed } }]
  }
  return [{ part: name, row: { item: `${name} (${word(text)})`, digest: sha256, observed: null } }]
}

function newRows({ kind, part, text, found }: Difference, now: ReadonlyMap<string, string>): Compared[] {
  if (kind === 'unreadable') return []
  const item = kind === 'added' ? part : `${part} (${word(text)})`
  return [{ part, row: { item, digest: null, observed: found?.sha256 ?? now.get(part) ?? 'there' } }]
}
