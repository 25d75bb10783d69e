import type { Cell, RecordBatch, RecordDefect, Role } from '../../core/index.ts'
import { type Shape, shaped, shapedRoles } from './shape.ts'
import { singleOf } from './single.ts'

const says: Readonly<Record<string, string>> = {
  'no-conversation': 'The record has none of the columns of a conversation; nothing of it was read',
  'empty-record': 'All columns of the conversation are empty',
  'no-turns': 'The record holds text but no turns; it was judged as text alone',
  'no-prompt': 'The conversation has no turn of a user',
  'no-response': 'The conversation has no answer',
  'no-rejected': 'There is a better answer and no worse one',
  'no-preference': 'Nothing says which of the two answers is better',
  'prompts-differ': 'The two answers belong to different prompts',
  'not-text': 'Something is no text (a picture, an object, a number); what can be read of it was read as JSON',
  'empty-turn': 'A turn says nothing',
  'unknown-speaker': 'A turn does not say who speaks, or names somebody unknown; its place told',
  'not-a-turn': 'A turn is no object with a speaker and a content; it was not read',
  'two-columns': 'Two columns hold what one does elsewhere; both were read',
  'other-shape': 'The record has other columns than most',
}

/** Conversations of a batch, role by role, with what was odd about them. */
export function byShape(
  batch: RecordBatch,
  shape: Shape,
): { readonly columns: ReadonlyMap<Role, readonly Cell[]>; readonly defects: readonly RecordDefect[] } {
  const columns = new Map<Role, Cell[]>(shapedRoles.map(role => [role, new Array<Cell>(batch.size).fill(null)]))
  const defects: RecordDefect[] = []
  let k = 0
  const cell = (name: string) => batch.columns.get(name)?.[k]
  const here = inBatch(shape, batch)
  const single = singleOf(here.columns, here.written)
  const talks = isTalkShape(shape)
  const usual = new Set(['', ...shape.usual.split('+')])
  for (; k < batch.size; k++) {
    const { row, odd, kind } = shaped(here, cell, single)
    for (const role of shapedRoles) if (row[role] != null) columns.get(role)![k] = row[role]
    if (!talks) continue
    const other = kind !== shape.usual && !kind.split('+').every(name => usual.has(name)) ? ['other-shape'] : []
    for (const each of [...odd, ...other]) defects.push(defectOf(each, batch.records[k]!, shape.usual, kind))
  }
  return { columns, defects }
}

/** The shape without the columns of which a batch has nothing: most spellings occur nowhere. */
function inBatch(shape: Shape, { columns }: RecordBatch): Shape {
  const entries = Object.entries(shape.columns).map(([slot, names]) => {
    const held = names.filter(name => columns.get(name)?.some(cell => cell !== null && cell !== undefined))
    return [slot, held] as const
  })
  return { ...shape, columns: Object.fromEntries(entries.filter(([, names]) => names.length > 0)) }
}

/** True when a shape holds talk, and not scores by rater alone. */
export const isTalkShape = ({ columns }: Shape): boolean => Object.keys(columns).some(slot => slot !== 'ratings')

function defectOf(kind: string, record: number, usual: string, here: string): RecordDefect {
  const names = (columns: string) =>
    columns
      .split('+')
      .map(name => `"${name.slice(0, 40)}"`)
      .join(', ') || 'nothing'
  const more = kind === 'other-shape' ? ` (${names(here)} and not ${names(usual)}); it was read all the same` : ''
  return { record, kind, message: `${says[kind] ?? kind}${more}.`, lost: kind === 'no-conversation' }
}
