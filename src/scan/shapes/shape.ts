import { type Cell, isTalk, type Plain, type Role, type Row, talkText, textOf, turnBreak } from '../../core/index.ts'
import { isTranscript, isTurns, type Turn, transcriptOf, turnsOf } from './turns.ts'

/** Places that a column can have in a conversation. */
export const slots = ['messages', 'system', 'prompt', 'input', 'history', 'response', 'chosen', 'rejected'] as const
export type Slot = (typeof slots)[number]

/** The columns of a file that hold a conversation, by place. Plain data: a thread that opens the file again gets it. */
export type Shape = Readonly<Partial<Record<Slot, string>>>

/** Roles that a shape fills. */
export const shapedRoles = [
  'system',
  'prompt',
  'response',
  'chosen',
  'rejected',
  'text',
] as const satisfies readonly Role[]

const names: Readonly<Record<Slot, readonly string[]>> = {
  messages: 'messages conversations conversation dialog dialogue turns chat chatmessages'.split(' '),
  system: 'system systemprompt systemmessage'.split(' '),
  prompt: 'instruction instructions prompt question query problem user'.split(' '),
  input: ['input', 'context'],
  history: ['history'],
  response: 'output response completion answer assistant solution'.split(' '),
  chosen: 'chosen chosenresponse preferred'.split(' '),
  rejected: 'rejected rejectedresponse dispreferred'.split(' '),
}

const folded = (name: string): string => name.toLowerCase().replace(/[\s_\-.]+/g, '')

/** Tells a conversation by its columns and what some of their cells hold; null when it is none. */
export function shapeOf(
  samples: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  flags: Readonly<Partial<Record<Role, string>>> = {},
): Shape | null {
  const shape: Partial<Record<Slot, string>> = {}
  const flagged = new Set(Object.values(flags).map(folded))
  for (const slot of slots) {
    const given = slot in flags ? flags[slot as Role] : undefined
    const usual = given === undefined ? names[slot] : [folded(given)]
    const able = usual.flatMap(name =>
      samples.filter(s => folded(s.name) === name && (given !== undefined || !flagged.has(name))),
    )
    const fitting = able.find(({ cells }) => slot !== 'messages' || cells.some(isTurns))
    if (fitting) shape[slot] = fitting.name
  }
  const pair = shape.chosen !== undefined && shape.rejected !== undefined
  const answered = shape.prompt !== undefined && shape.response !== undefined
  return shape.messages !== undefined || pair || answered ? shape : null
}

/** What a record says by role, and what was odd about it. */
export interface Shaped {
  readonly row: Row
  /** Kinds of defects: `no-response`, `no-prompt`, `not-text`, `unknown-speaker`, `not-a-turn`, `no-conversation`. */
  readonly odd: readonly string[]
}

/** Gives roles to one record of a shape. */
export function shaped(record: (slot: Slot) => Cell | undefined): Shaped {
  const odd = new Set<string>()
  const hear = (cell: Cell | undefined): Turn[] => {
    if (cell === null || cell === undefined) return []
    if (typeof cell === 'string') return isTranscript(cell) ? transcriptOf(cell) : []
    const talk = turnsOf(cell)
    for (const kind of talk.odd) odd.add(kind)
    return [...talk.turns]
  }
  const before = [...hear(record('messages')), ...historyOf(record('history')), ...asked(record, hear)]
  const pair = { chosen: answerOf(record('chosen'), hear), rejected: answerOf(record('rejected'), hear) }
  const own = answerOf(record('response'), hear)
  const said = own.text ?? lastAnswer(before)
  const context = [
    ...before,
    ...(own.text === null ? [] : own.before),
    ...(before.length === 0 ? pair.chosen.before : []),
  ]
  const row: Partial<Record<Role, Cell>> = {
    system:
      [textOf(record('system')) ?? '', ...of(context, 'system')].filter(t => t.trim() !== '').join(turnBreak) || null,
    prompt: of(context, 'user').join(turnBreak) || null,
    response: pair.chosen.text === null && pair.rejected.text === null ? said : null,
    chosen: pair.chosen.text,
    rejected: pair.rejected.text,
  }
  if (!isTalk(row)) odd.add('no-conversation')
  else {
    if (row.prompt === null) odd.add('no-prompt')
    if (row.response === null && row.chosen === null) odd.add('no-response')
  }
  return { row: { ...row, text: talkText(row) || null }, odd: [...odd] }
}

const of = (turns: readonly Turn[], by: Turn['by']): string[] =>
  turns.flatMap(turn => (turn.by === by && turn.text.trim() !== '' ? [turn.text] : []))

/** What the columns `prompt` and `input` ask: an instruction and its material, or turns. */
function asked(record: (slot: Slot) => Cell | undefined, hear: (cell: Cell | undefined) => Turn[]): Turn[] {
  const prompt = record('prompt')
  const turns = hear(prompt)
  const text = turns.length > 0 ? '' : (textOf(prompt) ?? '')
  const input = textOf(record('input')) ?? ''
  const own = [text, input].filter(part => part.trim() !== '').join(turnBreak)
  return own === '' ? turns : [...turns, { by: 'user', text: own }]
}

function historyOf(cell: Cell | undefined): Turn[] {
  const pairs: readonly Plain[] = Array.isArray(cell) ? cell : []
  return pairs.flatMap(pair => {
    const [user, assistant] = Array.isArray(pair) ? pair : []
    return [
      { by: 'user' as const, text: textOf(user) ?? '' },
      { by: 'assistant' as const, text: textOf(assistant) ?? '' },
    ]
  })
}

/** The answer in a cell, and the turns that it repeats before the answer. */
function answerOf(
  cell: Cell | undefined,
  hear: (cell: Cell | undefined) => Turn[],
): { readonly text: string | null; readonly before: readonly Turn[] } {
  const turns = hear(cell)
  if (turns.length === 0) {
    const text = textOf(cell)
    return { text: text === null || (typeof cell === 'object' && cell !== null) ? null : text, before: [] }
  }
  const last = turns.findLastIndex(turn => turn.by === 'assistant')
  return last < 0 ? { text: null, before: turns } : { text: turns[last]!.text, before: turns.slice(0, last) }
}

const lastAnswer = (turns: readonly Turn[]): string | null =>
  turns.findLast(turn => turn.by === 'assistant' && turn.text !== '')?.text ?? null
