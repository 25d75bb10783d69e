import type { DetectContext, MeasuredTable, Part, Role, Row, RowId, RowRef } from '../../core/index.ts'
import { labelOf, rowRef, textOf } from '../../core/index.ts'
import type { DigestCompare } from '../../statistics/index.ts'

/** The detector's messages. */
export type Message =
  | 'altered'
  | 'swapped'
  | 'renamed'
  | 'added'
  | 'removed'
  | 'algorithm'
  | 'column'
  | 'changed'
  | 'near'
  | 'unseen'
  | 'damaged'
export type Context = DetectContext<{ readonly picture: number; readonly text: number }, Message>

/**
 * What the rows are: files of an artifact, which must not change; records of an archive, whose digests stand beside the
 * bytes they are of; or addresses on the web, where honest bytes change.
 */
export type Kind = 'files' | 'archive' | 'list'

const isArchive = ({ format }: Part): boolean => /^w?arc\b/.test(format)

export function kindOf(table: MeasuredTable): Kind {
  if (table.parts.length > 0 && table.parts.every(isArchive)) return 'archive'
  return table.has('item') && !table.has('url') ? 'files' : 'list'
}

/** Fewer rows can all differ by chance. */
const someRows = 20

/** Rows of which both digests could be compared. */
export const comparedOf = ({ counts }: DigestCompare): number =>
  counts.same + counts.near + counts.changed + counts.blank + counts.unseen

/** True when so many rows differ and none is the same that the column must be of something else. */
export const allDiffer = (found: DigestCompare): boolean => found.counts.same === 0 && comparedOf(found) >= someRows

/** True when digests are there, and no two of them are of one algorithm. */
export const noneComparable = (found: DigestCompare): boolean => found.counts.unlike > 0 && comparedOf(found) === 0

/** Rows shown of a finding. */
export const mostExamples = 12

/** Rows as evidence names them: the address or the name of the file, and what was compared. */
export function shownRow(parts: readonly Part[], row: RowId, cells: Row, role: Role, note: string): RowRef {
  const name = textOf(cells[role]) ?? textOf(cells.url) ?? textOf(cells.item) ?? ''
  return rowRef({ parts, row, text: name, note })
}

/** A digest short enough to read. */
export function short(cell: Row[Role]): string {
  const text = labelOf(cell)
  if (text === null) return 'nothing'
  return text.length > 20 ? `${text.slice(0, 16)}…` : text
}
