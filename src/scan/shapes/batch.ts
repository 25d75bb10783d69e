import type { Cell, RecordBatch, RecordDefect, Role } from '../../core/index.ts'
import { type Shape, type Slot, shaped, shapedRoles } from './shape.ts'

const says: Readonly<Record<string, string>> = {
  'no-conversation': 'The record holds no instruction, answer or pair of answers',
  'no-prompt': 'The conversation has no turn of a user',
  'no-response': 'The conversation has no answer',
  'not-text': 'A turn holds something that is no text (a picture, sound or other data), which was not read',
  'unknown-speaker': 'A turn does not say who speaks, or names somebody unknown; it was read as the user',
  'not-a-turn': 'A turn is no object with a speaker and a content; it was not read',
}

/** Conversations of a batch, role by role, with what was odd about them. */
export function byShape(
  batch: RecordBatch,
  shape: Shape,
): { readonly columns: ReadonlyMap<Role, readonly Cell[]>; readonly defects: readonly RecordDefect[] } {
  const columns = new Map<Role, Cell[]>(shapedRoles.map(role => [role, new Array<Cell>(batch.size).fill(null)]))
  const defects: RecordDefect[] = []
  const source = (slot: Slot) => (shape[slot] === undefined ? undefined : batch.columns.get(shape[slot]))
  for (let k = 0; k < batch.size; k++) {
    const { row, odd } = shaped(slot => source(slot)?.[k])
    for (const role of shapedRoles) columns.get(role)![k] = row[role] ?? null
    for (const kind of odd)
      defects.push({
        record: batch.records[k]!,
        kind,
        message: `${says[kind] ?? kind}.`,
        lost: kind === 'no-conversation',
      })
  }
  return { columns, defects }
}
