import type { FileMetaData } from 'hyparquet'
import type { Cell } from '../../core/index.ts'

type Element = FileMetaData['schema'][number]

/** Names of the top columns that hold byte strings of which the schema does not say whether they are text. */
export function unsaidColumns(schema: readonly Element[]): ReadonlySet<string> {
  const unsaid = new Set<string>()
  let [inside, top] = [0, '']
  for (const element of schema.slice(1)) {
    if (inside === 0) top = String(element.name)
    else inside--
    inside += element.num_children ?? 0
    const plain = element.type === 'BYTE_ARRAY' && !element.converted_type && !element.logical_type
    if (plain) unsaid.add(top)
  }
  return unsaid
}

/**
 * Old writers leave text unmarked, and pictures have no mark at all: byte strings at one place of a column are text when
 * each is UTF-8 without control characters of binary data, and bytes otherwise.
 */
export function withText(cells: readonly Cell[]): Cell[] {
  const binary = new Set<string>()
  for (const cell of cells) findBinary(cell, '', binary)
  return cells.map(cell => decoded(cell, '', binary))
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

const isInner = (cell: unknown): cell is Readonly<Record<string, unknown>> =>
  typeof cell === 'object' && cell !== null && !(cell instanceof Uint8Array)

/** Members of a list are one place, fields of a record are several. */
const stepTo = (within: unknown, place: string, key: string): string =>
  Array.isArray(within) ? `${place}[]` : `${place}.${key}`

function findBinary(cell: unknown, place: string, binary: Set<string>): void {
  if (cell instanceof Uint8Array) {
    if (!binary.has(place) && textOf(cell) === null) binary.add(place)
  } else if (isInner(cell))
    for (const [key, inner] of Object.entries(cell)) findBinary(inner, stepTo(cell, place, key), binary)
}

function decoded<C>(cell: C, place: string, binary: ReadonlySet<string>): C | Cell {
  if (cell instanceof Uint8Array) return binary.has(place) ? cell : textOf(cell)
  if (!isInner(cell)) return cell
  if (Array.isArray(cell)) return cell.map(inner => decoded(inner, `${place}[]`, binary)) as Cell
  return Object.fromEntries(
    Object.entries(cell).map(([key, inner]) => [key, decoded(inner, stepTo(cell, place, key), binary)]),
  ) as Cell
}
